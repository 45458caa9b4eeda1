//! What simoop prints, described in `simoop.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("simoop.toml");
