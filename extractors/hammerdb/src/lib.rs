//! What HammerDB prints: the result of a run, and the profile of its procedures.
//!
//! - [`Hammerdb`]: the format
//! - `result`: NOPM and TPM, queries; `profile`: `>>>>> PROC: NEWORD` and what is below it
#![forbid(unsafe_code)]

mod profile;
mod result;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of HammerDB 3.0 to 4.12, of its command line and of its time profile (`etprof`, `xtprof`).
pub struct Hammerdb;

prill_core::register_extractor!(Hammerdb);

impl Extractor for Hammerdb {
    fn name(&self) -> &str {
        "hammerdb"
    }

    fn summary(&self) -> &str {
        "new orders and transactions, and the latency of procedures, of HammerDB"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mark = |line: &str| profile::is_mark(line) || result::is_mark(line);
        if text.lines().any(|line| is_mark(line.text)) { Sniff::Certain } else { Sniff::No }
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        argv.iter().position(|word| word == "hammerdbcli" || word.ends_with("/hammerdbcli"))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let (mut profile, mut result) = (profile::Profile::default(), result::Result::default());
        let (mut known, mut cut) = (false, false);
        for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
            let taken = profile.line(line, out) || result.line(line, out);
            known |= taken;
            cut |= !line.ended && (taken || known);
        }
        ExtractError::at_end(text, known, cut)
    }
}
