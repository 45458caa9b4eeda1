//! What stressapptest prints, described in `stressapptest.toml`.
#![forbid(unsafe_code)]

prill_declare::declare_format!("stressapptest.toml");
