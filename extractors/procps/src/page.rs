//! What both formats do with the lines of a text.

use prill_core::diagnostic::code;
use prill_core::scan::Line;
use prill_core::{ExtractError, MetricSink, Text};

/// What a format made of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// It is a part of an output.
    Ours,
    /// It is none.
    Other,
}

/// Reads the lines of a text of the tool called `name` by `line`; the last one, where it has no end, is not read.
pub(crate) fn read<'t>(
    text: &'t Text<'_>,
    name: &str,
    out: &mut MetricSink,
    mut line: impl FnMut(Line<'t>, &mut MetricSink) -> Seen,
) -> Result<(), ExtractError> {
    let (mut ours, mut failed) = (false, false);
    for read in text.lines().filter(|line| !line.text.trim_ascii().is_empty()) {
        if line(read, out) == Seen::Ours {
            ours = true;
        } else if read.ended && is_failure(read.trimmed(), name) {
            failed = true;
            out.tool_failed(read.trimmed(), format!("the tool says: {}", read.trimmed()));
            out.ignore(read.text, "a message");
        } else if failed {
            out.ignore(read.text, "a message");
        }
        if !read.ended && ours {
            return Err(ExtractError::Truncated { at: text.end() });
        }
    }
    if ours || failed { Ok(()) } else { Err(ExtractError::NotFound) }
}

/// `vmstat: invalid option -- 'x'`, `Usage:`.
fn is_failure(line: &str, name: &str) -> bool {
    line.strip_prefix(name).is_some_and(|rest| rest.starts_with(": "))
}

/// Says that nobody knows the unit of what is printed at `row`.
pub(crate) fn say_unknown(row: &str, option: &str, out: &mut MetricSink) {
    let message = format!(
        "the unit of memory is what {option} says, and the command is not known: the numbers are left without a unit (--argv)"
    );
    out.warn(code::UNKNOWN_UNIT, row, message);
}

/// True for a number without a sign or a point.
pub(crate) fn is_count(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}
