use prill_core::diagnostic::code;
use prill_core::extract::Emit;
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Printed, Text};

use crate::transfer::Transfer;

/// What dd printed at one time.
#[derive(Debug, Default)]
struct Block<'t> {
    /// `in` or `out`, whole records and parts of them.
    records: Vec<(&'static str, [&'t str; 2])>,
    truncated: Option<&'t str>,
    transfer: Option<Transfer<'t>>,
}

/// The statistics of a text.
#[derive(Default)]
pub(crate) struct Page<'t> {
    /// Whether any line is dd's.
    pub(crate) known: bool,
    /// The text ends within statistics.
    pub(crate) cut: bool,
    blocks: Vec<Block<'t>>,
    /// The last line of `status=progress`.
    progress: Option<Transfer<'t>>,
    failed: bool,
    /// A line about the transfer that cannot be read was spoken of.
    broken: bool,
}

const RECORDS: Printed = Printed::base("{record}");

/// `7+0 records in`: the direction, whole records and parts.
pub(crate) fn records(line: &str) -> Option<(&'static str, [&str; 2])> {
    let (counts, direction) = line.cut(" records ")?;
    let direction = ["in", "out"].into_iter().find(|d| *d == direction)?;
    let (full, part) = counts.split_once('+')?;
    let is_count = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    (is_count(full) && is_count(part)).then_some((direction, [full, part]))
}

/// `32+0 Datensätze ein`, whose words are in any language: whole records and parts.
fn translated_records(line: &str) -> Option<[&str; 2]> {
    let (before, after) = line.split_once('+')?;
    let full = &before[before.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    let part = &after[..after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
    let words = [&before[..before.len() - full.len()], &after[part.len()..]];
    let are_words = words.iter().all(|words| !words.contains(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation()));
    let is_apart = words[0].is_empty() || words[0].ends_with(' ');
    (!full.is_empty() && !part.is_empty() && are_words && is_apart && words[1].starts_with(' ')).then_some([full, part])
}

/// What dd says of itself, under the name that it was called by: `/usr/bin/dd: failed to open ..`.
fn said(text: &str) -> Option<&str> {
    let (program, message) = text.cut(": ")?;
    (program == "dd" || program.ends_with("/dd")).then_some(message)
}

impl<'t> Page<'t> {
    pub(crate) fn read(text: &'t Text<'_>, out: &mut MetricSink) -> Self {
        let mut page = Self::default();
        for line in text.lines() {
            page.line(line, out);
        }
        page
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        let translated = || translated_records(text).map(|counts| (self.next_direction(), counts));
        if let Some(found) = records(text).or_else(translated) {
            self.known = true;
            if found.0 == "in" || self.blocks.is_empty() {
                self.blocks.push(Block::default());
            }
            return self.blocks.last_mut().into_iter().for_each(|block| block.records.push(found));
        }
        if let Some(transfer) = Transfer::parse(text) {
            self.known = true;
            match self.blocks.last_mut().filter(|block| block.transfer.is_none()) {
                Some(block) => block.transfer = Some(transfer),
                None => self.ignore_progress(transfer, out),
            }
            return;
        }
        let truncated = text.strip_suffix(" truncated records").or_else(|| text.strip_suffix(" truncated record"));
        if let (Some(count), Some(block)) = (truncated, self.blocks.last_mut()) {
            block.truncated = Some(count);
            return;
        }
        if let Some(message) = said(text) {
            self.message(text, message, out);
        } else if line.ended && text.has(" copied, ") && !std::mem::replace(&mut self.broken, true) {
            let message = "a line about the transfer that cannot be read: elapsed and throughput have no value";
            out.warn(code::MALFORMED, text, message);
        } else if !line.ended && !text.is_empty() && !self.blocks.is_empty() {
            self.cut = true;
        }
        out.ignore(line.text, "text");
    }

    /// Which records come next: dd says first what it read.
    fn next_direction(&self) -> &'static str {
        match self.blocks.last() {
            Some(Block { records, transfer: None, .. }) if matches!(records[..], [("in", _)]) => "out",
            _ => "in",
        }
    }

    fn message(&mut self, text: &str, message: &str, out: &mut MetricSink) {
        self.known = true;
        if let Some(warning) = message.strip_prefix("warning: ") {
            out.warn(code::DEGRADED, text, warning);
        } else if !std::mem::replace(&mut self.failed, true) {
            out.tool_failed(text, format!("dd says: {message}"));
        }
    }

    /// Keeps the line of a progress; the one before it does not count.
    fn ignore_progress(&mut self, transfer: Transfer<'t>, out: &mut MetricSink) {
        if let Some(old) = self.progress.replace(transfer) {
            ignore(old, out);
        }
    }

    /// Puts in the metrics: the last statistics are those of the run, the ones before them were asked for by a signal.
    pub(crate) fn push(&self, out: &mut MetricSink) {
        for (index, block) in self.blocks.iter().enumerate() {
            let interval = (index + 1 < self.blocks.len()).then_some(index + 1);
            block.push(interval, out);
        }
        match self.progress {
            Some(progress) if self.blocks.is_empty() => put(progress, Some(1), out),
            Some(progress) => ignore(progress, out),
            None => {}
        }
    }
}

impl Block<'_> {
    fn push(&self, interval: Option<usize>, out: &mut MetricSink) {
        for (direction, counts) in &self.records {
            for (kind, token) in ["full", "partial"].into_iter().zip(counts) {
                let metric = out.metric("record.count").label("direction", *direction).label("kind", kind);
                labelled(metric, interval).unit(RECORDS).informational().push(token);
            }
        }
        if let Some(token) = self.truncated {
            labelled(out.metric("record.truncated"), interval).unit(RECORDS).lower().push(token);
        }
        self.transfer.into_iter().for_each(|transfer| put(transfer, interval, out));
    }
}

