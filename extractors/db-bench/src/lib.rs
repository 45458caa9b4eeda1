//! What db_bench prints, described in `db-bench.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("db-bench.toml");
