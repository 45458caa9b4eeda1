//! What rtla prints of the tracers timerlat and osnoise.
//!
//! - [`Rtla`]: the format
//! - `top`: the tables of `top` and hwnoise; `hist`: the summaries below a histogram; `value`: a number of a processor
#![forbid(unsafe_code)]

mod hist;
mod message;
mod top;
mod value;

use std::ops::Range;

use prill_core::diagnostic::code;
use prill_core::scan::Lines;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of rtla.
pub struct Rtla;

impl Extractor for Rtla {
    fn name(&self) -> &str {
        "rtla"
    }

    fn summary(&self) -> &str {
        "timer latency and operating system noise (rtla timerlat, osnoise, hwnoise): top and hist"
    }

    fn streams(&self) -> Streams {
        // Numbers are on stdout, why there are none on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut lines = text.lines().map(|line| line.trimmed());
        if lines.any(|line| is_start(line) || message::is_mine(line)) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let table = last_table(text);
        let shown = text.as_str();
        let mut at = 0;
        for (number, run) in (1..).zip(earlier_runs(text, table.start)) {
            let next = Lines::new(&shown[run.end..]).next().map_or("", |line| line.text);
            out.warn(code::SEVERAL_DOCUMENTS, next, "another run of rtla starts here: those before it are labelled repetition");
            out.ignore(&shown[at..run.start], EARLIER);
            let from = out.len();
            at = run.end;
            Page::default().read(&shown[run], out);
            out.of_earlier_run(from..out.len(), number);
        }
        out.ignore(&shown[at..table.start], EARLIER);
        out.ignore(&shown[table.end..], "table that is cut");
        let mut page = Page { cut: table.end < shown.len(), ..Page::default() };
        page.read(&shown[table], out);
        match (page.known, page.cut) {
            (_, true) => Err(ExtractError::Truncated { at: text.end() }),
            (false, _) => Err(ExtractError::NotFound),
            _ => Ok(()),
        }
    }
}

const EARLIER: &str = "earlier states of the table, or text before it";

#[derive(Default)]
struct Page<'t> {
    known: bool,
    cut: bool,
    failed: bool,
    top: top::Table,
    hist: hist::Summary<'t>,
}

impl<'t> Page<'t> {
    /// Reads one table, or one histogram.
    fn read(&mut self, part: &'t str, out: &mut MetricSink) {
        for line in Lines::new(part).filter(|line| !line.trimmed().is_empty()) {
            let shown = line.trimmed();
            if !line.ended {
                self.cut |= self.known || is_start(shown) || message::is_mine(shown);
                out.ignore(line.text, "line that is cut");
            } else if !self.line(shown, out) && self.known {
                out.ignore(line.text, "message, or bucket of the histogram");
            }
        }
        std::mem::take(&mut self.hist).finish(out);
    }

    /// Whether the line is one of rtla's.
    fn line(&mut self, shown: &'t str, out: &mut MetricSink) -> bool {
        let taken = self.top.line(shown, out) || self.hist.line(shown, out) || message::line(shown, &mut self.failed, out);
        self.known |= taken;
        taken
    }
}

/// The part of the text that counts: `top` prints its table anew each second, and the last one is of the whole run. One that the
/// end of the text cuts does not count where there is one before it.
fn last_table(text: &Text<'_>) -> Range<usize> {
    let base = text.as_str().as_ptr().addr();
    let (mut before, mut last, mut cut) = (None, None, false);
    for line in text.lines() {
        cut = !line.ended && !line.trimmed().is_empty();
        if is_start(line.trimmed()) {
            (before, last) = (last, Some(line.text.as_ptr().addr() - base));
        }
    }
    match (before, last) {
        (Some(before), Some(last)) if cut => before..last,
        (_, Some(last)) => last..text.as_str().len(),
        _ => 0..text.as_str().len(),
    }
}

/// The last table of each run before the table at `last`. A histogram is printed once in a run. A table of `top` is of another run
/// when time went back, or stands still where no screen was cleared, as with `--quiet`, which prints the table once.
fn earlier_runs(text: &Text<'_>, last: usize) -> Vec<Range<usize>> {
    let base = text.as_str().as_ptr().addr();
    let (mut runs, mut before) = (Vec::new(), None);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let at = line.text.as_ptr().addr() - base;
        if at > last || !is_start(line.trimmed()) {
            continue;
        }
        let duration = lines.peek().and_then(|next| top::duration(next.trimmed()));
        // A line begins behind the escape sequence.
        let cleared = text.raw()[..at].ends_with(b"\x1bc");
        let goes_on = |earlier: Option<[u32; 4]>| match (earlier, duration) {
            (Some(earlier), Some(duration)) => duration > earlier || (duration == earlier && cleared),
            _ => !hist::is_title(line.trimmed()),
        };
        if let Some((start, _)) = before.filter(|(_, earlier)| !goes_on(*earlier)) {
            runs.push(start..at);
        }
        before = Some((at, duration));
    }
    runs
}

/// The first line of a table.
fn is_start(shown: &str) -> bool {
    top::is_title(shown) || hist::is_title(shown)
}

prill_core::register_extractor!(Rtla);

#[cfg(test)]
mod tests;
