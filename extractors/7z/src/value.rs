use prill_core::scan::unit;
use prill_core::{MetricSink, Printed};

/// Millions of instructions a second.
const MIPS: Printed = Printed::base("{instruction}/s").shift(6);

/// What a row is about: `dictionary`, `method`, `block_size`, `op`, `threads`, and `run` where it is not the first of its kind.
pub(crate) type Labels<'t> = [(&'static str, &'t str)];

/// The numbers behind each other in a row of the tables with a rating, of which the first, and the last two, may be missing.
const COLUMNS: [(&str, Printed, Better); 6] = [
    ("throughput", unit::KIB_PER_S, Better::Higher),
    ("cpu.utilization", unit::PERCENT, Better::Unknown),
    ("instruction.rate_per_usage", MIPS, Better::Higher),
    ("instruction.rate", MIPS, Better::Higher),
    ("cpu.efficiency_per_usage", unit::PERCENT, Better::Unknown),
    ("cpu.efficiency", unit::PERCENT, Better::Unknown),
];

#[derive(Clone, Copy)]
enum Better {
    Higher,
    Unknown,
}

/// Puts in a row with a rating; `mean` for what sums up several rows. False when it has another number of columns.
pub(crate) fn rated(tokens: &[&str], mean: bool, labels: &Labels<'_>, out: &mut MetricSink) -> bool {
    let first = match tokens.len() {
        3 | 5 => 1,
        4 | 6 => 0,
        _ => return false,
    };
    for ((name, printed, better), token) in COLUMNS[first..].iter().zip(tokens) {
        put(name, *printed, *better, token, mean, labels, out);
    }
    true
}

/// Puts in a usage and a bandwidth, which are millions of bytes a second.
pub(crate) fn bandwidth(usage: &str, speed: &str, mean: bool, labels: &Labels<'_>, out: &mut MetricSink) {
    put("cpu.utilization", unit::PERCENT, Better::Unknown, usage, mean, labels, out);
    put("throughput", unit::MB_PER_S, Better::Higher, speed, mean, labels, out);
}

fn put(name: &str, printed: Printed, better: Better, token: &str, mean: bool, labels: &Labels<'_>, out: &mut MetricSink) {
    let mut metric = out.metric(name);
    if mean {
        metric = metric.stat("mean");
    }
    for (key, value) in labels {
        metric = metric.label(key, *value);
    }
    if let Better::Higher = better {
        metric = metric.higher();
    }
    metric.unit(printed).resolution(printed.scale.factor()).push(token);
}
