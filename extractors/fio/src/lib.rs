//! The output of [fio](https://github.com/axboe/fio): JSON and json+, terse and normal, alone or mixed in one text.
//!
//! - `page`: the text as lines outside of JSON documents; `messages`, `noise`: what those lines say beside reports
//! - `json`, `normal`, `terse`: the three kinds of report
//! - `labels`: what tells jobs apart; `unit`, `latency`, `share`, `job`, `device`, `work`: what the kinds have in common
#![forbid(unsafe_code)]

mod device;
mod job;
mod labels;
mod latency;
mod messages;
mod noise;
mod normal;
mod page;
mod share;
mod sniff;
mod terse;
mod unit;
mod work;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

use messages::Messages;
use page::Row;

/// The format `fio`.
#[derive(Clone, Copy, Debug)]
pub struct Fio;

prill_core::register_extractor!(Fio);

impl Extractor for Fio {
    fn name(&self) -> &str {
        "fio"
    }

    fn summary(&self) -> &str {
        "fio: JSON, json+, normal and terse reports, alone or mixed"
    }

    /// Reports are on stdout; why there is none is on stderr.
    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        sniff::sniff(text)
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let found = Found::read(page::rows(text, &[], out), out);
        let mut cut = found.terse.iter().any(|line| line.cut);
        terse::extract(&found.terse, input, None, out);
        let plain = found.terse.is_empty();
        cut |= normal::extract(&found.normal, input, if plain { None } else { Some("normal") }, out);
        let end = text.offset() + text.as_str().len();
        if cut {
            return Err(ExtractError::Truncated { at: end });
        }
        let reported = !found.terse.is_empty() || !found.normal.is_empty();
        if reported || found.messages.failed || *input.stream() == Stream::Stderr {
            return Ok(());
        }
        Err(if found.banner { ExtractError::Truncated { at: end } } else { ExtractError::NotFound })
    }
}

/// What the lines of a text are.
#[derive(Default)]
struct Found<'t> {
    terse: Vec<terse::Line<'t>>,
    normal: normal::Reports<'t>,
    messages: Messages,
    /// Whether fio has said that it starts.
    banner: bool,
}

impl<'t> Found<'t> {
    fn read(rows: Vec<Row<'t>>, out: &mut MetricSink) -> Self {
        let mut found = Self::default();
        for row in rows {
            if noise::is_version(row.text) {
                found.normal.version(row.text.trim());
            }
            if let Some(line) = terse::Line::parse(row.text, row.ended) {
                found.terse.push(line);
            } else if found.messages.read(row.text, out) || found.normal.take(row) {
            } else if let Some(why) = noise::why(row.text) {
                found.banner = true;
                out.ignore(row.text, why);
            }
        }
        found
    }
}
