//! What stress-ng prints: a log with tables, and a YAML file.
//!
//! - [`StressNg`]: the format
//! - `line`: a line of the log without its prefix; `log`: what the lines say; `table`, `perf`: rows of the two tables
//! - `yaml`: the file of `--yaml`
//! - `cyclic`: the latencies that the stressor of that name logs
//! - `counter`: the quantities that both name by words ("nanosecs per mutex")
#![forbid(unsafe_code)]

mod counter;
mod cyclic;
mod duration;
mod line;
mod log;
mod perf;
mod stressor;
mod table;
mod yaml;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of stress-ng.
pub struct StressNg;

impl Extractor for StressNg {
    fn name(&self) -> &str {
        "stress-ng"
    }

    fn summary(&self) -> &str {
        "bogo operations, rates and times of stressors: log and YAML"
    }

    fn streams(&self) -> Streams {
        // The log is on stderr, with --stdout and since 0.17 on stdout, and the YAML where the user wants it.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| {
            line.starts_with("stress-ng: ")
                || line.starts_with("stress-ng-version: ")
                || line.starts_with("stressor       bogo ops real time ")
                || line.starts_with("bogo-ops-per-second-")
        };
        if text.lines().any(|line| is_mine(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let yaml = yaml::read(text, input.argv(), out);
        let log = log::read(text, yaml.place, input.argv(), out);
        if yaml.cut || log.cut {
            return Err(ExtractError::Truncated { at: text.end() });
        }
        if yaml.place.is_none() && !log.known {
            return Err(ExtractError::NotFound);
        }
        Ok(())
    }
}

prill_core::register_extractor!(StressNg);

#[cfg(test)]
mod tests;
