//! What benchmark.js prints, described in `benchmarkjs.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("benchmarkjs.toml");

#[cfg(test)]
mod tests;
