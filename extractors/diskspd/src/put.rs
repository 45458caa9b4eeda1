use prill_core::scan::{percentile, unit};
use prill_core::{MetricSink, Polarity, Printed};

/// What is measured. Times are milliseconds, and MB are 2^20 bytes, whatever they are called (`ResultParser.cpp`).
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Bytes,
    Count,
    Throughput,
    Iops,
    IopsDeviation,
    /// A statistic of the latency.
    Latency(String),
    /// How busy a processor is, in the mode: `user`; in all of them with none.
    Processor(Option<&'static str>),
    Elapsed,
}

/// The labels that a number has, but for those of its kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'t> {
    /// `read` or `write`; none for both together.
    pub(crate) op: Option<&'static str>,
    pub(crate) thread: Option<&'t str>,
    pub(crate) file: Option<&'t str>,
    pub(crate) cpu: Option<&'t str>,
    /// The number of the time span, where there are several.
    pub(crate) timespan: Option<&'t str>,
}

pub(crate) fn put(kind: &Kind, token: &str, place: Place<'_>, out: &mut MetricSink) {
    let (name, stat, printed, polarity) = match kind {
        Kind::Bytes => ("io.bytes", None, unit::BYTE, Polarity::Higher),
        Kind::Count => ("io.count", None, Printed::base("{io}"), Polarity::Higher),
        Kind::Throughput => ("throughput", None, unit::MIB_PER_S, Polarity::Higher),
        Kind::Iops => ("iops", None, IOPS, Polarity::Higher),
        Kind::IopsDeviation => ("iops", Some("stddev"), IOPS, Polarity::Unknown),
        Kind::Latency(stat) => ("lat", Some(stat.as_str()), unit::MS, Polarity::Lower),
        Kind::Processor(_) => ("cpu.utilization", None, unit::PERCENT, Polarity::Informational),
        Kind::Elapsed => ("elapsed", None, unit::SECOND, Polarity::Informational),
    };
    let metric = out.metric(name).unit(printed).polarity(polarity);
    let metric = stat.into_iter().fold(metric, |metric, stat| metric.stat(stat));
    let mode = if let Kind::Processor(mode) = kind { *mode } else { None };
    let labels = [
        ("op", place.op),
        ("thread", place.thread),
        ("file", place.file),
        ("cpu", place.cpu),
        ("timespan", place.timespan),
        ("mode", mode),
    ];
    let labels = labels.into_iter().filter_map(|(key, value)| Some((key, value?)));
    labels.fold(metric, |metric, (key, value)| metric.label(key, value)).push(token);
}

const IOPS: Printed = Printed::base("{io}/s");

/// `min`, `50th`, `3-nines`, `99.9`, `max`.
pub(crate) fn percentile_of(printed: &str) -> Option<String> {
    let nines = |count: usize| (3..=9).contains(&count).then(|| format!("p99_{}", "9".repeat(count - 2)));
    match printed {
        "min" | "0" => Some("min".to_owned()),
        "max" | "100" => Some("max".to_owned()),
        _ => match printed.strip_suffix("-nines") {
            Some(count) => nines(count.parse().ok()?),
            None => percentile::stat(printed.strip_suffix("th").unwrap_or(printed)),
        },
    }
}
