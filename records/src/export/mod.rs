//! Records in the formats of others.
//!
//! Each module writes one format and names the document that says how; `docs/export.md` has them in a table. What a format has
//! no place for is left out there and said in its module; nothing is made up for it.
//!
//! - [`Target`]: the formats by name; [`export`]: all records of some runs as one of them
//! - [`Row`], [`rows`]: one metric with all that is known of where it came from

mod bencher;
pub mod csv;
mod github;
mod google_benchmark;
mod json_lines;
mod junit;
mod ktap;
mod markdown;
mod openmetrics;
mod otlp;
#[cfg(feature = "parquet")]
pub mod parquet;
mod row;

use std::io::{self, Write};
use std::str::FromStr;

pub use row::{Row, rows};

use crate::model::Record;

/// A format that records can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One metric a line, as a JSON object.
    JsonLines,
    /// One metric a row (RFC 4180).
    Csv,
    /// Tables for people.
    Markdown,
    /// What continuous integration shows of tests.
    Junit,
    /// What the kernel's tests print (Documentation/dev-tools/ktap.rst).
    Ktap,
    /// What Prometheus reads.
    OpenMetrics,
    /// Bencher Metric Format.
    Bencher,
    /// github-action-benchmark, metrics of which less is better.
    GithubSmaller,
    /// The same, of which more is better.
    GithubBigger,
    /// What Google Benchmark's `compare.py` reads.
    GoogleBenchmark,
    /// OpenTelemetry's metrics, as JSON.
    Otlp,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::JsonLines,
        Self::Csv,
        Self::Markdown,
        Self::Junit,
        Self::Ktap,
        Self::OpenMetrics,
        Self::Bencher,
        Self::GithubSmaller,
        Self::GithubBigger,
        Self::GoogleBenchmark,
        Self::Otlp,
    ];

    /// What it is asked for by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Junit => "junit",
            Self::Ktap => "ktap",
            Self::OpenMetrics => "openmetrics",
            Self::Bencher => "bmf",
            Self::GithubSmaller => "github-smaller-is-better",
            Self::GithubBigger => "github-bigger-is-better",
            Self::GoogleBenchmark => "google-benchmark",
            Self::Otlp => "otlp",
        }
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL.into_iter().find(|t| t.name() == text).ok_or_else(|| format!("write {text}: there are {}", names()))
    }
}

/// Writes `records` as `target`.
///
/// # Errors
/// When `out` cannot be written.
pub fn export(target: Target, records: &[Record], out: &mut dyn Write) -> io::Result<()> {
    match target {
        Target::JsonLines => json_lines::write(records, out),
        Target::Csv => csv::write(records, out),
        Target::Markdown => markdown::write(records, out),
        Target::Junit => junit::write(records, out),
        Target::Ktap => ktap::write(records, out),
        Target::OpenMetrics => openmetrics::write(records, out),
        Target::Bencher => bencher::write(records, out),
        Target::GithubSmaller => github::write(records, "lower", out),
        Target::GithubBigger => github::write(records, "higher", out),
        Target::GoogleBenchmark => google_benchmark::write(records, out),
        Target::Otlp => otlp::write(records, out),
    }
}

/// Writes a JSON document.
fn json(value: &serde_json::Value, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}
