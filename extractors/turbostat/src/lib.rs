//! What turbostat prints: frequency, idle states, temperature and power of processors.
//!
//! - [`Turbostat`]: the format
//! - `column`: what a column measures; `page`: the header, and the rows below it
#![forbid(unsafe_code)]

mod column;
mod page;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Text};

/// The format of turbostat, Linux 2.6.38 to 6.15.
pub struct Turbostat;

prill_core::register_extractor!(Turbostat);

impl Extractor for Turbostat {
    fn name(&self) -> &str {
        "turbostat"
    }

    fn summary(&self) -> &str {
        "frequency, idle states, temperature and power of processors"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mark =
            |line: prill_core::scan::Line<'_>| page::header(line.text).is_some() || line.text.starts_with("turbostat version ");
        if text.lines().any(mark) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        page::read(input.text(), out)
    }
}
