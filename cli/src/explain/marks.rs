use prill_core::metric::Human;
use prill_core::{Diagnostic, Extraction, Metric, Severity, Span, Stream};

use crate::table::{Common, better};

/// What is known of the bytes of one stream, in the order of the bytes.
#[derive(Debug)]
pub(super) struct Marks {
    metrics: Vec<Mark>,
    ignored: Vec<(Span, &'static str)>,
    said: Vec<Said>,
}

/// A number that a metric came from.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) span: Span,
    /// The metric and its value; nothing for the second and further numbers that a derived metric was computed from.
    pub(super) name: Option<String>,
}

/// A diagnostic with its place.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) span: Span,
    pub(super) severity: Severity,
    pub(super) text: String,
}

impl Marks {
    pub(super) fn of(extraction: &Extraction, stream: &Stream, common: &Common) -> Self {
        let mut metrics: Vec<Mark> = Vec::new();
        for metric in extraction.metrics.iter().filter(|m| m.stream() == stream) {
            metrics.push(Mark { span: metric.span(), name: Some(named(metric, common)) });
            let sources = metric.spans().iter().filter(|span| **span != metric.span());
            metrics.extend(sources.map(|span| Mark { span: *span, name: None }));
        }
        metrics.sort_by_key(|mark| (mark.span.start, mark.span.end));
        let ignored = extraction.ignored.iter().filter(|i| i.stream == *stream);
        let mut ignored: Vec<_> = ignored.map(|i| (i.span, i.why)).collect();
        ignored.sort_unstable_by_key(|(span, _)| (span.start, span.end));
        let about = extraction.diagnostics.iter().filter(|d| d.stream.as_ref() == Some(stream));
        let mut said: Vec<Said> = about.filter_map(said).collect();
        said.sort_by_key(|said| said.span.start);
        Self { metrics, ignored, said }
    }

    /// The marks that start in `[start, end)`.
    pub(super) fn between(&self, start: usize, end: usize) -> &[Mark] {
        let at = |wanted| self.metrics.partition_point(|mark| mark.span.start < wanted);
        &self.metrics[at(start)..at(end)]
    }

    /// The diagnostics that start in `[start, end)`.
    pub(super) fn said_between(&self, start: usize, end: usize) -> &[Said] {
        let at = |wanted| self.said.partition_point(|said| said.span.start < wanted);
        &self.said[at(start)..at(end)]
    }

    /// Why the number at `span` is no metric on purpose.
    pub(super) fn ignored(&self, span: Span) -> Option<&'static str> {
        let before = self.ignored.partition_point(|(ignored, _)| ignored.start <= span.start);
        let (ignored, why) = self.ignored[..before].last()?;
        ignored.contains(span).then_some(*why)
    }
}

/// `wakeup.latency.p99 = 15.98 ms ↓`
fn named(metric: Metric<'_>, common: &Common) -> String {
    let value = Human::new(metric.value(), metric.unit());
    let derived = if metric.is_derived() { " (derived)" } else { "" };
    format!("{} = {value}{derived} {}", common.rest(metric), better(metric.polarity())).trim_end().to_owned()
}

fn said(diagnostic: &Diagnostic) -> Option<Said> {
    let text = format!("{}[{}]: {}", diagnostic.severity, diagnostic.code, diagnostic.message);
    Some(Said { span: diagnostic.span?, severity: diagnostic.severity, text })
}
