//! What qperf prints: for each test its name, and a line for each measure and setting.
//!
//! - [`Qperf`]: the format
//! - `block`: a test and its lines; `measure`: what a line measures, and in which unit
#![forbid(unsafe_code)]

mod block;
mod measure;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of qperf 0.4.
pub struct Qperf;

impl Extractor for Qperf {
    fn name(&self) -> &str {
        "qperf"
    }

    fn summary(&self) -> &str {
        "bandwidth and latency over sockets and RDMA"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut named = false;
        for line in text.lines() {
            if named && block::row(line.text).is_some_and(|(key, _)| measure::is_main(key)) {
                return Sniff::Certain;
            }
            named = block::name(line.text).is_some();
        }
        if text.lines().any(|line| block::complaint(line.trimmed())) { Sniff::Likely } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut blocks = block::Blocks::default();
        text.lines().for_each(|line| blocks.line(line, out));
        blocks.put(out);
        ExtractError::at_end(text, blocks.known || *input.stream() == Stream::Stderr, blocks.cut)
    }
}

prill_core::register_extractor!(Qperf);

#[cfg(test)]
mod tests;
