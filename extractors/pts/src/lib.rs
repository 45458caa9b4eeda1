//! What the Phoronix Test Suite prints.
//!
//! - [`Pts`]: the format
//! - `run`: what a run prints of each test; `report`: `result-file-to-text`; `scale`: the units that tests have
#![forbid(unsafe_code)]

mod report;
mod run;
mod scale;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of the Phoronix Test Suite 5 to 10.
pub struct Pts;

prill_core::register_extractor!(Pts);

impl Extractor for Pts {
    fn name(&self) -> &str {
        "pts"
    }

    fn summary(&self) -> &str {
        "results of the Phoronix Test Suite: of a run, and of result-file-to-text"
    }

    fn streams(&self) -> Streams {
        Streams::Stdout
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut sniff = Sniff::No;
        for line in text.lines() {
            let line = line.trimmed();
            if run::is_mark(line) {
                return Sniff::Certain;
            }
            if report::direction(line).is_some() {
                sniff = Sniff::Likely;
            }
        }
        sniff
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        argv.iter().position(|word| word.rsplit('/').next() == Some("phoronix-test-suite"))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let (mut run, mut report) = (run::Run::default(), report::Report::default());
        let (mut known, mut cut) = (false, false);
        for line in text.lines() {
            let taken = run.line(line, out) || report.line(line, out);
            known |= taken;
            cut |= !line.ended && !line.trimmed().is_empty() && (taken || known);
        }
        run.end(out);
        ExtractError::at_end(text, known, cut)
    }
}

#[cfg(test)]
mod tests;
