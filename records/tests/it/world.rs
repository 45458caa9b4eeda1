use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use prill_core::extract::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams};
use prill_core::scan::{Text, unit};
use prill_core::{AssertResult, Context, MetricCheck, OutputFormat, Payload, PayloadMetrics, Registry};
use prill_records::{Identity, Options, Recording, RunFolder};

/// `name=microseconds` on each line of the standard output.
struct Times;

impl Extractor for Times {
    fn name(&self) -> &str {
        "times"
    }

    fn summary(&self) -> &str {
        "name=microseconds on each line"
    }

    fn streams(&self) -> Streams {
        Streams::Stdout
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.as_str().contains("latency=") { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        for (name, value) in input.text().lines().filter_map(|line| line.text.split_once('=')) {
            out.metric(name).unit(unit::US).lower().push(value);
        }
        if out.is_empty() { Err(ExtractError::NotFound) } else { Ok(()) }
    }
}

const SH: Payload = Payload { default_args: &["-c"], output: OutputFormat::new("times"), ..Payload::binary("sh", "/bin/sh") };

/// A run folder, and the record that is made in it.
pub(crate) struct World {
    pub(crate) run: RunFolder,
    pub(crate) recording: Arc<Recording>,
    context: Context,
}

impl World {
    pub(crate) fn at(folder: &Path, test: &str) -> Self {
        Self::with(folder, test, Options::default())
    }

    pub(crate) fn with(folder: &Path, test: &str, options: Options) -> Self {
        let run = RunFolder::at(folder).unwrap();
        let recording = Arc::new(Recording::begin(&run, identity(test), test, options).unwrap());
        let mut context = Context::new(Registry::bare().with(Times).unwrap());
        context.recorder = Some(recording.clone());
        Self { run, recording, context }
    }

    /// Runs a shell script.
    pub(crate) fn sh(&self, script: &str, checks: &[MetricCheck]) -> (AssertResult, PayloadMetrics) {
        let run = self.context.payload(&SH).arg(script).timeout(Duration::from_secs(20));
        checks.iter().fold(run, |run, check| run.check(*check)).run().unwrap()
    }
}

pub(crate) fn identity(test: &str) -> Identity {
    Identity {
        package: Some("bench".to_owned()),
        binary: "bench::it".to_owned(),
        test: Some(test.to_owned()),
        attempt: 1,
        ..Identity::default()
    }
}

/// All files below a folder, by their paths in it.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    collect(folder, folder, &mut found);
    found.sort();
    found
}

fn collect(top: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.is_dir() {
            collect(top, &path, found);
        } else {
            found.push(path.strip_prefix(top).unwrap().to_string_lossy().into_owned());
        }
    }
}
