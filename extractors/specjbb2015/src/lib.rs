//! What specjbb2015 prints, described in `specjbb2015.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("specjbb2015.toml");
