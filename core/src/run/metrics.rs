use std::time::SystemTime;

use crate::check::Reading;
use crate::diagnostic::Diagnostic;
use crate::extract::Extraction;
use crate::metric::{Metric, MetricTable, Stream};
use crate::process::{End, Ended, Output, Usage};

/// All of one run: the metrics, how it ended, what it used, and the raw output that every number points into.
#[derive(Clone, Debug)]
pub struct PayloadMetrics {
    pub(super) payload: String,
    pub(super) argv: Vec<String>,
    pub(super) extraction: Extraction,
    pub(super) ended: Ended,
    pub(super) usage: Vec<Reading<'static>>,
    pub(super) files: Vec<(Stream, Output)>,
}

impl PayloadMetrics {
    /// The payload's name.
    #[must_use]
    pub fn payload_name(&self) -> &str {
        &self.payload
    }

    /// Program and arguments.
    #[must_use]
    pub fn argv(&self) -> &[String] {
        &self.argv
    }

    /// The name of the format that read the output.
    #[must_use]
    pub fn format(&self) -> &str {
        &self.extraction.format
    }

    /// The metric called `name` that has no labels.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Metric<'_>> {
        self.metrics().get(name)
    }

    /// The metrics, in document order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Metric<'_>> + Clone {
        self.metrics().iter()
    }

    /// The metrics.
    #[must_use]
    pub fn metrics(&self) -> &MetricTable {
        &self.extraction.metrics
    }

    /// What has to be known of the metrics.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.extraction.diagnostics
    }

    /// Metrics, diagnostics and ignored numbers together.
    #[must_use]
    pub fn extraction(&self) -> &Extraction {
        &self.extraction
    }

    /// How the run ended.
    #[must_use]
    pub fn end(&self) -> End {
        self.ended.end
    }

    /// The exit code; -1 for any end that is not an exit.
    #[must_use]
    pub fn exit_code(&self) -> i32 {
        self.ended.end.exit_code()
    }

    /// Whether the time-out ended it.
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.ended.end.timed_out()
    }

    /// What the run used up.
    #[must_use]
    pub fn usage(&self) -> &Usage {
        &self.ended.usage
    }

    /// The same as readings named `usage.*`, as checks select them.
    #[must_use]
    pub fn usage_readings(&self) -> &[Reading<'static>] {
        &self.usage
    }

    /// When it was started.
    #[must_use]
    pub fn started(&self) -> SystemTime {
        self.ended.started
    }

    /// What it printed to its standard output.
    #[must_use]
    pub fn stdout(&self) -> &Output {
        &self.ended.stdout
    }

    /// What it printed to its standard error output.
    #[must_use]
    pub fn stderr(&self) -> &Output {
        &self.ended.stderr
    }

    /// The files it wrote that were asked for.
    #[must_use]
    pub fn files(&self) -> &[(Stream, Output)] {
        &self.files
    }

    /// The captured bytes of a stream.
    #[must_use]
    pub fn output(&self, stream: &Stream) -> Option<&Output> {
        match stream {
            Stream::Stdout => Some(self.stdout()),
            Stream::Stderr => Some(self.stderr()),
            _ => self.files.iter().find(|(s, _)| s == stream).map(|(_, output)| output),
        }
    }
}
