use std::collections::HashMap;

use prill_core::MetricSink;
use prill_core::scan::{Line, Search, number};

use crate::put::{Metrics, Run, Tuning, is_benchmark, put_suite, suite};

/// Where the time and the ratio of base and of peak stand.
type Columns = [(Option<usize>, Option<usize>); 2];

/// The lines of a CSV report.
#[derive(Debug, Default)]
pub(crate) struct Page<'t> {
    pub(crate) known: bool,
    pub(crate) cut: bool,
    columns: Option<Columns>,
    /// Whether the runs of the table are those that count.
    selected: bool,
    counts: HashMap<(&'t str, Tuning), usize>,
    metrics: Metrics,
}

impl<'t> Page<'t> {
    /// True for a line of a CSV report.
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        // Nearly all lines are no head, and of a text report none is.
        let head = text.trim_start_matches('"').starts_with("Benchmark").then(|| cells(text));
        if let Some(head) = head.filter(|head| head[0] == "Benchmark" && head.len() > 3) {
            self.known = true;
            self.columns = columns(&head);
            self.counts.clear();
        } else if text.has("Results Table") {
            self.known = true;
            self.selected = text.has("Selected");
            self.columns = None;
        } else if !self.known {
            return false;
        } else if let Some((suite, rest)) = suite(text).filter(|(_, rest)| rest.starts_with(',')) {
            let token = rest[1..].split(',').next().unwrap_or_default();
            if !line.ended {
                self.cut = true;
            } else if number::is_token(token) {
                put_suite(suite, token, out);
            } else {
                out.ignore(text, "not run");
            }
        } else if let Some(columns) = self.columns
            && let cells = cells(text)
            && is_benchmark(cells[0])
        {
            self.row(&cells, columns, line, out);
        } else {
            out.ignore(text, "system or note");
        }
        self.cut |= !line.ended;
        true
    }

    fn row(&mut self, cells: &[&'t str], columns: Columns, line: Line<'t>, out: &mut MetricSink) {
        if !line.ended {
            return;
        }
        let benchmark = cells[0];
        out.ignore(line.text, "label, setting or note");
        for ((time, ratio), tuning) in columns.into_iter().zip([Tuning::Base, Tuning::Peak]) {
            let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).copied().unwrap_or_default();
            let run = Run { benchmark, tuning, time: cell(time), ratio: cell(ratio) };
            if !number::is_token(run.time) && !number::is_token(run.ratio) {
                continue;
            }
            let count = self.counts.entry((benchmark, tuning)).or_insert(0);
            *count += 1;
            self.metrics.put(&run, (!self.selected).then_some(*count), out);
        }
    }
}

/// `Benchmark,"Base # Copies","Est. Base Run Time","Est. Base Rate",...`
fn columns(head: &[&str]) -> Option<Columns> {
    let of = |tuning: &str| {
        let place = |is: &dyn Fn(&str) -> bool| head.iter().position(|cell| cell.contains(tuning) && is(cell));
        (place(&|cell| cell.ends_with("Run Time")), place(&|cell| cell.ends_with(" Rate") || cell.ends_with(" Ratio")))
    };
    let columns = [of("Base"), of("Peak")];
    columns.iter().any(|(time, _)| time.is_some()).then_some(columns)
}

/// The cells of a line, without their quotes; a comma between quotes does not end one.
fn cells(line: &str) -> Vec<&str> {
    let mut quoted = false;
    let split = line.split(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    split.map(|cell| cell.trim_matches('"')).collect()
}
