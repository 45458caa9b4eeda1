//! What people read: a block for each benchmark and a comparison.

use std::borrow::Cow;

use prill_core::diagnostic::code;
use prill_core::scan::{Search, number};
use prill_core::{ExtractError, Input, MetricSink, Polarity, Printed, Span, Text};

use crate::Outcome;
use crate::value::{Benchmark, printed};

/// `Time (mean ± σ):`, and of a single run `Time (abs ≡):`
pub(crate) fn is_time(line: &str) -> bool {
    line.starts_with("Time (") && (line.has("[User: ") || line.has("\u{3c3}):") || line.has("\u{2261}):"))
}

/// The name in `Benchmark 1: sleep 1`, and in older versions `Benchmark #1: sleep 1`.
pub(crate) fn benchmark(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("Benchmark ")?.trim_start();
    let rest = rest.strip_prefix('#').unwrap_or(rest);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let name = rest[digits..].trim_start().strip_prefix(':')?;
    (digits > 0).then(|| name.trim())
}

pub(crate) fn is_failure(line: &str) -> bool {
    [
        "Error: Command terminated with non-zero exit code",
        "Error: The process has been terminated by a signal",
        "Error: Failed to run command '",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}

/// What is on stderr.
pub(crate) fn messages(text: &Text<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let mut known = !out.is_empty();
    for line in text.lines().map(|line| line.trimmed()).filter(|line| !line.is_empty()) {
        if line.starts_with("Error: ") || line.starts_with("error: ") {
            known = true;
            out.tool_failed(line, format!("hyperfine says: {line}"));
        } else if line.starts_with("Warning: ") || line.starts_with("Note: ") {
            known = true;
            if line.has("Ignoring non-zero exit code") {
                out.warn(code::DEGRADED, line, "the command failed, and hyperfine was told to ignore that");
            }
        }
        if known {
            out.ignore(line, "message");
        }
    }
    if known { Ok(()) } else { Err(ExtractError::NotFound) }
}

/// Reads the blocks; of those that an export repeats, `source` says so.
pub(crate) fn extract(input: &Input<'_>, document: Option<Span>, source: Option<&'static str>, out: &mut MetricSink) -> Outcome {
    let text = input.text();
    let base = text.as_str().as_ptr().addr();
    let mut page = Page { source, ..Page::default() };
    for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
        let at = line.text.as_ptr().addr() - base;
        if document.is_some_and(|d| d.start <= at && at < d.end) {
            continue;
        }
        let shown = line.trimmed();
        if !line.ended && (page.outcome.known || benchmark(shown).is_some()) {
            page.outcome = Outcome { known: true, cut: true };
            out.ignore(line.text, "line that is cut");
        } else if !page.line(shown, out) && page.outcome.known {
            out.ignore(line.text, "text of the command");
        }
    }
    page.outcome.cut |= page.open;
    page.outcome
}

#[derive(Default)]
struct Page<'t> {
    outcome: Outcome,
    source: Option<&'static str>,
    name: &'t str,
    /// A benchmark was announced whose time has not come.
    open: bool,
    /// What the comparison compares with.
    reference: Option<&'t str>,
}

impl<'t> Page<'t> {
    fn line(&mut self, shown: &'t str, out: &mut MetricSink) -> bool {
        if let Some(name) = benchmark(shown) {
            self.outcome.known = true;
            (self.name, self.open, self.reference) = (name, true, None);
            out.ignore(shown, "number and name of the benchmark");
            return true;
        }
        if is_time(shown) {
            self.outcome.known = true;
            self.open = false;
            return self.time(shown, out);
        }
        if shown.starts_with("Range (") {
            return self.range(shown, out);
        }
        if let Some(name) = shown.strip_suffix(" ran").filter(|_| self.outcome.known) {
            out.ignore(name, "name");
            self.reference = Some(unquoted(name));
            return true;
        }
        shown == "Summary" || self.ratio(shown, out)
    }

    fn of(&self) -> Benchmark<'t> {
        Benchmark { name: Cow::Borrowed(self.name), source: self.source }
    }

    /// `Time (mean ± σ):      25.4 ms ±   2.9 ms    [User: 1.8 ms, System: 0.0 ms]`
    fn time(&self, shown: &str, out: &mut MetricSink) -> bool {
        let Some((_, values)) = shown.cut("):") else { return false };
        let (wall, cpu) = values.split_once('[').unwrap_or((values, ""));
        let (mean, stddev) = wall.split_once('±').map_or((wall, None), |(mean, stddev)| (mean, Some(stddev)));
        let Some((token, unit)) = quantity(mean) else { return false };
        self.of().lower("time.mean", unit, token, out);
        if let Some((token, unit)) = stddev.and_then(quantity) {
            self.of().unknown("time.stddev", unit, token, out);
        }
        for part in cpu.trim_end_matches(']').split(',') {
            let Some((mode, value)) = part.trim().cut(": ") else { continue };
            match (mode, quantity(value)) {
                ("User", Some((token, unit))) => self.of().cpu("user", unit, token, out),
                ("System", Some((token, unit))) => self.of().cpu("system", unit, token, out),
                _ => out.ignore(value, "number that is not known"),
            }
        }
        true
    }

    /// `Range (min … max):    22.0 ms …  29.7 ms    5 runs`
    fn range(&self, shown: &str, out: &mut MetricSink) -> bool {
        let Some((min, rest)) = shown.cut("):").and_then(|(_, values)| values.split_once('…')) else { return false };
        let (Some((low, unit)), Some((high, _))) = (quantity(min), quantity(rest)) else { return false };
        self.of().lower("time.min", unit, low, out);
        let Some((_, rest)) = number::leading(rest.trim_start()) else { return false };
        let mut words = rest.split_whitespace();
        let unit = words.next().and_then(printed).unwrap_or(unit);
        self.of().lower("time.max", unit, high, out);
        if let Some(runs) = words.next().filter(|runs| number::is_token(runs)) {
            self.of().put("run.count", &[], Printed::base("{run}"), Polarity::Informational, runs, out);
        }
        true
    }

    /// `1.86 ± 0.29 times faster than 'sleep 0.04'`, below `'sleep 0.02' ran`
    fn ratio(&self, shown: &str, out: &mut MetricSink) -> bool {
        let Some(reference) = self.reference else { return false };
        let (slower, split) = match shown.cut(" times faster than ") {
            Some(split) => (true, split),
            None => match shown.cut(" times slower than ") {
                Some(split) => (false, split),
                None => return false,
            },
        };
        let (ratio, stddev) = split.0.split_once('±').map_or((split.0, None), |(ratio, stddev)| (ratio, Some(stddev.trim())));
        let other = unquoted(split.1);
        out.ignore(split.1, "name");
        let (name, to) = if slower { (other, reference) } else { (reference, other) };
        let benchmark = Benchmark { name: Cow::Borrowed(name), source: self.source };
        benchmark.ratio(Some(to), ratio.trim(), stddev, out);
        true
    }
}

/// The number and unit at the start of ` 25.4 ms `.
fn quantity(text: &str) -> Option<(&str, Printed)> {
    let (token, rest) = number::leading(text.trim_start())?;
    Some((token, printed(rest.split_whitespace().next()?)?))
}

/// Versions up to 1.15 quote the names.
fn unquoted(name: &str) -> &str {
    let name = name.trim();
    name.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(name)
}
