//! What pybench prints, described in `pybench.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("pybench.toml");
