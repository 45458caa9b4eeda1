//! What is said instead of dropping something in silence.

use std::fmt;

use prill_scan::Span;

use crate::metric::Stream;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Something of the output is missing or doubtful.
    Warning,
    /// The output, or the run, failed.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Something that a reader of the metrics has to know, with its place in the output where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// One of [`code`], stable, for programs.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
    /// The stream it is about.
    pub stream: Option<Stream>,
    /// The place in that stream.
    pub span: Option<Span>,
}

impl Diagnostic {
    /// A note without a place.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// A warning without a place.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// An error without a place.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// The same with a place.
    #[must_use]
    pub fn at(mut self, stream: &Stream, span: Span) -> Self {
        self.stream = Some(stream.clone());
        self.span = Some(span);
        self
    }

    /// The same about a whole stream.
    #[must_use]
    pub fn of(mut self, stream: &Stream) -> Self {
        self.stream = Some(stream.clone());
        self
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self { severity, code, message: message.into(), stream: None, span: None }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity, self.code, self.message)?;
        match (&self.stream, self.span) {
            (Some(stream), Some(span)) => write!(f, " ({stream} {span})"),
            (Some(stream), None) => write!(f, " ({stream})"),
            _ => Ok(()),
        }
    }
}

/// The codes of diagnostics.
pub mod code {
    /// The format should have found metrics and found none.
    pub const NO_METRICS: &str = "no-metrics";
    /// The stream is empty.
    pub const NO_OUTPUT: &str = "no-output";
    /// The text is not this format's.
    pub const NOT_FOUND: &str = "not-found";
    /// The text breaks its format.
    pub const MALFORMED: &str = "malformed";
    /// The text ends in the middle.
    pub const TRUNCATED: &str = "truncated";
    /// The capture limit cut the middle of a stream.
    pub const CUT: &str = "cut";
    /// The tool says that it failed, whatever its exit status.
    pub const TOOL_FAILED: &str = "tool-failed";
    /// A printed number stands on no sample: a placeholder, not a measurement.
    pub const NO_SAMPLES: &str = "no-samples";
    /// A privilege or a resource that the tool asked for and did not get.
    pub const DEGRADED: &str = "degraded";
    /// A number that is not finite, or beyond what a float holds.
    pub const NOT_FINITE: &str = "not-finite";
    /// A unit that the format does not know: the metric has none.
    pub const UNKNOWN_UNIT: &str = "unknown-unit";
    /// A zero that only says "less than the printed step".
    pub const BELOW_RESOLUTION: &str = "below-resolution";
    /// A word that should be a number and is none, such as one with a decimal comma.
    pub const NOT_A_NUMBER: &str = "not-a-number";
    /// A key that stands twice in one JSON object: the last counts.
    pub const DUPLICATE_KEY: &str = "duplicate-key";
    /// Several whole documents or runs in one output: the last counts.
    pub const SEVERAL_DOCUMENTS: &str = "several-documents";
    /// JSON that is legal only for lenient readers.
    pub const LENIENT_JSON: &str = "lenient-json";
    /// Two metrics with one identity: the later ones carry `repetition`.
    pub const REPEATED_IDENTITY: &str = "repeated-identity";
    /// A name too long to keep.
    pub const NAME_TOO_LONG: &str = "name-too-long";
    /// Several formats recognise the text equally well.
    pub const TIE: &str = "tie";
    /// A number that the tool scaled, estimated or did not measure all the time.
    pub const SCALED: &str = "scaled";
    /// A hint about a metric that the run has not.
    pub const UNUSED_HINT: &str = "unused-hint";
}
