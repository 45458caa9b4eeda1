//! What tinymembench prints, described in `tinymembench.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("tinymembench.toml");
