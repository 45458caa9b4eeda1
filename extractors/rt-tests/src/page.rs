//! What the smaller programs have in common: text of lines, perhaps a JSON report in it or in a file beside it, and words about
//! why there are no numbers.

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search};
use prill_core::{ExtractError, Input, MetricSink, Sniff, Text};

use crate::report::Report;

/// What a page made of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It is one of the program's.
    Yes,
    /// It is one of the program's, and the end of the text cut it.
    Cut,
    /// It is none of the program's.
    No,
}

impl Taken {
    /// A line that is known, and whole when `whole`.
    pub(crate) fn whole(whole: bool) -> Self {
        if whole { Self::Yes } else { Self::Cut }
    }
}

/// The text of one program.
pub(crate) trait Page<'t>: Default {
    /// What the program is called.
    const TOOL: &'static str;
    /// The member of the report that holds the results.
    const RESULTS: &'static str = "thread";

    /// Whether the line is of another run than those before it.
    fn starts_anew(&self, _: Line<'t>) -> bool {
        false
    }
    /// Reads a line.
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken;
    /// The metrics of the report.
    fn report(&self, report: &Report<'_>, input: &Input<'_>, out: &mut MetricSink);
    /// The metrics of the lines; with a `source` when a report has given the same.
    fn emit(self, source: Option<&'static str>, input: &Input<'_>, out: &mut MetricSink);
}

/// Reads the text of `input` as a page of the program.
pub(crate) fn read<'t, P: Page<'t>>(input: &Input<'t>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let text = input.text();
    let report = Report::read(text.as_str(), P::TOOL);
    if report.is_none() && text.as_str().has("\"cmdline") && Report::of_another(text.as_str(), P::TOOL) {
        return Err(ExtractError::NotFound);
    }
    // A report in a file comes before the streams.
    let reported = report.is_some() || !out.is_empty();
    let (mut pages, known, cut) = lines::<P>(text, report.as_ref(), out);
    let last = pages.pop().unwrap_or_default();
    if let Some(report) = &report {
        report.say(P::RESULTS, input, out);
        last.report(report, input, out);
    }
    for (number, page) in (1..).zip(pages) {
        let from = out.len();
        page.emit(None, input, out);
        out.of_earlier_run(from..out.len(), number);
    }
    last.emit(reported.then_some("table"), input, out);
    match report.and_then(|r| r.broken(text)) {
        Some(error) => Err(error),
        None if cut => Err(ExtractError::Truncated { at: text.end() }),
        None if out.is_empty() && !known => Err(ExtractError::NotFound),
        None => Ok(()),
    }
}

/// The pages of the runs, of all lines but those of the report, whether any was the program's, and whether one was cut.
fn lines<'t, P: Page<'t>>(text: &'t Text<'t>, report: Option<&Report<'_>>, out: &mut MetricSink) -> (Vec<P>, bool, bool) {
    let (mut page, mut pages, mut known, mut cut, mut usage) = (P::default(), Vec::new(), report.is_some(), false, false);
    let skip = report.and_then(Report::span);
    let base = text.as_str().as_ptr().addr();
    for line in text.lines() {
        let at = line.text.as_ptr().addr() - base;
        let shown = line.trimmed();
        if shown.is_empty() || skip.is_some_and(|s| s.start <= at && at < s.end) {
            continue;
        }
        if !usage && is_usage(shown, P::TOOL) {
            out.tool_failed(shown, format!("{} printed its usage in place of a measurement", P::TOOL));
            usage = true;
        }
        let taken = if usage {
            out.ignore(line.text, "usage");
            Taken::Yes
        } else if is_failure(shown, P::TOOL) {
            out.tool_failed(shown, format!("{} says: {shown}", P::TOOL));
            out.ignore(line.text, "message");
            Taken::Yes
        } else {
            if page.starts_anew(line) {
                let message = "another run starts here: those before it are labelled repetition";
                out.warn(code::SEVERAL_DOCUMENTS, line.text, message);
                pages.push(std::mem::take(&mut page));
            }
            page.line(line, out)
        };
        known |= taken != Taken::No;
        cut |= taken == Taken::Cut;
    }
    pages.push(page);
    (pages, known, cut)
}

/// Certain where the report of `tool` or a line that `is_mark` stands in the text.
pub(crate) fn sniff(text: &Text<'_>, tool: &str, is_mark: impl Fn(&str) -> bool) -> Sniff {
    let is_report = |line: &str| {
        let command = line.strip_prefix("\"cmdline").and_then(|rest| rest.trim_start_matches(':').split('"').nth(2));
        command.is_some_and(|command| Report::names(command, tool))
    };
    let mut lines = text.lines().map(|line| line.trimmed());
    if lines.any(|line| is_mark(line) || is_report(line)) { Sniff::Certain } else { Sniff::No }
}

/// `pmqtest V 2.40`, above the options; oslat prints it always.
fn is_usage(line: &str, tool: &str) -> bool {
    line == "Usage:" || line.strip_prefix(tool).is_some_and(|rest| rest.starts_with(" V ") && tool != "oslat")
}

fn is_failure(line: &str, tool: &str) -> bool {
    let start = ["FATAL: ", "ERROR: ", "could not ", "Unable to change scheduling policy"];
    // getopt names the program as it was called, with its path.
    let own = || line.cut(": ").is_some_and(|(program, _)| !program.contains(' ') && Report::names(program, tool));
    start.iter().any(|s| line.starts_with(s)) || own()
}
