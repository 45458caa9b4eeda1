//! One run of a payload.

use std::collections::BTreeMap;

use prill_core::metric::label_value;
use prill_core::{Human, Metric, Polarity, Span, Unit};
use serde::{Deserialize, Serialize};

/// One run of a payload: the object of `prill run --json`, and where its raw output is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunResult {
    /// The format that read the output.
    pub format: String,
    /// The one stream it read; none where it read both.
    #[serde(default)]
    pub stream: Option<String>,
    /// The exit code; -1 for any end that is not an exit.
    pub exit_code: i32,
    /// What was measured, in document order.
    pub metrics: Vec<MetricRecord>,
    /// What has to be known of the metrics.
    pub diagnostics: Vec<DiagnosticRecord>,
    /// The payload's name.
    pub payload: String,
    /// Program and arguments.
    pub argv: Vec<String>,
    /// How it ended.
    pub end: End,
    /// What it used up.
    pub usage: Vec<Reading>,
    /// When it was started, as RFC 3339 has it.
    #[serde(default)]
    pub started: String,
    /// Its raw output.
    #[serde(default)]
    pub outputs: Vec<Kept>,
    /// What became of each check; empty where the process died before it judged.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// The verdict; none where the process died before there was one.
    #[serde(default)]
    pub verdict: Option<String>,
    /// A signal asked the harness to end.
    #[serde(default)]
    pub interrupted: bool,
}

/// One number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetricRecord {
    /// Its name.
    pub name: String,
    /// Its labels; with the name its identity.
    pub labels: BTreeMap<String, String>,
    /// Its value in the unit.
    pub value: f64,
    /// A base unit, as UCUM writes it; none where it is not known.
    pub unit: Option<String>,
    /// `lower`, `higher`, `target`, `unknown` or `informational`.
    pub polarity: String,
    /// What is best, for the polarity `target`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<f64>,
    /// The stream that it was printed to.
    pub stream: String,
    /// Where in that stream, from the first byte to the one behind the last.
    pub span: [u64; 2],
    /// Whether it was computed from printed numbers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub derived: bool,
    /// Where those stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<[u64; 2]>,
    /// An integer that the value cannot hold exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// The printed step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<f64>,
}

/// What was said instead of dropping something in silence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticRecord {
    /// `note`, `warning` or `error`.
    pub severity: String,
    /// A stable word for programs.
    pub code: String,
    /// A sentence for people.
    pub message: String,
    /// The stream it is about.
    pub stream: Option<String>,
    /// The place in that stream.
    pub span: Option<[u64; 2]>,
}

/// How a payload ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// `exited`, `signalled`, `timed_out` or `killed`.
    pub kind: String,
    /// The code, of an exit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i32>,
    /// The signal's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<String>,
    /// Whether the kernel wrote a core dump upon the signal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub core_dumped: Option<bool>,
    /// The seconds that it was allowed to run, of a time-out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<f64>,
}

/// A reading of what a run used up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// `usage.wall` and so on.
    pub name: String,
    /// The value in the unit.
    pub value: f64,
    /// A base unit.
    pub unit: Option<String>,
}

/// What became of one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Its text; `run` where it is about the run as a whole.
    pub check: String,
    /// `passed`, `failed`, `skipped` or `inconclusive`.
    pub verdict: String,
    /// Why, for people.
    pub reason: String,
}

/// Where the raw output of one stream is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// `stdout`, `stderr`, `file` or `file:NAME`.
    pub stream: String,
    /// How many bytes the payload wrote.
    pub bytes: u64,
    /// The file, beside the record, compressed by gzip; none where nothing was written.
    #[serde(default)]
    pub file: Option<String>,
    /// The bytes that are not in it, where the middle was cut out.
    #[serde(default)]
    pub gap: Option<[u64; 2]>,
}

impl RunResult {
    /// What was read out of an output that was kept, of which nothing else is known.
    #[must_use]
    pub fn of_file(format: String, metrics: Vec<MetricRecord>) -> Self {
        Self {
            payload: format.clone(),
            format,
            stream: None,
            exit_code: 0,
            metrics,
            diagnostics: Vec::new(),
            argv: Vec::new(),
            end: End::default(),
            usage: Vec::new(),
            started: String::new(),
            outputs: Vec::new(),
            checks: Vec::new(),
            verdict: None,
            interrupted: false,
        }
    }
}

impl MetricRecord {
    /// A metric of this process.
    #[must_use]
    pub fn of(metric: Metric<'_>) -> Self {
        let span = |span: Span| [span.start as u64, span.end as u64];
        Self {
            name: metric.name().to_owned(),
            labels: metric.labels().iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            value: metric.value(),
            unit: metric.unit().map(|unit| unit.code().to_owned()),
            polarity: metric.polarity().word().to_owned(),
            target: if let Polarity::Target(target) = metric.polarity() { Some(target) } else { None },
            stream: metric.stream().to_string(),
            span: span(metric.span()),
            derived: metric.is_derived(),
            spans: if metric.is_derived() { metric.spans().iter().copied().map(span).collect() } else { Vec::new() },
            exact: metric.exact().map(str::to_owned),
            resolution: metric.resolution(),
        }
    }

    /// Name and labels, as checks select them: `iops{op=read}`.
    #[must_use]
    pub fn identity(&self) -> String {
        let labels: Vec<String> = self.labels.iter().map(|(key, value)| format!("{key}={}", label_value(value))).collect();
        if labels.is_empty() { self.name.clone() } else { format!("{}{{{}}}", self.name, labels.join(", ")) }
    }

    /// The direction that is better.
    #[must_use]
    pub fn polarity(&self) -> Polarity {
        match (self.polarity.as_str(), self.target) {
            ("lower", _) => Polarity::Lower,
            ("higher", _) => Polarity::Higher,
            ("informational", _) => Polarity::Informational,
            ("target", Some(target)) => Polarity::Target(target),
            _ => Polarity::Unknown,
        }
    }

    /// The value for people.
    #[must_use]
    pub fn human(&self) -> Human {
        Human::new(self.value, self.unit.as_deref().map(Unit::named))
    }
}
