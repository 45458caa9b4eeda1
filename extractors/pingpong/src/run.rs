use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::{Line, unit};

use crate::block::Title;
use crate::heading::Heading;

/// The lines of each run: from a heading up to the next. Text whose heading was cut off starts at its first title.
pub(crate) fn split<'l, 't>(lines: &'l [Line<'t>]) -> Vec<&'l [Line<'t>]> {
    let headings: Vec<usize> = (0..lines.len()).filter(|&at| Heading::read(lines[at].text).is_some()).collect();
    let first = headings.first().copied().unwrap_or(lines.len());
    let headless = (0..first).find(|&at| Title::read(lines[at].text).is_some());
    let mut starts: Vec<usize> = headless.into_iter().chain(headings).collect();
    starts.push(lines.len());
    starts.windows(2).map(|ends| &lines[ends[0]..ends[1]]).collect()
}

/// True when the run is printed to its last line.
pub(crate) fn is_whole(run: &[Line<'_>]) -> bool {
    let total = run.iter().skip_while(|line| Title::read(line.text).is_none_or(|title| title.pair.is_some()));
    total.into_iter().any(|line| line.ended && line.trimmed().starts_with("calls to a thread still awake: "))
}

pub(crate) fn write(run: &[Line<'_>], out: &mut MetricSink) {
    let mut throttled = false;
    let mut title: Option<Title<'_>> = None;
    for line in run {
        if !line.ended {
            // The end of a cut line may be missing a digit.
            out.ignore(line.text, "a line that was cut off");
        } else if let Some(heading) = Heading::read(line.text) {
            throttled = heading.is_throttled();
            self::heading(&heading, out);
        } else if let Some(new) = Title::read(line.text) {
            new.write(throttled, out);
            title = Some(new);
        } else if line.text.starts_with(' ') && !title.is_some_and(|title| title.row(*line, throttled, out)) {
            out.warn(code::MALFORMED, line.text, "an indented line that is no row of a table: not read");
        }
    }
}

fn heading(heading: &Heading<'_>, out: &mut MetricSink) {
    for setting in [heading.pairs, heading.sleep, heading.warmup] {
        out.ignore(setting, "a setting");
    }
    out.metric("elapsed").unit(unit::SECOND).informational().push(heading.ran);
}
