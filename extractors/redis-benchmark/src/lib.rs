//! What redis-benchmark prints: a report for each command, one line with `-q`, or CSV.
//!
//! - [`RedisBenchmark`]: the format
//! - `page`: the lines; `put`: names and labels
#![forbid(unsafe_code)]

mod page;
mod put;

use prill_core::scan::{Search, number};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Span, Stream, Streams, Text};

/// The format of redis-benchmark, and of valkey-benchmark, which prints with the same code.
pub struct RedisBenchmark;

impl Extractor for RedisBenchmark {
    fn name(&self) -> &str {
        "redis-benchmark"
    }

    fn summary(&self) -> &str {
        "request rates and latencies of each command (Redis, Valkey)"
    }

    fn streams(&self) -> Streams {
        // What went wrong is on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| {
            line.starts_with("\"test\",\"rps\"")
                || line.has(" requests per second, p50=")
                || line == "Latency by percentile distribution:"
                || line.has(" avg_msec=")
        };
        // ioping says of requests how many milliseconds they took, on one line with more.
        let old = |line: &str| {
            let (count, time) = line.trim().cut(" requests completed in ").unwrap_or_default();
            // `-q` before 6.2.
            let (title, rate) = line.cut(": ").unwrap_or_default();
            let rate = rate.strip_suffix(" requests per second").filter(|_| !title.is_empty() && !title.starts_with(' '));
            is_count(count) && time.ends_with(" seconds")
                || rate
                    .is_some_and(|rate| number::is_token(rate) && rate.rsplit_once('.').is_some_and(|(_, part)| part.len() == 2))
        };
        let mut best = Sniff::No;
        for line in text.lines() {
            if is_mine(line.text) {
                return Sniff::Certain;
            }
            if old(line.text) {
                best = Sniff::Likely;
            }
        }
        best
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = page::Page::default();
        let mut read = text.offset();
        for line in text.lines() {
            let span = out.span_of(line.text);
            if span.start > read + 2 {
                page.known |= text.as_str()[read - text.offset()..span.start - text.offset()].has(": rps=");
                out.ignore_span(Span::new(read, span.start), "progress, overwritten by a carriage return");
            }
            read = span.end;
            page.line(line, out);
        }
        if page.cut {
            return Err(ExtractError::Truncated { at: text.end() });
        }
        if page.known || *input.stream() == Stream::Stderr { Ok(()) } else { Err(ExtractError::NotFound) }
    }
}

fn is_count(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

prill_core::register_extractor!(RedisBenchmark);

#[cfg(test)]
mod tests;
