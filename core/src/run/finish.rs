use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{Context, PayloadMetrics, usage};
use crate::check::{AssertResult, ExitState, MetricCheck, Subject, judge};
use crate::diagnostic::{Diagnostic, code};
use crate::extract::{self, Captures, Extraction, OutputFormat, Piece};
use crate::metric::Stream;
use crate::payload::Payload;
use crate::process::file::{Read, Stamp, read_if_written};
use crate::process::{End, Ended, Output, WaitError};

/// All that is needed once the process has ended.
#[derive(Debug)]
pub(super) struct Finish<'a> {
    pub(super) context: &'a Context,
    pub(super) payload: &'a Payload,
    pub(super) format: OutputFormat,
    pub(super) argv: Vec<String>,
    pub(super) checks: Vec<MetricCheck>,
    pub(super) files: Vec<OutputFile>,
    pub(super) min_duration: Option<Duration>,
    pub(super) allow_partial: bool,
}

/// A file that the payload is to write, and what stood there before.
#[derive(Debug)]
pub(super) struct OutputFile {
    path: PathBuf,
    before: Option<Stamp>,
}

impl OutputFile {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, before: None }
    }
}

impl Finish<'_> {
    /// Remembers what the output files are now, so that an old one is not taken for the run's.
    pub(super) fn before_start(mut self) -> Self {
        for file in &mut self.files {
            file.before = Stamp::of(&file.path);
        }
        self
    }

    pub(super) fn ended(self, ended: Ended) -> Result<(AssertResult, PayloadMetrics)> {
        let metrics = self.measure(ended)?;
        let verdict = self.judge(&metrics);
        if let Some(recorder) = &self.context.recorder {
            recorder.judged(&verdict, &metrics).context("record the verdict")?;
        }
        Ok((verdict, metrics))
    }

    /// The error of a run whose end could not be had; what was captured is recorded all the same.
    pub(super) fn lost(self, error: WaitError) -> anyhow::Error {
        match error.captured().cloned().map(|ended| self.measure(ended)) {
            Some(Err(record)) => anyhow::Error::from(error).context(format!("{record:#}; then failed to")),
            _ => error.into(),
        }
    }

    /// Reads the metrics and hands them to the recorder, before anything else can fail.
    fn measure(&self, ended: Ended) -> Result<PayloadMetrics> {
        let (files, mut said) = self.read_files();
        let mut extraction = self.extract(&ended, &files);
        said.append(&mut extraction.diagnostics);
        extraction.diagnostics = said;
        let usage = usage::readings(&ended.usage);
        let metrics =
            PayloadMetrics { payload: self.payload.name.to_owned(), argv: self.argv.clone(), extraction, ended, usage, files };
        if let Some(recorder) = &self.context.recorder {
            recorder.measured(&metrics).context("record the result")?;
        }
        Ok(metrics)
    }

    fn extract(&self, ended: &Ended, files: &[(Stream, Output)]) -> Extraction {
        let mut captures = Captures::new()
            .with_argv(&self.argv[..])
            .with_pieces(Stream::Stdout, pieces(&ended.stdout))
            .with_pieces(Stream::Stderr, pieces(&ended.stderr));
        for (stream, output) in files {
            captures = captures.with_pieces(stream.clone(), pieces(output));
        }
        let registry = &self.context.registry;
        match registry.find(self.format) {
            Ok(extractor) => extract::run(extractor, &captures, self.payload.metrics),
            Err(_) => extract::auto(registry, &captures, self.payload.metrics),
        }
    }

    fn read_files(&self) -> (Vec<(Stream, Output)>, Vec<Diagnostic>) {
        let (mut read, mut said) = (Vec::new(), Vec::new());
        for file in &self.files {
            let name = self.files.len() > 1;
            let stream = Stream::File(name.then(|| Arc::from(file.path.to_string_lossy().as_ref())));
            let path = file.path.display();
            match read_if_written(&file.path, file.before) {
                Ok(Read::Fresh(bytes)) => read.push((stream, Output::whole(bytes))),
                Ok(Read::Old) => {
                    let message =
                        format!("the output file {path} was there before the run and the run did not write it: not read");
                    said.push(Diagnostic::warning(code::NO_OUTPUT, message).of(&stream));
                }
                Err(e) => said.push(
                    Diagnostic::warning(code::NO_OUTPUT, format!("the output file {path} cannot be read: {e}")).of(&stream),
                ),
            }
        }
        (read, said)
    }

    fn judge(&self, metrics: &PayloadMetrics) -> AssertResult {
        let stderr = metrics.stderr();
        let subject = Subject {
            metrics: metrics.metrics(),
            usage: metrics.usage_readings(),
            diagnostics: metrics.diagnostics(),
            exit: exit_state(metrics.end()),
            // Of a cut stream the tail: the last words are the ones that explain.
            stderr: if stderr.is_cut() { stderr.tail() } else { stderr.head() },
            allow_partial: self.allow_partial,
        };
        let mut verdict = judge(&self.checks, &subject);
        if let Some(least) = self.min_duration.filter(|least| metrics.usage().wall < *least && !metrics.timed_out()) {
            let ran = metrics.usage().wall.as_secs_f64();
            let reason = format!("it ran for {ran:.3} s, less than the {} s that a measurement needs", least.as_secs_f64());
            verdict.merge(AssertResult::inconclusive(reason));
        }
        verdict
    }
}

fn exit_state(end: End) -> ExitState {
    match end {
        End::Exited(code) => ExitState::Exited(code),
        End::Signalled { signal, .. } => ExitState::Signalled(signal.0),
        End::TimedOut { .. } => ExitState::TimedOut,
        End::Killed => ExitState::Killed,
    }
}

fn pieces(output: &Output) -> Vec<Piece<'_>> {
    let head = Piece { bytes: Cow::Borrowed(output.head()), offset: 0 };
    if !output.is_cut() {
        return vec![head];
    }
    let offset = usize::try_from(output.tail_offset()).unwrap_or(usize::MAX);
    vec![head, Piece { bytes: Cow::Borrowed(output.tail()), offset }]
}
