//! What hackbench prints: one time, after two lines that say what was asked for.
#![forbid(unsafe_code)]

use prill_core::diagnostic::code;
use prill_core::scan::{Search, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of hackbench of the rt-tests and of its ancestors.
pub struct Hackbench;

/// The decimals of the time: `Time: %lu.%03lu`.
const DECIMALS: usize = 3;

/// How the first line starts.
const MODES: [&str; 2] = ["Running in process mode with ", "Running in threaded mode with "];

impl Extractor for Hackbench {
    fn name(&self) -> &str {
        "hackbench"
    }

    fn summary(&self) -> &str {
        "the time that messages between many tasks took (rt-tests)"
    }

    fn streams(&self) -> Streams {
        // The time is on stdout; that the run was interrupted is on stderr, with exit status 0.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| is_mode(line) || line.starts_with("hackbench V ") || line.starts_with("hackbench: ");
        let mut first = text.lines().take(50);
        if first.any(|line| is_mine(line.text)) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let (mut known, mut cut, mut failed) = (false, false, false);
        let mut times = Vec::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let shown = line.trimmed();
            if let Some(time) = shown.strip_prefix("Time: ") {
                known = true;
                cut = !line.ended && time.split_once('.').is_none_or(|(_, decimals)| decimals.len() < DECIMALS);
                if !cut {
                    times.push(time);
                }
            } else if shown.starts_with("hackbench V ") {
                known = true;
                out.tool_failed(shown, "hackbench printed its usage in place of a measurement");
                out.ignore(shown, "version");
                lines.by_ref().for_each(|line| out.ignore(line.text, "usage"));
            } else if message(shown, &mut failed, out) {
                known = true;
            } else if known {
                out.ignore(line.text, "text around it");
            }
        }
        push(&times, out);
        match (known, cut) {
            (_, true) => Err(ExtractError::Truncated { at: text.end() }),
            (false, _) => Err(ExtractError::NotFound),
            _ => Ok(()),
        }
    }
}

/// The times of the runs in one text; of several the last has the plain name.
fn push(times: &[&str], out: &mut MetricSink) {
    let Some((last, earlier)) = times.split_last() else { return };
    let elapsed = |out: &mut MetricSink| out.metric("elapsed").unit(unit::SECOND).lower().resolution(1e-3).series();
    let mut series = elapsed(out);
    for (run, time) in (1..).zip(earlier) {
        let labels = out.labels([("repetition", run.to_string().as_str())]);
        out.push(series.labels(labels), time);
    }
    if let Some(first) = earlier.first() {
        let message = format!("{} runs: the last has the plain name, those before it are labelled repetition", times.len());
        out.warn(code::SEVERAL_DOCUMENTS, first, message);
    }
    let series = elapsed(out);
    out.push(&series, last);
}

/// The line that says what was asked for; before the rt-tests had it: `Running with 10*40 (== 400) tasks.`
fn is_mode(line: &str) -> bool {
    MODES.iter().any(|mode| line.starts_with(mode)) || line.starts_with("Running with ") && line.has("*40 (== ")
}

/// A line without a measurement; false when it is none of hackbench's. Each of a thousand tasks may say that it failed: one is
/// enough.
fn message(line: &str, failed: &mut bool, out: &mut MetricSink) -> bool {
    let failure = line.starts_with("Signal ") && line.has(" caught, longjmp")
        || line.starts_with("signaling ") && line.has(" worker threads to terminate")
        || line == "No measurements available"
        || line.has(" children started.  Expected ")
        || line.starts_with("hackbench: ")
        || line.has(" (error: ") && line.ends_with(')');
    if failure {
        if !std::mem::replace(failed, true) {
            out.tool_failed(line, format!("hackbench says: {line}"));
        }
        out.ignore(line, "message");
    } else if is_mode(line) || line.starts_with("Each sender will pass ") {
        out.ignore(line, "setting");
    } else {
        return line.starts_with("sending SIGTERM to all child processes") || line.starts_with("longjmp'ed out");
    }
    true
}

prill_core::register_extractor!(Hackbench);

#[cfg(test)]
mod tests;
