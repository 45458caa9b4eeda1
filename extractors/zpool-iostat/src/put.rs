//! The numbers of a row.

use prill_core::extract::{LabelSet, Series};
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::head::{Column, LABELS};

/// The metrics that were begun, by column and suffix.
#[derive(Default)]
pub(crate) struct Put {
    series: Vec<[Option<Series>; SUFFIXES]>,
}

/// How many suffixes there are, with none.
const SUFFIXES: usize = 11;

/// A cell of a row.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'t> {
    text: &'t str,
    /// The number, and which suffix it has; `None` where there is none.
    number: Option<(&'t str, usize)>,
}

impl<'t> Cell<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Self { text, number: number::leading(text).and_then(|(token, rest)| Some((token, suffix(rest)?))) }
    }

    /// Stands for no number.
    pub(crate) fn is_dash(self) -> bool {
        self.text == "-"
    }

    /// Is a number, or stands for none.
    pub(crate) fn is_right(self) -> bool {
        self.number.is_some() || self.is_dash()
    }
}

/// `zfs_nicenum_format` of `zutil_nicenum.c`: powers of 1024 of anything that is counted, and times.
fn suffix(text: &str) -> Option<usize> {
    Some(match text {
        "" => 0,
        "K" => 1,
        "M" => 2,
        "G" => 3,
        "T" => 4,
        "P" => 5,
        "E" => 6,
        "ns" => 7,
        "us" => 8,
        "ms" => 9,
        "s" => 10,
        _ => return None,
    })
}

fn printed(column: &Column, suffix: usize) -> Option<Printed> {
    match (suffix, column.wait) {
        (0, _) => Some(column.unit),
        (1..=6, false) => Some(column.unit.shift2(10 * suffix as i8)),
        (7.., true) => Some([unit::NS, unit::US, unit::MS, unit::SECOND][suffix - 7]),
        _ => None,
    }
}

impl Put {
    /// Puts in the numbers of a row; `interval` and `device` are empty where there is none.
    pub(crate) fn row(
        &mut self,
        columns: &[Column],
        cells: &[Cell<'_>],
        (interval, pool, device): (&str, &str, &str),
        out: &mut MetricSink,
    ) {
        self.series.resize(self.series.len().max(columns.len()), [None; SUFFIXES]);
        let row = [("interval", interval), ("pool", pool), ("vdev", device)];
        let (mut sets, mut last) = ([None::<LabelSet>; LABELS.len()], None);
        for ((column, cell), series) in columns.iter().zip(cells).zip(&mut self.series) {
            let Some((token, suffix)) = cell.number else { continue };
            let Some(printed) = printed(column, suffix) else {
                out.ignore(cell.text, "a suffix that its column does not have");
                continue;
            };
            let labels = match sets[column.label] {
                Some(labels) => labels,
                None => {
                    let labels = labels(row, LABELS[column.label], last, out);
                    last = Some((LABELS[column.label], labels));
                    *sets[column.label].insert(labels)
                }
            };
            let polarity = if column.wait { Polarity::Lower } else { Polarity::Unknown };
            let series =
                series[suffix].get_or_insert_with(|| out.metric(column.metric).unit(printed).polarity(polarity).series());
            out.push(series.labels(labels), token);
        }
    }
}

/// The labels of `row` with `op` and `state`, from the `last` ones where they have no others.
fn labels(row: [(&str, &str); 3], own: (&str, &str), last: Option<((&str, &str), LabelSet)>, out: &mut MetricSink) -> LabelSet {
    let is_there = |(_, value): &(&str, &str)| !value.is_empty();
    let more = [("op", own.0), ("state", own.1)].into_iter().filter(is_there);
    match last {
        Some((known, labels)) if is_part(known, own) => out.with_labels(labels, more),
        _ => out.labels(row.into_iter().filter(is_there).chain(more)),
    }
}

/// Whether a set with the labels `one` has no others than one with `other`, whatever their values.
fn is_part(one: (&str, &str), other: (&str, &str)) -> bool {
    (one.0.is_empty() || !other.0.is_empty()) && (one.1.is_empty() || !other.1.is_empty())
}
