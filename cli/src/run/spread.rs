use std::collections::HashMap;
use std::io;

use prill_core::metric::Human;
use prill_core::{AssertResult, Metric, MetricTable, Verdict};

use super::outcome::Ran;
use super::report;
use crate::args::Run;
use crate::io::Io;
use crate::style::Palette;
use crate::table::{Common, Grid, better, sorted};

/// What several runs have in common, and how far they differ.
#[derive(Default)]
pub(super) struct Spread {
    tables: Vec<MetricTable>,
    results: Vec<AssertResult>,
}

impl Spread {
    pub(super) fn add(&mut self, ran: &Ran) {
        self.tables.push(ran.metrics.metrics().clone());
        self.results.push(ran.verdict.clone());
    }

    /// What was thought of each.
    pub(super) fn results(&self) -> impl Iterator<Item = &AssertResult> {
        self.results.iter()
    }

    /// The table of several runs, and how many of them passed; one run was shown as it is.
    pub(super) fn print(&self, io: &mut Io<'_>, args: &Run) -> io::Result<()> {
        if args.repeat == 1 || self.results.is_empty() {
            return Ok(());
        }
        if !args.json {
            self.table(io)?;
            io.out.flush()?;
        }
        let palette = Palette::new(io.err_look.colour);
        let counts = [Verdict::Passed, Verdict::Failed, Verdict::Inconclusive, Verdict::Skipped].map(|verdict| {
            let count = self.results.iter().filter(|result| result.verdict() == verdict).count();
            let style = report::of(&palette, verdict);
            (count > 0).then(|| format!("{count} {style}{verdict}{style:#}"))
        });
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        let _ = writeln!(io.err, "{} runs: {}", self.results.len(), counts.join(", "));
        Ok(())
    }

    fn table(&self, io: &mut Io<'_>) -> io::Result<()> {
        let mut values: HashMap<String, Vec<f64>> = HashMap::new();
        let mut rows: Vec<Metric<'_>> = Vec::new();
        for metric in self.tables.iter().flat_map(MetricTable::iter) {
            let of = values.entry(metric.to_string()).or_default();
            if of.is_empty() {
                rows.push(metric);
            }
            of.push(metric.value());
        }
        if rows.is_empty() {
            return Ok(());
        }
        let common = Common::of(rows.iter().copied());
        common.print(io.out, io.out_look)?;
        let rows = sorted(rows.into_iter(), &common).into_iter().map(|(name, metric)| {
            let mut of = values.remove(&metric.to_string()).unwrap_or_default();
            of.sort_by(f64::total_cmp);
            let shown = |value| Human::new(value, metric.unit()).to_string();
            let [min, max] = [of.first(), of.last()].map(|end| end.copied().map(shown).unwrap_or_default());
            let better = better(metric.polarity()).into_owned();
            [name, shown(median(&of)), min, max, of.len().to_string(), better]
        });
        let head = ["metric", "median", "min", "max", "runs", "better"];
        Grid { head, right: [false, true, true, true, true, false], rows: rows.collect() }.print(io.out, io.out_look)
    }
}

/// The middle of sorted values; between the two middle ones where their number is even.
fn median(sorted: &[f64]) -> f64 {
    match (sorted.get((sorted.len().saturating_sub(1)) / 2), sorted.get(sorted.len() / 2)) {
        (Some(low), Some(high)) => low + (high - low) / 2.0,
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(&[1.0, 5.0, 100.0]), 5.0);
        assert_eq!(median(&[1.0, 2.0, 4.0, 100.0]), 3.0);
    }
}
