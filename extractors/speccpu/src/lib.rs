//! What SPEC CPU 2006 and 2017 report: the text and the CSV of `runcpu` and `runspec`.
//!
//! - [`Speccpu`]: the format
//! - `text`: the table with one row for each run; `csv`: the same with commas; `put`: names and labels
#![forbid(unsafe_code)]

mod csv;
mod put;
mod text;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of the reports of SPEC CPU 2006 and 2017.
pub struct Speccpu;

prill_core::register_extractor!(Speccpu);

impl Extractor for Speccpu {
    fn name(&self) -> &str {
        "speccpu"
    }

    fn summary(&self) -> &str {
        "ratios and times of SPEC CPU 2006 and 2017: text and CSV reports"
    }

    fn streams(&self) -> Streams {
        Streams::Stdout
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut sniff = Sniff::No;
        for line in text.lines() {
            if put::suite(line.trimmed()).is_some() {
                return Sniff::Certain;
            }
            if put::is_benchmark(line.text.split([' ', ',']).next().unwrap_or_default()) {
                sniff = Sniff::Likely;
            }
        }
        sniff
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        argv.iter().position(|word| word.rsplit('/').next().is_some_and(|file| ["runcpu", "runspec"].contains(&file)))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let (mut page, mut csv) = (text::Page::default(), csv::Page::default());
        for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
            if !csv.line(line, out) {
                page.line(line, out);
            }
        }
        page.end(out);
        ExtractError::at_end(text, page.known || csv.known, page.cut || csv.cut)
    }
}

#[cfg(test)]
mod tests;
