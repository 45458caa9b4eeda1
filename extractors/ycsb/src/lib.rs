//! What YCSB prints, described in `ycsb.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("ycsb.toml");
