//! What mysqlslap prints, described in `mysqlslap.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("mysqlslap.toml");
