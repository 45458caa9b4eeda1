//! What mbw prints, described in `mbw.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("mbw.toml");

#[cfg(test)]
mod tests;
