use std::collections::HashSet;

use prill_core::diagnostic::code;
use prill_core::{Input, MetricSink};

use super::line::Line;

/// The lines of the last report.
///
/// `--status-interval` prints all jobs again and again, and nothing in the output says where a report starts: two lines of one
/// job are two reports, or two instances of it (`numjobs`). The command line tells; without it, lines are reports only when
/// everything that accumulates has grown from each to the next, as it hardly does between instances.
pub(super) fn last<'a, 't>(lines: &'a [Line<'t>], input: &Input<'_>, out: &mut MetricSink) -> &'a [Line<'t>] {
    let jobs = lines.iter().map(|line| (line.name(), line.field(line.group))).collect::<HashSet<_>>().len();
    let argv = input.argv();
    let said = argv.is_some_and(|argv| argv.iter().any(|arg| arg.starts_with("--status-interval")));
    let len = if said { jobs * instances(argv) } else { jobs };
    let whole = lines.iter().take_while(|line| !line.cut).count();
    let repeats = jobs > 0 && lines.len() > len && whole >= len && (said || (argv.is_none() && accumulates(lines, len)));
    // Instances that are not counted in the command line make a report longer than it seems.
    if !repeats || !(whole.is_multiple_of(len) || whole < lines.len()) {
        return lines;
    }
    let end = whole / len * len;
    let last = &lines[end - len..end];
    let earlier = &lines[..end - len];
    for line in earlier.iter().chain(&lines[end..]) {
        out.ignore(line.text, "another report; the last whole one counts");
    }
    if earlier.is_empty() {
        return last;
    }
    let message = format!("{} earlier reports of the same jobs are passed over for the last whole one", earlier.len() / len);
    if said {
        out.note(code::SEVERAL_DOCUMENTS, earlier[0].text, message);
    } else {
        out.warn(code::SEVERAL_DOCUMENTS, earlier[0].text, message);
    }
    last
}

fn instances(argv: Option<&[String]>) -> usize {
    let count = argv.and_then(|argv| argv.iter().find_map(|arg| arg.strip_prefix("--numjobs=")));
    count.and_then(|n| n.parse().ok()).filter(|n| *n > 0).unwrap_or(1)
}

fn accumulates(lines: &[Line<'_>], len: usize) -> bool {
    lines.iter().zip(&lines[len..]).all(|(before, after)| before.identity() == after.identity() && has_grown(before, after))
}

/// The amount of data and the run time of the first direction in use are greater.
fn has_grown(before: &Line<'_>, after: &Line<'_>) -> bool {
    let number = |line: &Line<'_>, at: usize| line.field(at).parse::<u64>().ok();
    let step = |at: usize| Some((number(before, at)?, number(after, at)?));
    let used = (0..after.directions).map(|i| after.direction(i)).find(|at| number(after, *at) > Some(0));
    let Some(at) = used else { return false };
    let amount = step(at).is_some_and(|(a, b)| b > a);
    let runtime = step(at + 3).is_some_and(|(a, b)| b > a + 50);
    amount && runtime
}
