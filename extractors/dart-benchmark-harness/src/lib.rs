//! What benchmark_harness prints, described in `dart-benchmark-harness.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("dart-benchmark-harness.toml");

#[cfg(test)]
mod tests;
