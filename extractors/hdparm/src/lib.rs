//! What hdparm prints, described in `hdparm.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("hdparm.toml");
