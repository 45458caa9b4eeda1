//! The table.

use std::collections::HashSet;

use super::super::counter::Whose;
use super::super::place;
use super::super::text::first_word;
use super::{Writer, value, whose};

/// How wide a column is that has no longer name.
const WIDTH: usize = 20;

/// What may stand before the names with `-I`, and below it before the numbers.
const PLACES: [&str; 8] = ["core", "cluster", "cache", "die", "socket", "node", "cpu", "comm-pid"];

/// The names of a line `#           time core            cpus       insn per cycle`.
pub(super) fn names_of_intervals(line: &str) -> Option<Vec<&str>> {
    let mut rest = line.strip_prefix("#           time")?;
    if rest.trim_ascii_end().ends_with(" events") {
        return None;
    }
    let (word, after) = first_word(rest);
    if PLACES.contains(&word) {
        rest = after;
        let (word, after) = first_word(rest);
        if matches!(word, "cpus" | "ctrs") {
            rest = after;
        }
    }
    if rest.trim_ascii().is_empty() { Some(Vec::new()) } else { names(rest) }
}

/// The names of a line of columns, each right in [`WIDTH`] characters and a blank, or longer. Names have blanks, so that the
/// columns are found by their places, from the right.
pub(super) fn names(line: &str) -> Option<Vec<&str>> {
    let line = line.trim_ascii_end();
    if line.len() > LONGEST || !line.is_ascii() {
        return None;
    }
    let (mut names, mut failed) = (Vec::new(), HashSet::new());
    split(line, &mut names, &mut failed).then(|| {
        names.reverse();
        names
    })
}

/// The longest line that is looked at: that of fifty names.
const LONGEST: usize = 2048;

/// Takes the names off the end of `line`, the last one first; false when it is no such line. `failed` are the lengths of which
/// that is known.
fn split<'t>(line: &'t str, names: &mut Vec<&'t str>, failed: &mut HashSet<usize>) -> bool {
    if failed.contains(&line.len()) {
        return false;
    }
    let kept = names.len();
    let found = starts(line).any(|start| {
        let (rest, name) = line.split_at(start);
        let rest = rest.strip_suffix(' ').unwrap_or(rest);
        names.truncate(kept);
        names.push(name.trim_ascii());
        // A blank at the end would be one of a name.
        let is_end = !rest.ends_with(' ') && !is_unit(rest, name);
        is_name(name.trim_ascii()) && (rest.trim_ascii().is_empty() || is_end && split(rest, names, failed))
    });
    if !found {
        failed.insert(line.len());
    }
    found
}

/// Whether `name` is that of a metric, which its unit and two blanks stand before: `%  tma_retiring`.
fn is_unit(rest: &str, name: &str) -> bool {
    let word = rest.rsplit(' ').next().unwrap_or_default();
    let blanks = 1 + name.len() - name.trim_ascii_start().len();
    let is_metric = name.contains('_') && !name.trim_ascii().contains(' ');
    blanks == 2 && is_metric && (matches!(word, "%" | "CPUs" | "GHz" | "instructions") || word.ends_with("/sec"))
}

/// What upstream knows shares of.
const OF_ALL: [&str; 12] = [
    "branches",
    "cache refs",
    "L1-dcache accesses",
    "L1-dcache hits",
    "L1-icache accesses",
    "L1-icache hits",
    "LL-cache accesses",
    "LL-cache hits",
    "dTLB cache accesses",
    "dTLB cache hits",
    "iTLB cache accesses",
    "iTLB cache hits",
];

/// Where the last column of `line` may start, the most likely place first.
fn starts(line: &str) -> impl Iterator<Item = usize> {
    let narrow = line.len().saturating_sub(WIDTH);
    let is_narrow = narrow == 0 || line[..narrow].ends_with(' ');
    let event = line.rfind(" of all ").filter(|at| OF_ALL.contains(&&line[at + " of all ".len()..]));
    let event = event.map(|at| line[..at].rfind(' ').map_or(0, |at| at + 1));
    let wide = line.rmatch_indices(' ').map(|(at, _)| at + 1).filter(move |start| *start < narrow).take(4);
    is_narrow.then_some(narrow).into_iter().chain(event.filter(move |start| *start < narrow)).chain(wide)
}

fn is_name(name: &str) -> bool {
    !name.contains('#')
        && !["of ", "all ", "cycles ", "per "].iter().any(|word| name.starts_with(word))
        && name.bytes().any(|b| b.is_ascii_alphabetic())
}

/// The numbers of a row below `columns` names.
pub(super) fn values<'t>(line: &'t str, columns: usize, out: &mut Writer<'_>) -> Option<(Whose<'t>, Vec<(&'t str, bool)>)> {
    let words = |rest: &'t str| rest.split_ascii_whitespace();
    // Where nothing was counted, there is nothing behind what says whose the row is.
    let is_last = |word| value(word).is_some() || place::label(word).is_some() || place::is_time(word);
    if !words(line).next_back().is_some_and(is_last) {
        return None;
    }
    let (mut whose, mut rest) = whose(line, out);
    let (word, after) = first_word(rest);
    let is_count = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let counted = whose.place.is_some_and(|(label, _)| !matches!(label, "cpu" | "thread"));
    if counted && is_count && (columns <= 1 || words(rest).count() != columns) {
        out.ignore(word, "number of processors");
        rest = after;
    }
    let (word, after) = first_word(rest);
    if !word.is_empty() && value(word).is_none() {
        out.ignore(word, "name of the cgroup");
        (whose.cgroup, rest) = (Some(word), after);
    }
    let values: Vec<_> = words(rest).filter_map(value).collect();
    (values.len() == words(rest).count()).then_some((whose, values))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(indent: usize, names: &[&str]) -> String {
        let columns: String = names.iter().map(|name| format!("{name:>WIDTH$} ")).collect();
        format!(" {:indent$}{columns}", "")
    }

    #[test]
    fn columns_are_found_whatever_the_names_are() {
        let all: [&[&str]; 7] = [
            &["GHz", "insn per cycle"],
            &["GHz", "branch-misses of all branches", "L1-dcache-load-misses of all L1-dcache accesses"],
            &["frontend cycles idle", "backend cycles idle", "stalled cycles per insn", "insn per cycle"],
            &["%  tma_backend_bound", "%  tma_bad_speculation", "%  tma_retiring"],
            &["branch-misses of all branches", "frontend cycles idle", "stalled cycles per insn"],
            &["LLC-load-misses of all LL-cache hits", "iTLB-load-misses of all iTLB cache accesses", "GHz"],
            &["retiring", "bad speculation", "frontend bound", "backend bound"],
        ];
        for names in all {
            for indent in [0, 6, 12, 18, 24] {
                assert_eq!(super::names(&line(indent, names)).as_deref(), Some(names), "{:?}", line(indent, names));
                assert_eq!(super::names(line(indent, names).trim_end()).as_deref(), Some(names), "without the blank at the end");
            }
        }
    }

    #[test]
    fn the_names_of_intervals_have_others_before_them() {
        let names = ["GHz", "insn per cycle"];
        for before in
            ["#           time", "#           time core            cpus", "#           time cpu   ", "#           time die ctrs"]
        {
            assert_eq!(names_of_intervals(&(before.to_owned() + &line(0, &names))).as_deref(), Some(&names[..]), "{before}");
        }
        assert_eq!(names_of_intervals("#           time             counts unit events"), None);
        assert_eq!(names_of_intervals("# time is money"), None);
        assert_eq!(names_of_intervals("#           time core            cpus "), Some(vec![]));
    }
}
