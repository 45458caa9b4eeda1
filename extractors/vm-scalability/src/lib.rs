//! What vm-scalability prints, described in `vm-scalability.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("vm-scalability.toml");
