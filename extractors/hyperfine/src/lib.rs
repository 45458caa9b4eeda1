//! What hyperfine prints: text, and exports to files or to stdout.
//!
//! - [`Hyperfine`]: the format
//! - `text`: what people read; `json`, `csv`, `markup` (Markdown, Org-mode, AsciiDoc): the exports
//! - `value`: a number of a benchmark
#![forbid(unsafe_code)]

mod csv;
mod json;
mod markup;
mod text;
mod value;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Span, Stream, Streams, Text};

/// The format of hyperfine.
pub struct Hyperfine;

impl Extractor for Hyperfine {
    fn name(&self) -> &str {
        "hyperfine"
    }

    fn summary(&self) -> &str {
        "times of commands (hyperfine): text, JSON, CSV, Markdown, Org-mode, AsciiDoc"
    }

    fn streams(&self) -> Streams {
        // Warnings and errors are on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine =
            |line: &str| text::is_time(line) || csv::is_header(line) || markup::is_header(line) || text::is_failure(line);
        if json::is_mine(text.as_str()) || text.lines().any(|line| is_mine(line.trimmed())) {
            return Sniff::Certain;
        }
        if text.lines().any(|line| text::benchmark(line.trimmed()).is_some()) { Sniff::Possible } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        if *input.stream() == Stream::Stderr {
            return text::messages(input.text(), out);
        }
        let before = out.len();
        let document = json::extract(input, out);
        let place = document.as_ref().and_then(|d| d.place);
        let table = csv::extract(input, place, out);
        let markup = markup::extract(input, place, out);
        // What an export has given the text says less exactly.
        let source = (out.len() > before || before > 0).then_some("text");
        let text = text::extract(input, place, source, out);
        let end = input.text().end();
        match document.map(|d| d.result) {
            Some(result) => result,
            None if table.cut || markup.cut || text.cut => Err(ExtractError::Truncated { at: end }),
            None if table.known || markup.known || text.known => Ok(()),
            None => Err(ExtractError::NotFound),
        }
    }
}

/// What became of a text that was searched for one of the forms.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome {
    /// It is there.
    pub(crate) known: bool,
    /// The text ends in it.
    pub(crate) cut: bool,
}

/// Takes the metrics from the one numbered `start` on back: a later table counts in their place.
pub(crate) fn take_back(start: usize, out: &mut MetricSink) {
    let spans: Vec<Span> =
        out.metrics().iter().skip(start).flat_map(|m| m.spans().iter().copied().chain([m.span()]).collect::<Vec<_>>()).collect();
    out.truncate(start);
    spans.into_iter().for_each(|span| out.ignore_span(span, "of a table that a later one replaces"));
}

prill_core::register_extractor!(Hyperfine);

#[cfg(test)]
mod tests;
