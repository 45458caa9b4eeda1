//! What STREAM prints, described in `stream.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("stream.toml");
