//! What netperf prints: tables of the classic tests, and columns, rows or `KEY=value` of the omni test.
//!
//! - [`Netperf`]: the format
//! - `page`: the lines; `test`: which test it is; `table`: the classic tables; `omni`: fields that were asked for
//! - `field`: what the fields are; `histogram`: buckets of times; `units`: those of the figure of merit; `put`: names, labels and polarities
#![forbid(unsafe_code)]

mod field;
mod histogram;
mod omni;
mod page;
mod put;
mod table;
mod test;
mod units;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of netperf 2.4 to 2.7.
pub struct Netperf;

impl Extractor for Netperf {
    fn name(&self) -> &str {
        "netperf"
    }

    fn summary(&self) -> &str {
        "throughput and request/response over sockets: classic tables, omni columns, csv and key=value"
    }

    fn streams(&self) -> Streams {
        // Results are on stdout, some errors on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut best = Sniff::No;
        for line in text.lines() {
            let line = line.trimmed();
            if test::banner(line).is_some() || table::is_mark(line) {
                return Sniff::Certain;
            }
            if omni::is_mark(line) || page::complaint(line) {
                best = Sniff::Likely;
            }
        }
        // Without heads (`-P 0`) there are numbers alone, and only the command says whose they are.
        let first = text.lines().find(|line| !line.trimmed().is_empty());
        if best == Sniff::No && first.is_some_and(|line| table::is_bare(line.text)) { Sniff::Possible } else { best }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = page::Page::new(text, input.argv().filter(|argv| self.called_by(argv).is_some()));
        text.lines().for_each(|line| page.line(line, out));
        page.finish(out);
        ExtractError::at_end(text, page.known || *input.stream() == Stream::Stderr, page.cut)
    }
}

prill_core::register_extractor!(Netperf);

#[cfg(test)]
mod tests;
