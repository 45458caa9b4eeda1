//! HPC Challenge.

use prill_core::diagnostic::code;
use prill_core::scan::Search;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

use crate::summary;

/// The format of HPC Challenge 1.0 to 1.5: `hpccoutf.txt`.
pub struct Hpcc;

prill_core::register_extractor!(Hpcc);

/// The first line of the file, up to its version.
pub(crate) const MARK: &str = "This is the DARPA/DOE HPC Challenge";

impl Extractor for Hpcc {
    fn name(&self) -> &str {
        "hpcc"
    }

    fn summary(&self) -> &str {
        "the summary of HPC Challenge: flops, bandwidth, latency and random updates"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mark = |line: &str| line.starts_with(MARK) || line == "Begin of Summary section.";
        if text.lines().any(|line| is_mark(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let (mut known, mut ended, mut in_summary) = (false, true, false);
        for line in text.lines() {
            let shown = line.trimmed();
            known |= shown.starts_with(MARK) || shown == "Begin of Summary section.";
            match shown {
                "Begin of Summary section." => (in_summary, ended) = (true, false),
                "End of Summary section." => (in_summary, ended) = (false, true),
                _ if shown.starts_with(MARK) => {
                    ended = false;
                    out.ignore(shown, "version");
                }
                _ if in_summary && line.ended => entry(shown, out),
                _ if shown.starts_with("HPCC ERROR") || shown.starts_with("HPL ERROR") || shown.has("MPI_ABORT") => {
                    known = true;
                    out.tool_failed(shown, format!("HPC Challenge says: {shown}"));
                    out.ignore(shown, "message");
                }
                _ if known && !in_summary => out.ignore(shown, "section before the summary, which has its results"),
                _ => {}
            }
        }
        match (known, ended) {
            (false, _) => Err(ExtractError::NotFound),
            (true, false) => Err(ExtractError::Truncated { at: text.end() }),
            (true, true) => Ok(()),
        }
    }
}

/// `StarDGEMM_Gflops=4.2`
fn entry(line: &str, out: &mut MetricSink) {
    let Some((key, value)) = line.split_once('=') else { return };
    out.ignore(key, "name");
    if key == "Success" && value != "1" {
        out.tool_failed(line, "HPC Challenge says that a test failed: Success is not 1");
    }
    let Some(meaning) = summary::meaning(key) else { return out.ignore(value, "setting") };
    if value.starts_with("-1") && value.trim_end_matches('0').trim_end_matches('.') == "-1" {
        out.ignore(value, "placeholder");
        out.note(code::NO_SAMPLES, value, format!("{key} stands for a test that was not run"));
        return;
    }
    let metric = out.metric(meaning.name).unit(meaning.printed).polarity(meaning.polarity).label("test", meaning.test);
    let metric = meaning.stat.into_iter().fold(metric, prill_core::extract::Emit::stat);
    meaning.part.into_iter().fold(metric, |metric, (key, value)| metric.label(key, value)).push(value);
}
