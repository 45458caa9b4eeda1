use std::path::{Path, PathBuf};

use prill_core::extract::{Captures, Extraction, run};
use prill_core::{Metric, Stream};
use prill_extract_fio::Fio;

/// One folder of `samples/`.
pub(crate) struct Sample {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) argv: Vec<String>,
}

impl Sample {
    pub(crate) fn read(name: &str) -> Self {
        let folder = root().join(name);
        let file = |name: &str| std::fs::read(folder.join(name)).unwrap();
        Self { stdout: file("stdout"), stderr: file("stderr"), argv: serde_json::from_slice(&file("argv.json")).unwrap() }
    }

    pub(crate) fn extract(&self) -> Extraction {
        let captures = Captures::new().with(Stream::Stdout, &self.stdout[..]).with(Stream::Stderr, &self.stderr[..]);
        run(&Fio, &captures.with_argv(&self.argv[..]), &[])
    }
}

/// What fio's format makes of a standard output.
pub(crate) fn extract(stdout: &[u8]) -> Extraction {
    run(&Fio, &Captures::new().with(Stream::Stdout, stdout), &[])
}

/// The metric with this identity.
pub(crate) fn get<'a>(extraction: &'a Extraction, identity: &str) -> Metric<'a> {
    let known = || extraction.metrics.iter().map(|m| m.to_string()).collect::<Vec<_>>().join("\n");
    extraction.metrics.iter().find(|m| m.to_string() == identity).unwrap_or_else(|| panic!("no {identity} in\n{}", known()))
}

pub(crate) fn codes(extraction: &Extraction) -> Vec<&'static str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}
