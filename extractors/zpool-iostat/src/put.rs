//! The numbers of a row.

use prill_core::extract::{LabelSet, Series};
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::head::Column;

/// The metrics that were begun, by column and suffix.
#[derive(Default)]
pub(crate) struct Put {
    series: Vec<[Option<Series>; SUFFIXES.len()]>,
}

/// `zfs_nicenum_format` of `zutil_nicenum.c`: powers of 1024 of anything that is counted, and times.
const SUFFIXES: [&str; 11] = ["", "K", "M", "G", "T", "P", "E", "ns", "us", "ms", "s"];

/// Whether a cell is a number, or stands for none.
pub(crate) fn is_cell(cell: &str) -> bool {
    cell == "-" || split(cell).is_some()
}

fn split(cell: &str) -> Option<(&str, usize)> {
    let (token, suffix) = number::leading(cell)?;
    if suffix.is_empty() {
        return Some((token, 0));
    }
    Some((token, SUFFIXES.iter().position(|known| *known == suffix)?))
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
    pub(crate) fn row(
        &mut self,
        columns: &[Column],
        cells: &[&str],
        (pool, device): (&str, &str),
        interval: Option<usize>,
        out: &mut MetricSink,
    ) {
        self.series.resize(self.series.len().max(columns.len()), [None; SUFFIXES.len()]);
        let number = interval.map(|interval| interval.to_string());
        let mut sets: Vec<((&str, &str), LabelSet)> = Vec::with_capacity(4);
        for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
            let Some((token, suffix)) = split(cell) else { continue };
            let Some(printed) = printed(column, suffix) else {
                out.ignore(cell, "a suffix that its column does not have");
                continue;
            };
            let labels = match sets.iter().find(|(label, _)| *label == column.label) {
                Some((_, labels)) => *labels,
                None => {
                    let interval = number.as_deref().map(|number| ("interval", number));
                    // Sorted, so that the sink need not sort them.
                    let mut row = [column.label, ("pool", pool), ("vdev", device)];
                    row.sort_unstable();
                    let labels =
                        out.labels(interval.into_iter().chain(row).filter(|(key, value)| !key.is_empty() && !value.is_empty()));
                    sets.push((column.label, labels));
                    labels
                }
            };
            let polarity = if column.wait { Polarity::Lower } else { Polarity::Unknown };
            let series = self.series[at][suffix]
                .get_or_insert_with(|| out.metric(column.metric).unit(printed).polarity(polarity).series());
            out.push(series.labels(labels), token);
        }
    }
}
