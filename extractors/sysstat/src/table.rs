//! A table: its columns, and what its rows put into the sink.

use prill_core::diagnostic::code;
use prill_core::extract::{LabelSet, Series};
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Printed};

use crate::column::{Column, Quantity, is_zero, requests};
use crate::head::Head;
use crate::said::Said;

/// A table that may come again with each report.
pub(crate) struct Table<'t> {
    pub(crate) head: Head<'t>,
    /// The last report that it was in.
    pub(crate) report: usize,
    series: Vec<Option<Series>>,
    /// For each column those that count what its mean stands on.
    requests: Vec<Vec<usize>>,
    /// For each column the number of its labels in `recipes`.
    sets: Vec<usize>,
    recipes: Vec<Recipe<'t>>,
    made: Vec<LabelSet>,
}

/// What the labels of a number are made of, sorted by key, so that the sink need not sort them.
type Recipe<'t> = Vec<(&'static str, From<'t>)>;

/// Where the value of a label comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From<'t> {
    /// The header.
    Head(&'t str),
    /// The word of this column.
    Word(usize),
    Command,
    Interval,
}

/// Whose numbers a row has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of<'n> {
    /// The whole run, or its only report.
    Run,
    /// The report with this number.
    Interval(&'n str),
    /// All of the run: `Minimum:`, `Maximum:`.
    Extreme(&'static str),
}

impl<'t> Table<'t> {
    pub(crate) fn new(head: Head<'t>) -> Self {
        let row = head.columns.iter().enumerate().filter_map(|(at, column)| match column {
            Column::Key(key) => Some((*key, From::Word(at))),
            Column::Command => Some(("command", From::Command)),
            _ => None,
        });
        let row: Recipe<'t> = row.chain([("interval", From::Interval)]).collect();
        let mut recipes: Vec<Recipe<'t>> = Vec::new();
        let mut set = |labels: &'static [(&'static str, &'static str)], named: Option<(&'static str, &'t str)>| {
            let own = labels.iter().copied().chain(named).map(|(key, value)| (key, From::Head(value)));
            let mut recipe: Recipe<'t> = row.iter().copied().chain(own).collect();
            recipe.sort_by_key(|(key, _)| *key);
            recipes.iter().position(|known| *known == recipe).unwrap_or_else(|| {
                recipes.push(recipe);
                recipes.len() - 1
            })
        };
        let sets = head.columns.iter().map(|column| match column {
            Column::Value(quantity) => set(quantity.labels, None),
            Column::Named(quantity, key, name) => set(quantity.labels, Some((key, name))),
            _ => 0,
        });
        let sets = sets.collect();
        let series = vec![None; head.columns.len()];
        let place = |name: &&str| head.names.iter().position(|known| known == name);
        let requests = head.names.iter().map(|name| requests(name).iter().filter_map(place).collect()).collect();
        Self { head, report: 0, series, requests, sets, recipes, made: Vec::new() }
    }

    /// How many words of a row with this lead are to be looked at one by one.
    pub(crate) fn words(&self) -> usize {
        self.head.columns.len() - usize::from(self.has_command())
    }

    pub(crate) fn has_command(&self) -> bool {
        matches!(self.head.columns.last(), Some(Column::Command))
    }

    /// Puts a row in: the words of the columns, as many as are whole, and the command. What stands before the first number is
    /// ignored by the caller.
    pub(crate) fn put(&mut self, words: &[&'t str], command: &'t str, of: Of<'_>, said: &mut Said, out: &mut MetricSink) {
        let row = Row { words, command, of };
        self.made.clear();
        self.made.extend(self.recipes.iter().map(|recipe| out.labels(row.labels(recipe))));
        for (at, word) in words.iter().enumerate() {
            let (quantity, labels) = match self.head.columns[at] {
                Column::Value(quantity) | Column::Named(quantity, ..) => (quantity, self.made[self.sets[at]]),
                Column::Unknown => {
                    said.unknown(self.head.names[at], word, out);
                    continue;
                }
                _ => continue,
            };
            if !self.requests[at].is_empty()
                && is_zero(word)
                && self.requests[at].iter().all(|at| words.get(*at).is_none_or(|w| is_zero(w)))
            {
                said.absent(word, out);
            } else if word.as_bytes().last().is_none_or(|byte| !byte.is_ascii_digit()) {
                self.put_scaled(&quantity, at, row, said, out);
            } else if quantity.negative_is_none && word.starts_with('-') {
                said.absent(word, out);
            } else if let Of::Extreme(stat) = of {
                emit(out, &quantity, quantity.unit, stat, row.labels(&self.recipes[self.sets[at]]), word);
            } else {
                let begin = || out.metric(quantity.name).unit(quantity.unit).polarity(quantity.polarity).series();
                let mut series = *self.series[at].get_or_insert_with(begin);
                out.push(series.labels(labels), word);
            }
        }
    }

    /// A number with a unit of its own, as `--human` prints it, or no number at all.
    #[cold]
    fn put_scaled(&mut self, quantity: &Quantity, at: usize, row: Row<'_, 't>, said: &mut Said, out: &mut MetricSink) {
        let word = row.words[at];
        let (token, suffix) = word.split_at(word.len() - word.chars().last().map_or(0, char::len_utf8));
        if !number::is_token(token) {
            return said.absent(word, out);
        }
        let Some(printed) = scaled(quantity.unit, suffix) else {
            out.warn(code::UNKNOWN_UNIT, word, format!("`{suffix}` is no unit of {}", quantity.name));
            return out.ignore(word, "a unit that nobody knows");
        };
        let stat = if let Of::Extreme(stat) = row.of { stat } else { "" };
        emit(out, quantity, printed, stat, row.labels(&self.recipes[self.sets[at]]), token);
    }
}

/// A row, as far as its labels go.
#[derive(Clone, Copy)]
struct Row<'r, 't> {
    words: &'r [&'t str],
    command: &'t str,
    of: Of<'r>,
}

