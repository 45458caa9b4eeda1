//! The tables of `--metric-only`: a line of names, and below it rows of numbers.

use prill_core::diagnostic::code;
use prill_core::scan::{Search, number};

use super::counter::{Said, Whose};
use super::derived::{Derived, is_known};
use super::place;
use super::text::first_word;
use crate::writer::Writer;

mod csv;
mod json;
mod table;

pub(crate) use json::is_units;

/// What the columns are, and how their rows are printed.
#[derive(Clone, Debug)]
pub(crate) struct Columns<'t> {
    names: Vec<Column<'t>>,
    /// Of `-x`; `None` for a table.
    separator: Option<&'t str>,
    is_json: bool,
    /// Each row starts with the time of its interval.
    timed: bool,
}

/// `branch-misses of all branches`: the event where it is named, and what the number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Column<'t> {
    event: &'t str,
    what: &'t str,
}

impl<'t> Column<'t> {
    /// Upstream puts the name of the event before `of all` only, to tell these columns apart; of the two idle ones there is one
    /// event each.
    fn of(name: &'t str) -> Self {
        let name = name.trim_ascii();
        match name {
            "frontend cycles idle" => Self { event: "stalled-cycles-frontend", what: name },
            "backend cycles idle" => Self { event: "stalled-cycles-backend", what: name },
            _ => match name.place(" of all ") {
                Some(at) => Self { event: &name[..at], what: &name[at + 1..] },
                None => Self { event: "", what: name },
            },
        }
    }
}

impl<'t> Columns<'t> {
    /// The line of names of a table, below the heading of the counters; with `-I` it starts with `#` and the names of the columns
    /// that say whose a row is.
    pub(crate) fn of_table(line: &'t str, in_table: bool) -> Option<Self> {
        let names = if in_table { table::names(line)? } else { table::names_of_intervals(line)? };
        Some(Self { names: names.into_iter().map(Column::of).collect(), separator: None, is_json: false, timed: !in_table })
    }

    /// The line of names of `-x`. `asked` says that the command line has `--metric-only`.
    pub(crate) fn of_csv(line: &'t str, separator: Option<&str>, asked: bool) -> Option<Self> {
        let (names, separator) = csv::names(line, separator)?;
        (asked || names.iter().any(|name| is_known(name))).then(|| Self {
            names: names.into_iter().map(Column::of).collect(),
            separator: Some(separator),
            is_json: false,
            timed: false,
        })
    }

    /// The line of names of `-j` before 6.3.
    pub(crate) fn of_json(line: &'t str) -> Self {
        Self { names: json::units(line).map(Column::of).collect(), separator: None, is_json: true, timed: false }
    }

    /// Puts in the numbers of a row; false when the line is none.
    pub(crate) fn row(&self, line: &'t str, said: &mut Said<'t>, out: &mut Writer<'_>) -> bool {
        if self.timed && !place::is_time(first_word(line).0) {
            return false;
        }
        let Some((whose, values)) = self.values(line, out) else { return false };
        if values.is_empty() {
            if said.first("only", "") {
                out.sink.warn(code::NO_SAMPLES, line, "a row of --metric-only has no number: nothing was counted");
            }
            return true;
        }
        if values.len() != self.names.len() {
            out.ignore(line, "row that has not a number for each name");
            if said.first("columns", "") {
                let message = format!("{} numbers below {} names: which is which nobody knows", values.len(), self.names.len());
                out.sink.warn(code::NO_SAMPLES, line, message);
            }
            return true;
        }
        for (column, (value, percent)) in self.names.iter().zip(values) {
            push(whose, *column, Derived { percent, ..Derived::new(value, column.what) }, said, out);
        }
        true
    }

    fn values(&self, line: &'t str, out: &mut Writer<'_>) -> Option<(Whose<'t>, Vec<(&'t str, bool)>)> {
        match (self.separator, self.is_json) {
            (Some(separator), _) => csv::values(line, separator, out),
            (None, true) => json::values(line, out),
            (None, false) => table::values(line, self.names.len(), out),
        }
    }
}

/// Puts in the numbers of an object of `-j` since 6.3, whose keys are their names; `None` when the line is none.
pub(crate) fn object<'t>(line: &'t str, asked: bool, said: &mut Said<'t>, out: &mut Writer<'_>) -> Option<()> {
    let (whose, values) = json::object(line, asked, out)?;
    for (name, value) in values {
        let column = Column::of(name);
        push(whose, column, Derived::new(value, column.what), said, out);
    }
    Some(())
}

fn push<'t>(whose: Whose<'t>, column: Column<'t>, derived: Derived<'t>, said: &mut Said<'t>, out: &mut Writer<'_>) {
    let event = (!column.event.is_empty()).then_some(("event", column.event));
    let labels = out.labels(whose.labels().chain(event));
    derived.push((whose, labels), column.event, said, out);
}

/// Whether `line` has the names of `--metric-only`, or is an object of it, in words that only perf has.
pub(crate) fn is_here(line: &str) -> bool {
    let shown = line.trim_ascii();
    match shown.as_bytes().first() {
        Some(b'{') => is_units(shown) || json::is_object(shown),
        Some(b'#') => table::names_of_intervals(line).is_some_and(|names| names.iter().any(|name| is_known(name))),
        Some(_) => Columns::of_csv(line, None, false).is_some(),
        None => false,
    }
}

/// A number, and whether a `%` stands behind it.
fn value(word: &str) -> Option<(&str, bool)> {
    let (token, percent) = word.strip_suffix('%').map_or((word, false), |token| (token, true));
    (number::is_token(token) || matches!(token, "nan" | "-nan" | "inf" | "-inf")).then_some((token, percent))
}

/// The time of `-I`, and what says whose a row is, before its numbers.
fn whose<'t>(mut rest: &'t str, out: &mut Writer<'_>) -> (Whose<'t>, &'t str) {
    let mut whose = Whose::default();
    let (word, after) = first_word(rest);
    if place::is_time(word) {
        out.ignore(word, "time of the interval");
        (whose.interval, rest) = (Some(word), after);
    }
    let (word, after) = first_word(rest);
    let label = place::label(word).or_else(|| place::is_thread(word).then_some(("thread", word)));
    if let Some(label) = label {
        out.ignore(word, "identity of the row");
        (whose.place, rest) = (Some(label), after);
    }
    (whose, rest)
}
