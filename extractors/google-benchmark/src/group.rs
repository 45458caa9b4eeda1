use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use prill_core::scan::percentile;

use crate::row::{Columns, Row};

/// What a row is of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Identity<'r> {
    pub(crate) benchmark: &'r str,
    /// The aggregate, as the library calls it; `None` for a run.
    pub(crate) aggregate: Option<&'r str>,
    /// Counted from 1, where a benchmark ran several times.
    pub(crate) repetition: Option<usize>,
}

/// Aggregates that the library computes itself, in the order in which it prints them.
const AGGREGATES: [&str; 4] = ["mean", "median", "stddev", "cv"];

/// What each of `rows` is of.
///
/// Console and CSV print the aggregate as a suffix of the name only. It is one where the name before it is that of the run above, or
/// of the aggregates above, or where the row begins a list of aggregates.
pub(crate) fn identities<'r>(rows: &'r [Row<'_>]) -> Vec<Identity<'r>> {
    let mut base = "";
    let mut found = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let (benchmark, aggregate) = match &row.run {
            Some(run) => (&*run.name, run.aggregate.as_deref()),
            None => split(row, rows.get(index + 1), base),
        };
        base = benchmark;
        let repetition = row.run.as_ref().and_then(|run| run.repetition).map(|index| index + 1);
        found.push(Identity { benchmark, aggregate, repetition });
    }
    number(&mut found);
    found
}

fn split<'r>(row: &'r Row<'_>, next: Option<&Row<'_>>, base: &str) -> (&'r str, Option<&'r str>) {
    let name = &*row.name;
    let Some((before, suffix)) = name.rsplit_once('_') else { return (name, None) };
    let begins = suffix == AGGREGATES[0] && next.is_some_and(|next| next.name.strip_suffix("_median") == Some(before));
    let is_fit = matches!(row.columns, Columns::Coefficient(_) | Columns::Error(_) | Columns::Wrong(_));
    let is_ratio = matches!(row.columns, Columns::Ratio(_));
    let follows = !base.is_empty() && before == base;
    if begins || follows || is_fit || is_ratio { (before, Some(suffix)) } else { (name, None) }
}

/// Numbers the runs of a benchmark that has several, and rows that a text holds twice: no two are of the same.
fn number(found: &mut [Identity<'_>]) {
    let mut runs: HashMap<&str, usize> = HashMap::new();
    let mut next: HashMap<&str, usize> = HashMap::new();
    for identity in found.iter() {
        *runs.entry(identity.benchmark).or_default() += usize::from(identity.aggregate.is_none());
        let free = next.entry(identity.benchmark).or_insert(1);
        *free = (*free).max(identity.repetition.map_or(0, |n| n.saturating_add(1)));
    }
    let mut taken = HashSet::new();
    for identity in found {
        let several = identity.aggregate.is_none() && runs.get(identity.benchmark).is_some_and(|count| *count > 1);
        let numbered = !several || identity.repetition.is_some();
        if numbered && taken.insert((identity.benchmark, identity.aggregate, identity.repetition)) {
            continue;
        }
        if let Some(free) = next.get_mut(identity.benchmark) {
            identity.repetition = Some(*free);
            *free = free.saturating_add(1);
        }
    }
}

/// How prill calls the aggregate `name`; `None` for one that a user made up.
pub(crate) fn stat(name: &str) -> Option<Cow<'_, str>> {
    match name {
        "median" => Some("p50".into()),
        "mean" | "stddev" | "cv" | "min" | "max" | "sum" | "range" | "iqr" => Some(name.into()),
        _ => percentile::stat(name.strip_prefix('p')?).map(Cow::Owned),
    }
}
