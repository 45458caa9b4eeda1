//! What rt-app prints: its messages, and a log with a row for each activation of each thread.
//!
//! - [`RtApp`]: the format
//! - `log`: the rows; `message`: the rest
#![forbid(unsafe_code)]

mod log;
mod message;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of rt-app.
pub struct RtApp;

impl Extractor for RtApp {
    fn name(&self) -> &str {
        "rt-app"
    }

    fn summary(&self) -> &str {
        "wake-up latency and slack of a modelled workload: log files and messages"
    }

    fn streams(&self) -> Streams {
        // Logs are files, in the first versions stdout too; messages are on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: &str| message::is_mine(line) || log::is_header(line);
        if text.lines().any(|line| is_mine(line.trimmed())) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut log = log::Log::default();
        let (mut known, mut cut) = (false, false);
        let mut lines = text.lines().filter(|line| !line.trimmed().is_empty()).peekable();
        while let Some(line) = lines.next() {
            let shown = line.trimmed();
            if shown == "usage:" && lines.peek().is_some_and(|next| next.trimmed().starts_with("rt-app ")) {
                known = true;
                out.tool_failed(shown, "rt-app printed its usage in place of a run");
            } else if !line.ended && (known || message::is_mine(shown)) {
                (known, cut) = (true, true);
                out.ignore(line.text, "line that is cut");
            } else if log.line(shown, out) || message::line(shown, out) {
                known = true;
            } else if known {
                out.ignore(line.text, "message");
            }
        }
        log.finish(out);
        match (known, cut) {
            (false, _) => Err(ExtractError::NotFound),
            (_, true) => Err(ExtractError::Truncated { at: text.end() }),
            _ => Ok(()),
        }
    }
}

prill_core::register_extractor!(RtApp);

#[cfg(test)]
mod tests;
