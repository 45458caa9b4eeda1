//! What cassandra-stress prints, described in `cassandra-stress.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("cassandra-stress.toml");
