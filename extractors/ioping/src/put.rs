use prill_core::diagnostic::code;
use prill_core::extract::Emit;
use prill_core::scan::{Scale, unit};
use prill_core::{MetricSink, Polarity, Printed, Unit};

/// A printed number and its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Value<'t> {
    /// A slice of the text.
    pub(crate) token: &'t str,
    pub(crate) printed: Printed,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Requests that count, and how long they took together.
    Requests,
    Time,
    Bytes,
    Iops,
    Throughput,
    /// A statistic of the latency of a request.
    Latency(&'static str),
    /// The same of all requests, with the pauses between them.
    LoadRequests,
    Elapsed,
    LoadBytes,
    LoadIops,
    LoadThroughput,
    /// Requests that do not count because of `-t` or `-T`.
    TooFast,
    TooSlow,
}

pub(crate) const REQUESTS: Printed = Printed::base("{request}");
pub(crate) const IOPS: Printed = Printed::base("{io}/s");

impl Kind {
    fn metric(self) -> (&'static str, Option<&'static str>, Polarity) {
        match self {
            Self::Requests => ("request.count", None, Polarity::Informational),
            Self::Time => ("request.latency", Some("sum"), Polarity::Unknown),
            Self::Bytes => ("io.bytes", None, Polarity::Informational),
            Self::Iops => ("iops", None, Polarity::Higher),
            Self::Throughput => ("throughput", None, Polarity::Higher),
            // How far latencies lie apart is jitter.
            Self::Latency(stat) => ("request.latency", Some(stat), Polarity::Lower),
            Self::LoadRequests => ("load.request.count", None, Polarity::Informational),
            Self::Elapsed => ("elapsed", None, Polarity::Informational),
            Self::LoadBytes => ("load.bytes", None, Polarity::Informational),
            // The interval between requests limits them.
            Self::LoadIops => ("load.iops", None, Polarity::Unknown),
            Self::LoadThroughput => ("load.throughput", None, Polarity::Unknown),
            Self::TooFast => ("request.too_fast", None, Polarity::Unknown),
            Self::TooSlow => ("request.too_slow", None, Polarity::Unknown),
        }
    }

    /// Whether the value stands on the requests that count.
    fn is_of_requests(self) -> bool {
        matches!(self, Self::Time | Self::Iops | Self::Throughput | Self::Latency(_))
    }
}

/// Statistics, of a run or of an interval in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Statistics<'t> {
    pub(crate) values: Vec<(Kind, Value<'t>)>,
    /// Counted from 1.
    pub(crate) interval: Option<usize>,
    /// It is not text, and the time is that of the requests, whatever else there is.
    pub(crate) has_load: bool,
}

impl Statistics<'_> {
    pub(crate) fn push(&self, out: &mut MetricSink) {
        let requests = self.values.iter().find(|(kind, _)| *kind == Kind::Requests).map(|(_, value)| value.token);
        let count: Option<u64> = requests.and_then(|token| token.parse().ok());
        for (kind, value) in &self.values {
            let kind = &self.known(*kind);
            let spread = *kind == Kind::Latency("stddev");
            if count == Some(0) && kind.is_of_requests() || count == Some(1) && spread {
                out.ignore(value.token, "placeholder");
                continue;
            }
            let (name, stat, polarity) = kind.metric();
            let metric = stat.into_iter().fold(out.metric(name), Emit::stat).unit(value.printed).polarity(polarity);
            let is_whole = value.printed == IOPS && !value.token.contains('.');
            let metric = if is_whole { metric.resolution(1.0) } else { metric };
            let metric = if kind.is_of_requests() { metric.samples(count) } else { metric };
            self.interval.into_iter().fold(metric, |metric, n| metric.label("interval", n.to_string())).push(value.token);
        }
        if let (Some(0), Some(token)) = (count, requests) {
            out.warn(code::NO_SAMPLES, token, "request.latency, iops and throughput have no values: no request counts");
        }
    }
}

impl Statistics<'_> {
    /// What a number is. Before 0.9 requests are `completed in` the time of the whole run: no line says what was generated, or read.
    fn known(&self, kind: Kind) -> Kind {
        let is_new = || self.values.iter().any(|(kind, _)| matches!(kind, Kind::Bytes | Kind::LoadRequests));
        if kind == Kind::Time && !self.has_load && !is_new() { Kind::Elapsed } else { kind }
    }
}

/// `s`, `KiB`: the units of `time_suffix` and `size_suffix` of `ioping.c`.
pub(crate) fn unit_of(word: &str) -> Option<Printed> {
    Some(match word {
        "ns" => unit::NS,
        "us" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        "min" => unit::MINUTE,
        "hour" => unit::HOUR,
        "day" => Printed { unit: Unit::SECOND, scale: Scale { mul: 86_400, ..Scale::ONE } },
        "B" => unit::BYTE,
        "KiB" => unit::KIB,
        "MiB" => unit::MIB,
        "GiB" => unit::GIB,
        "TiB" => unit::TIB,
        "PiB" => unit::BYTE.shift2(50),
        // Before 0.8.
        "kb" => unit::KIB,
        "mb" => unit::MIB,
        "gb" => unit::GIB,
        _ => {
            let bytes = unit_of(word.strip_suffix("/s")?).filter(|p| p.unit == Unit::BYTE)?;
            Printed { unit: Unit::BYTE_PER_SECOND, scale: bytes.scale }
        }
    })
}

/// The prefix of a count: `int_suffix` of `ioping.c`.
pub(crate) fn prefix(word: &str) -> Option<i8> {
    Some(match word {
        "k" => 3,
        "M" => 6,
        "G" => 9,
        "T" => 12,
        _ => return None,
    })
}
