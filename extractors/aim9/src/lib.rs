//! What aim9 prints, described in `aim9.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("aim9.toml");
