//! The output of [fio](https://github.com/axboe/fio): JSON and json+, terse and normal, alone or mixed in one text.
//!
//! - `page`: the text as lines outside of JSON documents; `messages`, `noise`: what those lines say beside reports
//! - `json`, `normal`, `terse`: the three kinds of report
//! - `labels`: what tells jobs apart; `unit`, `latency`, `share`, `job`, `device`, `work`: what the kinds have in common
#![forbid(unsafe_code)]

mod device;
mod job;
mod json;
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
        let json = json::Report::find(input);
        let spans = json.as_ref().map(json::Report::spans).unwrap_or_default();
        let found = Found::read(page::rows(input.text(), &spans, out), out);
        if let Some(report) = &json {
            report.say_problems(input, out);
            json::extract(report, input, out);
        }
        let cut = found.extract(json.is_some(), input, out);
        json.as_ref().map_or(Ok(()), json::Report::end)?;
        found.judge(json.is_some(), cut, input)
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
    /// Whether a line stops in its middle.
    cut: bool,
}

impl<'t> Found<'t> {
    fn read(rows: Vec<Row<'t>>, out: &mut MetricSink) -> Self {
        let mut found = Self::default();
        let last = rows.last().copied();
        let open = rows.iter().any(|row| row.text.starts_with('{') && row.text.trim_end() == "{");
        for row in rows {
            if noise::is_version(row.text) {
                found.normal.version(row.text.trim());
            }
            if let Some(line) = terse::Line::parse(row.text, row.ended) {
                found.cut |= line.cut;
                found.terse.push(line);
            } else if terse::is_terse(row.text) {
                found.cut = true;
                out.ignore(row.text, "a line that is cut");
            } else if found.messages.read(row.text, out) || found.normal.take(row) {
            } else if let Some(why) = noise::why(row.text) {
                found.banner = true;
                out.ignore(row.text, why);
            }
        }
        // The first bracket of a JSON report that has no key as yet.
        found.cut |= open && !(found.terse.is_empty() && found.normal.is_empty());
        found.cut |= !found.normal.is_empty() && last.is_some_and(Row::is_cut);
        found
    }

    /// Reads the reports in lines. The most precise report keeps the plain identities: JSON, then terse.
    fn extract(&self, json: bool, input: &Input<'_>, out: &mut MetricSink) -> bool {
        terse::extract(&self.terse, input, json.then_some("terse"), out);
        let again = json || !self.terse.is_empty();
        let cut = normal::extract(&self.normal, input, again.then_some("normal"), out);
        cut || self.cut
    }

    /// Whether the text was what it should be.
    fn judge(&self, json: bool, cut: bool, input: &Input<'_>) -> Result<(), ExtractError> {
        let end = input.text().end();
        let reported = json || !self.terse.is_empty() || !self.normal.is_empty();
        if cut || (self.banner && !reported && !self.messages.failed) {
            Err(ExtractError::Truncated { at: end })
        } else if reported || self.messages.failed || *input.stream() == Stream::Stderr {
            Ok(())
        } else {
            Err(ExtractError::NotFound)
        }
    }
}
