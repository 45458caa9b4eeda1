//! `MarkDownColumn` and `showResult_` of `nanobench.h` 4.3.

use prill_core::diagnostic::code;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

/// What a column is: its metric, or nothing.
#[derive(Clone, Copy, Debug)]
struct Column {
    name: &'static str,
    printed: Option<Printed>,
    polarity: Polarity,
}

/// The head of a table: `|  ns/op |  op/s | err% |  ins/op | ... | total | title`
#[derive(Debug)]
pub(crate) struct Head<'t> {
    columns: Vec<Option<Column>>,
    /// What the benchmarks have in common, `benchmark` where nothing was said.
    title: &'t str,
}

impl<'t> Head<'t> {
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let mut names: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
        let title = names.pop()?;
        if !names.contains(&"err%") || !names.contains(&"total") {
            return None;
        }
        let rate = names.iter().position(|name| *name == "err%")?.checked_sub(1)?;
        // The unit of what is timed is free: `ns/op` and `op/s`, `ns/byte` and `byte/s`.
        let counted = names[rate].strip_suffix("/s")?;
        let columns = names.iter().map(|name| column(name, counted)).collect();
        Some(Self { columns, title })
    }

    pub(crate) fn row(&self, line: &'t str, out: &mut MetricSink) {
        let mut cells: Vec<&str> = line.trim_start_matches('|').splitn(self.columns.len() + 1, '|').map(str::trim).collect();
        if cells.len() != self.columns.len() + 1 || line.chars().all(|c| "|-: ".contains(c)) {
            return;
        }
        let Some(last) = cells.pop() else { return };
        let name = match (last.find('`'), last.rfind('`')) {
            (Some(start), Some(end)) if start < end => &last[start + 1..end],
            _ => last,
        };
        if last.starts_with(":wavy_dash:") {
            out.warn(code::DEGRADED, last, format!("the result of {name} is unstable"));
        }
        for (column, cell) in self.columns.iter().zip(cells) {
            let (Some(column), Some((token, rest))) = (column, number::leading_grouped(cell)) else { continue };
            if !(rest.is_empty() || rest == "%") {
                continue;
            }
            let metric = out.metric(column.name).polarity(column.polarity).label("benchmark", name);
            let metric = column.printed.into_iter().fold(metric, |metric, printed| metric.unit(printed));
            let metric =
                if self.title == "benchmark" || self.title.is_empty() { metric } else { metric.label("group", self.title) };
            metric.push(token);
        }
    }
}

fn column(name: &str, counted: &str) -> Option<Column> {
    let lower = |name, printed| Some(Column { name, printed: Some(printed), polarity: Polarity::Lower });
    if let Some((time, _)) = name.split_once('/').filter(|(time, per)| *per == counted && time.len() <= 2) {
        let printed = match time {
            "ps" => unit::NS.shift(-3),
            "ns" => unit::NS,
            "us" => unit::US,
            "ms" => unit::MS,
            "s" => unit::SECOND,
            _ => return None,
        };
        return lower("time.p50", printed);
    }
    match name {
        "err%" => Some(Column { name: "time.relative_spread", printed: Some(unit::PERCENT), polarity: Polarity::Unknown }),
        "total" => Some(Column { name: "elapsed", printed: Some(unit::SECOND), polarity: Polarity::Informational }),
        "IPC" => {
            let printed = Some(Printed::base("{instruction}/{cycle}"));
            Some(Column { name: "instruction.per_cycle", printed, polarity: Polarity::Higher })
        }
        "miss%" => lower("branch.miss.ratio", unit::PERCENT),
        _ if name.strip_suffix("/s") == Some(counted) => {
            let printed = match counted {
                "op" => Some(Printed::base("{operation}/s")),
                "byte" | "B" => Some(unit::BYTE_PER_S),
                _ => None,
            };
            let name = if printed == Some(unit::BYTE_PER_S) { "throughput" } else { "operation.rate" };
            Some(Column { name, printed, polarity: Polarity::Higher })
        }
        _ => match name.strip_suffix(counted)? {
            "ins/" => lower("instruction.count", Printed::base("{instruction}")),
            "cyc/" => lower("cycle.count", Printed::base("{cycle}")),
            "bra/" => lower("branch.count", Printed::base("{branch}")),
            _ => None,
        },
    }
}
