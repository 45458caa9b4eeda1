//! The summary: `MarkdownExporter.cs`, and the same on the console.

use prill_core::diagnostic::code;
use prill_core::scan::{Search, number};
use prill_core::{MetricSink, Printed};

use crate::put::{Place, printed, value};

/// What a column has.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Column<'t> {
    Method,
    /// A statistic of the time; with `SummaryStyle.PrintUnitsInHeader` its unit is here.
    Time(&'static str, Option<Printed>),
    Percentile(&'t str),
    Rate,
    Collections(&'t str),
    Allocated(Option<Printed>),
    Code(Option<Printed>),
    /// What follows from others, or counts something else.
    Other,
    /// A parameter of the benchmark or of its job.
    Parameter(&'t str),
}

/// The head of the table.
#[derive(Debug)]
pub(crate) struct Head<'t> {
    columns: Vec<Column<'t>>,
}

impl<'t> Head<'t> {
    /// `| Method | N | Mean | Error | StdDev | Allocated |`
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let names = cells(line)?;
        let columns: Vec<Column<'t>> = names.into_iter().map(column).collect();
        let has_time = columns.iter().any(|column| matches!(column, Column::Time("mean" | "p50", _)));
        (columns.contains(&Column::Method) && has_time).then_some(Self { columns })
    }

    /// Reads a row; false when the line is none.
    pub(crate) fn row(&self, line: &'t str, out: &mut MetricSink) -> bool {
        let Some(cells) = cells(line).filter(|cells| cells.len() == self.columns.len()) else { return false };
        let pairs = || self.columns.iter().zip(&cells);
        let benchmark =
            pairs().find(|(column, _)| **column == Column::Method).map_or("", |(_, cell)| cell.trim_matches(['\'', '"']));
        let parameters: Vec<String> = pairs()
            .filter_map(|(column, cell)| match column {
                Column::Parameter(name) if !cell.is_empty() => Some(format!("{name}={cell}")),
                _ => None,
            })
            .collect();
        if benchmark.is_empty() {
            // Between groups of baselines.
            return true;
        }
        let parameters = parameters.join(", ");
        let place = Place { benchmark, parameters: (!parameters.is_empty()).then_some(&parameters), ..Place::default() };
        pairs().for_each(|(column, cell)| put(&place, *column, cell, out));
        true
    }
}

fn put(place: &Place<'_>, column: Column<'_>, cell: &str, out: &mut MetricSink) {
    if cell == "NA" {
        if column == Column::Time("mean", None) {
            out.note(code::NO_SAMPLES, cell, format!("{} has no result", place.benchmark));
        }
        return;
    }
    let bare = number::leading_grouped(cell).filter(|(_, rest)| rest.is_empty()).map(|(token, _)| token);
    let with = |unit: Option<Printed>| unit.and_then(|unit| Some((bare?, unit))).or_else(|| value(cell));
    match column {
        Column::Time(stat, unit) => with(unit).into_iter().for_each(|(token, unit)| place.time(stat, None, token, unit, out)),
        Column::Percentile(percent) => {
            let stat = prill_core::scan::percentile::stat(percent);
            if let (Some(stat), Some((token, unit))) = (stat, value(cell)) {
                place.time(&stat, None, token, unit, out);
            }
        }
        Column::Rate => bare.into_iter().for_each(|token| place.rate(token, out)),
        Column::Collections(generation) => bare.into_iter().for_each(|token| place.collected(generation, token, out)),
        Column::Allocated(unit) => with(unit).into_iter().for_each(|(token, unit)| place.allocated(token, unit, out)),
        Column::Code(unit) => with(unit).into_iter().for_each(|(token, unit)| place.code(token, unit, out)),
        Column::Method | Column::Other | Column::Parameter(_) => {}
    }
}

fn column(name: &str) -> Column<'_> {
    let (name, unit) = match name.strip_suffix(']').and_then(|name| name.cut_last(" [")) {
        Some((bare, word)) if printed(word).is_some() => (bare, printed(word)),
        _ => (name, None),
    };
    let time = |stat| Column::Time(stat, unit);
    match name {
        "Method" => Column::Method,
        "Mean" => time("mean"),
        "Error" => time("margin"),
        "StdErr" => time("stderr"),
        "StdDev" => time("stddev"),
        "Median" => time("p50"),
        "Min" => time("min"),
        "Max" => time("max"),
        "Q1" => time("p25"),
        "Q3" => time("p75"),
        "Op/s" => Column::Rate,
        "Gen0" | "Gen 0" => Column::Collections("0"),
        "Gen1" | "Gen 1" => Column::Collections("1"),
        "Gen2" | "Gen 2" => Column::Collections("2"),
        "Allocated" => Column::Allocated(unit),
        "Code Size" => Column::Code(unit),
        "Ratio"
        | "RatioSD"
        | "Alloc Ratio"
        | "Rank"
        | "Scaled"
        | "ScaledSD"
        | "Baseline"
        | "Skewness"
        | "Kurtosis"
        | "MValue"
        | "Iterations"
        | "Completed Work Items"
        | "Lock Contentions"
        | "Exceptions"
        | "LogicalGroup"
        | "Categories"
        | "Outliers" => Column::Other,
        _ => match name.strip_prefix('P').filter(|percent| !percent.is_empty() && percent.bytes().all(|b| b.is_ascii_digit())) {
            Some(percent) => Column::Percentile(percent),
            None => Column::Parameter(name),
        },
    }
}

/// What stands between the bars; bold where a group begins. The first and the last bar may be missing.
fn cells(line: &str) -> Option<Vec<&str>> {
    let line = line.trim();
    let inner = line.strip_suffix('|')?;
    let inner = inner.strip_prefix('|').unwrap_or(inner);
    Some(inner.split('|').map(|cell| cell.trim().trim_matches('*').trim()).collect())
}
