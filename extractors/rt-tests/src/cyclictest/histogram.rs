use prill_core::scan::Line;
use prill_core::{MetricSink, Printed};

use crate::latency::{Latency, WAKEUP};
use crate::row::is_zero;

const SAMPLE: Printed = Printed::base("{sample}");

/// What follows the buckets of a histogram: a line for each statistic, with a column for each thread. With `-H` some have one
/// more column, for all threads.
#[derive(Default)]
pub(super) struct Histogram<'t> {
    total: Vec<&'t str>,
    min: Vec<&'t str>,
    mean: Vec<&'t str>,
    max: Vec<&'t str>,
    overflows: Vec<&'t str>,
}

impl<'t> Histogram<'t> {
    /// Reads a line of the summary; `None` when it is none.
    pub(super) fn take(&mut self, line: Line<'t>, cut: &mut bool) -> Option<()> {
        let (title, columns) = line.text.strip_prefix("# ")?.split_once(':')?;
        let columns_of = match title {
            "Total" => &mut self.total,
            "Min Latencies" => &mut self.min,
            "Avg Latencies" => &mut self.mean,
            "Max Latencies" => &mut self.max,
            "Histogram Overflows" => &mut self.overflows,
            _ => return None,
        };
        *columns_of = columns.split_whitespace().collect();
        if !line.ended && columns_of.last().is_some_and(|last| last.ends_with(|c: char| c.is_ascii_digit())) {
            columns_of.pop();
            *cut = true;
        }
        Some(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.min.is_empty() && self.total.is_empty()
    }

    pub(super) fn emit(&self, source: Option<&'static str>, printed: Printed, out: &mut MetricSink) {
        let threads = self.min.len();
        let name = |column: usize| if column < threads { column.to_string() } else { "all".to_owned() };
        if threads == 0 {
            return self.total.iter().for_each(|token| out.ignore(token, "of a summary that was cut"));
        }
        for (column, token) in self.total.iter().enumerate() {
            out.metric("histogram.count").label("thread", name(column)).unit(SAMPLE).informational().push(token);
        }
        let empty: Vec<bool> = (0..threads).map(|i| self.is_placeholder(i)).collect();
        for (stat, tokens) in [("min", &self.min), ("mean", &self.mean), ("max", &self.max)] {
            for (column, token) in tokens.iter().enumerate() {
                let thread = name(column);
                let latency = Latency { kind: WAKEUP, thread: &thread, source, printed, samples: None };
                match empty.get(column) {
                    Some(true) if stat == "min" => {
                        latency.none(token, out);
                        out.ignore(token, "placeholder");
                    }
                    Some(true) => out.ignore(token, "placeholder"),
                    _ => latency.push(stat, token, out),
                }
            }
        }
        for (column, token) in self.overflows.iter().enumerate() {
            out.metric("histogram.overflow.count").label("thread", name(column)).unit(SAMPLE).lower().push(token);
        }
    }

    /// A thread that counted no cycle has `1000000` as its least and `0` as its largest latency.
    fn is_placeholder(&self, column: usize) -> bool {
        self.min.get(column) == Some(&"1000000") && self.max.get(column).is_some_and(|max| is_zero(max))
    }
}