impl<'t> Row<'_, 't> {
    /// The labels that `recipe` makes; one without a value is left out.
    fn labels<'x>(&'x self, recipe: &'x [(&'static str, From<'t>)]) -> impl Iterator<Item = (&'x str, &'x str)> {
        recipe.iter().filter_map(|(key, from)| {
            let value: &str = match *from {
                From::Head(value) => value,
                From::Word(at) => self.words.get(at)?,
                From::Command => self.command,
                From::Interval => match self.of {
                    Of::Interval(number) => number,
                    _ => return None,
                },
            };
            // A thread's row has `-` for its process, and the other way round.
            (value != "-" && !value.is_empty()).then_some((*key, value))
        })
    }
}

fn emit<'l>(
    out: &mut MetricSink,
    quantity: &Quantity,
    printed: Printed,
    stat: &str,
    labels: impl Iterator<Item = (&'l str, &'l str)>,
    token: &str,
) {
    let mut emit = out.metric(quantity.name).unit(printed).polarity(quantity.polarity);
    if !stat.is_empty() {
        emit = emit.stat(stat);
    }
    for (key, value) in labels {
        emit = emit.label(key, value.to_owned());
    }
    emit.push(token);
}

/// The unit of a number with a suffix of `cprintf_unit` in `common.c`, which divides by 1024, or of `cprintf_xpc`.
fn scaled(printed: Printed, suffix: &str) -> Option<Printed> {
    let base = match (printed.unit.code(), suffix) {
        ("1", "%") => return Some(unit::PERCENT),
        ("By", _) => unit::BYTE,
        ("By/s", _) => unit::BYTE_PER_S,
        _ => return None,
    };
    let power = ["B", "k", "M", "G", "T", "P"].iter().position(|known| *known == suffix)?;
    Some(base.shift2(10 * power as i8))
}
