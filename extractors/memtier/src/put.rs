use prill_core::extract::Emit;
use prill_core::scan::{percentile, unit};
use prill_core::{MetricSink, Polarity, Printed};

const MS: Printed = unit::MS;
const REQUESTS: Printed = Printed::base("{request}");
const ERRORS: Printed = Printed::base("{error}");

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Count,
    Rate,
    Hits,
    Misses,
    /// Answers of a cluster that send the client elsewhere.
    Redirects(&'static str),
    /// A statistic of the latency, in milliseconds.
    Latency(String),
    /// KB is 1024 bytes (`summarize` of `run_stats.cpp`); of one direction or of both.
    Throughput(Option<&'static str>),
    ConnectionErrors,
    ConnectionErrorRate,
    /// A number that is no metric, for this reason.
    Other(&'static str),
}

impl Kind {
    /// `p99.90` is a percentile.
    pub(crate) fn percentile(printed: &str) -> Option<Self> {
        percentile::stat(printed.strip_prefix('p')?).map(Self::Latency)
    }

    /// The key of a statistic in the JSON, or the head of a column.
    pub(crate) fn of_key(key: &str) -> Self {
        match key {
            "Count" => Self::Count,
            "Ops/sec" => Self::Rate,
            "Hits/sec" => Self::Hits,
            "Misses/sec" => Self::Misses,
            "MOVED/sec" => Self::Redirects("moved"),
            "ASK/sec" => Self::Redirects("ask"),
            "Average Latency" | "Avg. Latency" | "Latency" => Self::Latency("mean".to_owned()),
            "Min Latency" => Self::Latency("min".to_owned()),
            "Max Latency" => Self::Latency("max".to_owned()),
            "KB/sec" => Self::Throughput(None),
            "KB/sec RX" => Self::Throughput(Some("rx")),
            "KB/sec TX" => Self::Throughput(Some("tx")),
            "Connection Errors" => Self::ConnectionErrors,
            "Connection Errors/sec" => Self::ConnectionErrorRate,
            "KB/sec RX/TX" => Self::Other("printed as KB/sec"),
            "Accumulated Latency" => Self::Other("sum of all latencies"),
            "Bytes RX" | "Bytes TX" => Self::Other("bytes of an interval"),
            _ => Self::percentile(key.trim_end_matches(" Latency")).unwrap_or(Self::Other("member that is not known")),
        }
    }

    fn metric(&self) -> Option<(&'static str, Option<&str>, Printed, Polarity)> {
        Some(match self {
            Self::Count => ("request.count", None, REQUESTS, Polarity::Informational),
            Self::Rate => ("request.rate", None, Printed::base("{request}/s"), Polarity::Higher),
            Self::Hits => ("hit.rate", None, Printed::base("{hit}/s"), Polarity::Higher),
            // How many keys are there is a setting.
            Self::Misses => ("miss.rate", None, Printed::base("{miss}/s"), Polarity::Unknown),
            Self::Redirects(_) => ("redirect.rate", None, Printed::base("{redirect}/s"), Polarity::Lower),
            Self::Latency(stat) => ("request.latency", Some(stat), MS, Polarity::Lower),
            Self::Throughput(_) => ("throughput", None, unit::KIB_PER_S, Polarity::Higher),
            Self::ConnectionErrors => ("connection.error.count", None, ERRORS, Polarity::Lower),
            Self::ConnectionErrorRate => ("connection.error.rate", None, Printed::base("{error}/s"), Polarity::Lower),
            Self::Other(_) => return None,
        })
    }
}

/// What tells one number from another of its kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'t> {
    /// `Sets`; none for `Totals`.
    pub(crate) command: Option<&'t str>,
    /// `best`, where several runs are printed.
    pub(crate) run: Option<&'t str>,
    /// Seconds since the start, counted from 1.
    pub(crate) interval: Option<&'t str>,
    pub(crate) source: Option<&'static str>,
}

/// Puts in a number, or says why it is none.
pub(crate) fn put(kind: &Kind, token: &str, place: Place<'_>, out: &mut MetricSink) {
    let Some((name, stat, printed, polarity)) = kind.metric() else {
        return out.ignore(token, if let Kind::Other(why) = kind { why } else { "member that is not known" });
    };
    let metric = stat.into_iter().fold(out.metric(name), Emit::stat).unit(printed).polarity(polarity);
    let of_kind = match kind {
        Kind::Redirects(which) => Some(("kind", *which)),
        Kind::Throughput(direction) => direction.map(|direction| ("direction", direction)),
        _ => None,
    };
    let labels = [("command", place.command), ("run", place.run), ("interval", place.interval), ("source", place.source)];
    let labels = labels.into_iter().filter_map(|(key, value)| Some((key, value?))).chain(of_kind);
    labels.fold(metric, |metric, (key, value)| metric.label(key, value)).push(token);
}

/// `BEST RUN RESULTS` is the run `best`. One run alone, and the mean of several, have no word.
pub(crate) fn run_of(title: &str) -> Option<String> {
    match title.strip_suffix(" RESULTS") {
        Some(title) if !title.starts_with("AGGREGATED") => {
            Some(title.strip_suffix(" RUN").unwrap_or(title).trim_start_matches("RUN #").to_ascii_lowercase())
        }
        _ => None,
    }
}
