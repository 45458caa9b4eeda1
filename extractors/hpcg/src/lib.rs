//! What HPCG reports: YAML of 2.x, lines of 3.x, and the text of NVIDIA's build.
//!
//! - [`Hpcg`]: the format
//! - `report`: the files; `nvidia`: the text
#![forbid(unsafe_code)]

mod nvidia;
mod report;

use prill_core::scan::Search;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Printed, Sniff, Streams, Text};

/// The format of HPCG 2.4 to 3.1.
pub struct Hpcg;

prill_core::register_extractor!(Hpcg);

/// GFLOP/s.
const GFLOPS: Printed = Printed::base("{flop}/s").shift(9);

impl Extractor for Hpcg {
    fn name(&self) -> &str {
        "hpcg"
    }

    fn summary(&self) -> &str {
        "the rating of HPCG, and flops, bandwidth and time of its kernels"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mark = |line: &str| report::is_mark(line) || nvidia::is_mark(line);
        if text.lines().any(|line| is_mark(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        argv.iter().position(|word| word.rsplit('/').next().is_some_and(|file| file == "hpcg" || file.starts_with("xhpcg")))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let is_report = text.lines().any(|line| report::is_mark(line.trimmed()));
        let is_text = text.lines().any(|line| nvidia::is_mark(line.trimmed()));
        let is_cut = match (is_report, is_text) {
            (true, _) => report::read(text, out),
            (false, true) => nvidia::read(text, out),
            (false, false) => {
                let failed = text.lines().find(|line| line.text.has("ERROR") && line.text.has("HPCG"));
                let Some(line) = failed else { return Err(ExtractError::NotFound) };
                out.tool_failed(line.text, format!("HPCG says: {}", line.trimmed()));
                out.ignore(line.text, "message");
                false
            }
        };
        if is_cut { Err(ExtractError::Truncated { at: text.end() }) } else { Ok(()) }
    }
}
