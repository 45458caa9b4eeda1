//! What s64da-olap prints, described in `s64da-olap.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("s64da-olap.toml");
