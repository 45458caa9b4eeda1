//! What fs_mark prints, described in `fsmark.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("fsmark.toml");
