//! What autonuma-benchmark prints, described in `autonuma-benchmark.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("autonuma-benchmark.toml");
