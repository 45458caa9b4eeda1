//! The two lines of GNU time without an option:
//! `0.00user 0.00system 0:00.12elapsed 0%CPU (0avgtext+0avgdata 1648maxresident)k`,
//! `0inputs+0outputs (0major+98minor)pagefaults 0swaps`.

use prill_core::scan::{Search, unit};
use prill_core::{MetricSink, Printed};

use crate::value::{clock, count, lower, utilization};
use crate::verbose::{BLOCK, FAULT, unused};

pub(crate) fn is_first(line: &str) -> bool {
    line.has("user ") && line.ends_with("maxresident)k") && parse(line).is_some()
}

pub(crate) fn first(line: &str, out: &mut MetricSink) {
    let Some(row) = parse(line) else { return };
    out.ignore(row.before, "text of the command");
    lower("cpu_time", Some(("mode", "user")), unit::SECOND, row.user, out);
    lower("cpu_time", Some(("mode", "system")), unit::SECOND, row.system, out);
    clock("elapsed", None, &row.elapsed, out);
    utilization(row.cpu, out);
    unused("rss.mean", Some(("kind", "text")), unit::KIB, row.text, out);
    unused("rss.mean", Some(("kind", "data")), unit::KIB, row.data, out);
    lower("rss.max", None, unit::KIB, row.resident, out);
}

/// The second line; false when it is another.
pub(crate) fn second(line: &str, out: &mut MetricSink) -> bool {
    let parse = || {
        let (inputs, rest) = line.cut("inputs+")?;
        let (outputs, rest) = rest.cut("outputs (")?;
        let (major, rest) = rest.cut("major+")?;
        let (minor, rest) = rest.cut("minor)pagefaults ")?;
        Some([inputs, outputs, major, minor, rest.strip_suffix("swaps")?])
    };
    let Some([inputs, outputs, major, minor, swaps]) = parse() else { return false };
    count("io.count", Some(("op", "read")), BLOCK, inputs, out);
    count("io.count", Some(("op", "write")), BLOCK, outputs, out);
    count("page_fault.count", Some(("kind", "major")), FAULT, major, out);
    count("page_fault.count", Some(("kind", "minor")), FAULT, minor, out);
    unused("swap.count", None, Printed::base("{swap}"), swaps, out);
    true
}

struct Row<'t> {
    /// What the command printed on the same line.
    before: &'t str,
    user: &'t str,
    system: &'t str,
    elapsed: Vec<&'t str>,
    cpu: &'t str,
    text: &'t str,
    data: &'t str,
    resident: &'t str,
}

fn parse(line: &str) -> Option<Row<'_>> {
    let at = line.place("user ")?;
    let start = line[..at].rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |at| at + 1);
    // A sign or a letter of two bytes may end before.
    let (before, user) = (line.get(..start)?, line.get(start..at)?);
    let (system, rest) = line[at + 5..].cut("system ")?;
    let (elapsed, rest) = rest.cut("elapsed ")?;
    let (cpu, rest) = rest.cut("%CPU (")?;
    let (text, rest) = rest.cut("avgtext+")?;
    let (data, rest) = rest.cut("avgdata ")?;
    let resident = rest.strip_suffix("maxresident)k")?;
    let elapsed: Vec<&str> = elapsed.split(':').collect();
    (!user.is_empty() && (2..=3).contains(&elapsed.len())).then_some(Row {
        before,
        user,
        system,
        elapsed,
        cpu,
        text,
        data,
        resident,
    })
}
