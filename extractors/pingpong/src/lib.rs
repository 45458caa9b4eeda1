//! pingpong, the wake-up measurement that comes with prill (`payloads/src/pingpong`): percentile tables on stdout.
//!
//! `README.md` beside this crate lists the metrics.
#![forbid(unsafe_code)]

use prill_core::diagnostic::code;
use prill_core::scan::Line;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

mod block;
mod heading;
mod run;

use heading::Heading;

/// The format `pingpong`.
pub struct Pingpong;

prill_core::register_extractor!(Pingpong);

impl Extractor for Pingpong {
    fn name(&self) -> &str {
        "pingpong"
    }

    fn summary(&self) -> &str {
        "wake-up percentiles of the embedded payload pingpong"
    }

    fn streams(&self) -> Streams {
        // The numbers are on stdout; where there is none, stderr says why.
        Streams::StdoutThenStderr
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut lines = text.lines();
        if lines.by_ref().any(|line| Heading::read(line.text).is_some()) {
            return Sniff::Certain;
        }
        if text.lines().any(|line| block::Title::read(line.text).is_some()) { Sniff::Likely } else { Sniff::No }
    }

    /// Of several runs in one text the last whole one counts.
    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let lines: Vec<Line<'_>> = input.text().lines().collect();
        let runs = run::split(&lines);
        let chosen = runs.iter().rposition(|run| run::is_whole(run)).or(runs.len().checked_sub(1));
        let Some(chosen) = chosen else { return refused(&lines, out) };
        for (number, run) in runs.iter().enumerate() {
            if number != chosen {
                let first = run[0].text;
                out.warn(
                    code::SEVERAL_DOCUMENTS,
                    first,
                    format!("run {} of {} in one output: not counted", number + 1, runs.len()),
                );
                run.iter().for_each(|line| out.ignore(line.text, "another run"));
            }
        }
        run::write(runs[chosen], out);
        if run::is_whole(runs[chosen]) { Ok(()) } else { Err(ExtractError::Truncated { at: input.text().end() }) }
    }
}

/// `pingpong: -r never: not from 0.001 to 86400 seconds`, perhaps with the usage behind it.
fn refused(lines: &[Line<'_>], out: &mut MetricSink) -> Result<(), ExtractError> {
    let first = lines.first().filter(|line| line.text.starts_with("pingpong: ")).ok_or(ExtractError::NotFound)?;
    out.tool_failed(first.text, format!("pingpong says: {}", first.text));
    lines.iter().for_each(|line| out.ignore(line.text, "message or usage"));
    Ok(())
}

#[cfg(test)]
mod tests;
