use prill_core::extract::{Kept, LabelSet};
use prill_core::scan::unit;
use prill_core::{MetricSink, Printed};

/// Millions of instructions a second.
const MIPS: Printed = Printed::base("{instruction}/s").shift(6);

/// The numbers behind each other in a row of the tables with a rating, of which the first, and the last two, may be missing;
/// and behind them the bandwidth of the table of block sizes, which is in millions of bytes a second.
const COLUMNS: [(&str, Printed, Better); 7] = [
    ("throughput", unit::KIB_PER_S, Better::Higher),
    ("cpu.utilization", unit::PERCENT, Better::Unknown),
    ("instruction.rate_per_usage", MIPS, Better::Higher),
    ("instruction.rate", MIPS, Better::Higher),
    ("cpu.efficiency_per_usage", unit::PERCENT, Better::Unknown),
    ("cpu.efficiency", unit::PERCENT, Better::Unknown),
    ("throughput", unit::MB_PER_S, Better::Higher),
];
const USAGE: usize = 1;
const BANDWIDTH: usize = 6;

#[derive(Clone, Copy, PartialEq)]
enum Better {
    Higher,
    Unknown,
}

/// Puts in the numbers of one row after the other.
#[derive(Default)]
pub(crate) struct Put(Kept<(usize, bool)>);

impl Put {
    /// Puts in a row with a rating; `mean` for what sums up several rows. False when it has another number of columns.
    pub(crate) fn rated(&mut self, tokens: &[&str], mean: bool, labels: LabelSet, out: &mut MetricSink) -> bool {
        let first = match tokens.len() {
            3 | 5 => 1,
            4 | 6 => 0,
            _ => return false,
        };
        tokens.iter().enumerate().for_each(|(at, token)| self.put(first + at, token, mean, labels, out));
        true
    }

    /// Puts in a usage and a bandwidth.
    pub(crate) fn bandwidth(&mut self, usage: &str, speed: &str, mean: bool, labels: LabelSet, out: &mut MetricSink) {
        self.put(USAGE, usage, mean, labels, out);
        self.put(BANDWIDTH, speed, mean, labels, out);
    }

    fn put(&mut self, column: usize, token: &str, mean: bool, labels: LabelSet, out: &mut MetricSink) {
        let series = self.0.get((column, mean), |_| {
            let (name, printed, better) = COLUMNS[column];
            let metric = out.metric(name);
            let metric = if mean { metric.stat("mean") } else { metric };
            let metric = if better == Better::Higher { metric.higher() } else { metric };
            metric.unit(printed).resolution(printed.scale.factor()).series()
        });
        out.push(series.labels(labels), token);
    }
}