fn put(transfer: Transfer<'_>, interval: Option<usize>, out: &mut MetricSink) {
    let (rate, printed) = transfer.rate;
    out.ignore(transfer.rounded, "the same, rounded");
    labelled(out.metric("io.bytes"), interval).unit(unit::BYTE).informational().push(transfer.bytes);
    if is_readable("elapsed", transfer.time, out) {
        labelled(out.metric("elapsed"), interval).unit(unit::SECOND).lower().push(transfer.time);
    }
    if transfer.bytes == "0" && rate != "Infinity" {
        out.note(code::NO_SAMPLES, rate, "throughput has no value: nothing was copied");
        return out.ignore(rate, "placeholder");
    }
    if !is_readable("throughput", rate, out) {
        return;
    }
    // One decimal below ten, none above.
    let step = number::value(if rate.contains('.') { "0.1" } else { "1" }, printed.scale);
    let metric = labelled(out.metric("throughput"), interval).unit(printed).higher();
    step.into_iter().fold(metric, Emit::resolution).push(rate);
}

/// Whether the number of `metric` has no decimal comma, which is said.
fn is_readable(metric: &str, token: &str, out: &mut MetricSink) -> bool {
    let is_readable = !token.contains(',');
    if !is_readable {
        let message = format!("{metric} has no value: `{token}` has a decimal comma, which is not read: run dd with LC_ALL=C");
        out.warn(code::NOT_A_NUMBER, token, message);
        out.ignore(token, "a decimal comma");
    }
    is_readable
}

fn ignore(transfer: Transfer<'_>, out: &mut MetricSink) {
    for token in [transfer.bytes, transfer.rounded, transfer.time, transfer.rate.0] {
        out.ignore(token, "progress");
    }
}

fn labelled<'s>(metric: Emit<'s>, interval: Option<usize>) -> Emit<'s> {
    interval.into_iter().fold(metric, |metric, n| metric.label("interval", n.to_string()))
}
