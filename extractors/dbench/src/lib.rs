//! What dbench prints, described in `dbench.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("dbench.toml");

#[cfg(test)]
mod tests;
