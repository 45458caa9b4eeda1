//! What a record holds, as it is read back. `docs/records.md` says what each key means; `docs/record.schema.json` is the same
//! for programs.
//!
//! - [`Record`]: one test, or one `prill run`; [`Identity`], [`Source`], [`Host`], [`Noise`]: what and where it was
//! - [`RunResult`]: one run of a payload in it; [`MetricRecord`] and its other parts
//!
//! What is written by a later prill of the same schema may have keys that are unknown here: they are passed over.

mod host;
mod identity;
mod result;

use serde::{Deserialize, Serialize};

pub(crate) use host::Before;
pub use host::{Cpu, Host, Kernel, Memory, Noise};
pub use identity::{Identity, Source};
pub use result::{Check, DiagnosticRecord, End, Kept, MetricRecord, Reading, RunResult};

/// The version of the layout that is written, and the highest that is read.
pub const SCHEMA: u32 = 1;

/// What is kept of one test, or of one `prill run`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Record {
    /// The version of its layout.
    pub schema: u32,
    /// Whether all of it is there.
    pub state: State,
    /// What it is a record of.
    pub identity: Identity,
    /// The source it was built from.
    pub source: Source,
    /// Where it ran.
    pub host: Host,
    /// What else the host did meanwhile.
    #[serde(default)]
    pub noise: Noise,
    /// When it began, as RFC 3339 has it.
    pub started: String,
    /// When it was over; not known of one that crashed.
    #[serde(default)]
    pub ended: Option<String>,
    /// `passed`, `failed`, `skipped` or `inconclusive`; a crash is `failed`.
    pub verdict: String,
    /// What the verdict of the whole is made of.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// Why there is no verdict of its own: the error or the panic that ended the body, or the crash.
    #[serde(default)]
    pub error: Option<String>,
    /// The runs of payloads, in the order in which they ended.
    pub results: Vec<RunResult>,
    /// What was emitted and could not be kept, in words.
    #[serde(default)]
    pub lost: Vec<String>,
}

/// Whether all of a record is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It was closed by the process that wrote it.
    Complete,
    /// The process died; this was recovered.
    Crashed,
}

impl Record {
    /// One for outputs that were kept somewhere under this name, of which nothing else is known.
    #[must_use]
    pub fn of_archive(name: &str) -> Self {
        Self {
            schema: SCHEMA,
            state: State::Complete,
            identity: Identity { run: name.to_owned(), ..Identity::of_command() },
            source: Source::default(),
            host: Host::default(),
            noise: Noise::default(),
            started: String::new(),
            ended: None,
            verdict: "skipped".to_owned(),
            checks: Vec::new(),
            error: None,
            results: Vec::new(),
            lost: Vec::new(),
        }
    }

    /// What people call it: `package test`, or the command.
    #[must_use]
    pub fn name(&self) -> String {
        let Identity { package, test, binary, .. } = &self.identity;
        match (package, test) {
            (Some(package), Some(test)) => format!("{package} {test}"),
            (None, Some(test)) => format!("{binary} {test}"),
            _ => self.results.first().map_or_else(|| binary.clone(), |result| result.payload.clone()),
        }
    }
}
