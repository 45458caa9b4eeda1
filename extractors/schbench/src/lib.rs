//! schbench, the scheduler benchmark of Chris Mason: percentile tables on stderr, JSON on stdout.
//!
//! `README.md` beside this crate lists the metrics, the versions and what is left out.

use std::collections::HashSet;

use prill_core::diagnostic::code;
use prill_core::scan::Span;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

mod argv;
mod header;
mod json;
mod known;
mod line;
mod message;
mod outline;
mod runs;
mod table;
mod write;

use message::Message;
use outline::Outline;

/// The format `schbench`.
pub struct Schbench;

prill_core::register_extractor!(Schbench);

impl Extractor for Schbench {
    fn name(&self) -> &str {
        "schbench"
    }

    fn summary(&self) -> &str {
        "schbench's percentile tables (stderr) and its JSON (stdout)"
    }

    /// Tables are on stderr, JSON on stdout; until April 2023 the rates were on stdout too.
    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if has_header(text.as_str()) || json::is_here(text.as_str()) {
            Sniff::Certain
        } else if has_usage(text) {
            Sniff::Likely
        } else {
            Sniff::No
        }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let document = json::read(text, out);
        let outline = outline(text.as_str(), &document.spans);
        if outline.is_empty() {
            let found = if document.spans.is_empty() { Err(ExtractError::NotFound) } else { Ok(()) };
            return document.error.map_or(found, Err);
        }
        say(&outline, out);
        let complete = write::write(&outline, argv::has_rate(input.argv()), out);
        match document.error {
            Some(error) => Err(error),
            None if complete => Ok(()),
            None => Err(ExtractError::Truncated { at: text.end() }),
        }
    }
}

/// The lines of `text` around its documents. The JSON has no line feed at its end: with both streams in one, the first header
/// stands behind it on the same line.
fn outline<'t>(text: &'t str, documents: &[Span]) -> Outline<'t> {
    let mut outline = Outline::default();
    let mut start = 0;
    for document in documents {
        outline.read(&text[start..document.start], false);
        start = document.end;
    }
    outline.read(&text[start..], true);
    outline
}

/// Looks at the lines that have `percentiles (` alone.
fn has_header(text: &str) -> bool {
    text.match_indices(" percentiles (").any(|(at, _)| {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |len| at + len);
        header::header(text[start..end].trim()).is_some()
    })
}

/// Looks at the lines alone when the words are there.
fn has_usage(text: &Text<'_>) -> bool {
    const USAGE: &str = "schbench usage:";
    text.as_str().contains(USAGE) && text.lines().any(|line| line.trimmed() == USAGE)
}

/// What the outline has beside the numbers.
fn say(outline: &Outline<'_>, out: &mut MetricSink) {
    // Each of many threads may say the same.
    let mut said = HashSet::new();
    for &(kind, text) in &outline.messages {
        match kind {
            _ if !said.insert(text) => {}
            Message::Degraded => out.warn(code::DEGRADED, text, format!("schbench goes on without what was asked for: {text}")),
            _ => out.tool_failed(text, format!("schbench ended: {text}")),
        }
        out.ignore(text, "part of a message");
    }
    for text in &outline.settings {
        out.ignore(text, "a setting");
    }
    if let Some(first) = outline.broken.first() {
        let count = outline.broken.len();
        let message = format!("{count} lines start like lines of schbench and do not go on like them; this is the first");
        out.warn(code::MALFORMED, first, message);
    }
    if let Some(first) = outline.stray.first() {
        let message = format!("{} rows of a table whose header was cut off: they are no metrics", outline.stray.len());
        out.warn(code::TRUNCATED, first, message);
    }
    for text in &outline.stray {
        out.ignore(text, "rows of a table whose header was cut off");
    }
}

#[cfg(test)]
mod tests;
