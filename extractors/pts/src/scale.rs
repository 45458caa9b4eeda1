use prill_core::diagnostic::code;
use prill_core::extract::{Emit, Kept, LabelSet};
use prill_core::scan::unit;
use prill_core::{MetricSink, Polarity, Printed};

/// What the result of a test is: a quantity with a unit, or a number whose unit only the test knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Meaning {
    pub(crate) name: &'static str,
    pub(crate) printed: Option<Printed>,
    pub(crate) polarity: Polarity,
}

/// What is counted a second, by a word that has no prefix in it. Others (`MiPolys`, `M samples`) may count in millions.
const COUNTED: [(&str, &str, &str); 21] = [
    ("frames", "frame.rate", "{frame}/s"),
    ("requests", "request.rate", "{request}/s"),
    ("transactions", "transaction.rate", "{transaction}/s"),
    ("queries", "query.rate", "{query}/s"),
    ("iterations", "iteration.rate", "{iteration}/s"),
    ("operations", OPERATION, OPERATIONS),
    ("ops", OPERATION, OPERATIONS),
    ("op", OPERATION, OPERATIONS),
    ("lookups", OPERATION, OPERATIONS),
    ("nodes", OPERATION, OPERATIONS),
    ("events", "event.rate", "{event}/s"),
    ("images", OPERATION, OPERATIONS),
    ("tokens", OPERATION, OPERATIONS),
    ("samples", OPERATION, OPERATIONS),
    ("points", OPERATION, OPERATIONS),
    ("cells", OPERATION, OPERATIONS),
    ("packets", OPERATION, OPERATIONS),
    ("messages", "message.rate", "{message}/s"),
    ("files", "file.rate", "{file}/s"),
    ("pages", OPERATION, OPERATIONS),
    ("sentences", OPERATION, OPERATIONS),
];

const OPERATION: &str = "operation.rate";
const OPERATIONS: &str = "{operation}/s";

impl Meaning {
    /// The meaning of a scale as a test profile writes it: `Frames Per Second`, `Seconds`, `MB/s`. `lower` is the direction where
    /// it is printed.
    pub(crate) fn of(scale: &str, direction: Option<Polarity>) -> Self {
        let own = |name, printed, polarity| Self { name, printed: Some(printed), polarity: direction.unwrap_or(polarity) };
        let lower = scale.to_ascii_lowercase();
        let time = match lower.as_str() {
            "seconds" | "second" | "sec" | "s" => Some(unit::SECOND),
            "ms" | "milliseconds" | "millisecond" => Some(unit::MS),
            "us" | "microseconds" | "microsecond" => Some(unit::US),
            "ns" | "nanoseconds" | "nanosecond" => Some(unit::NS),
            "minutes" => Some(unit::MINUTE),
            _ => None,
        };
        if let Some(time) = time {
            return own("time", time, Polarity::Lower);
        }
        let bytes = match scale {
            "MiB/s" | "MiB/sec" => Some(unit::MIB_PER_S),
            "GiB/s" | "GiB/sec" => Some(unit::GIB_PER_S),
            "KiB/s" => Some(unit::KIB_PER_S),
            "Mbits/sec" | "Mbit/s" => Some(unit::MBIT_PER_S),
            "Gbits/sec" | "Gbit/s" => Some(unit::GBIT_PER_S),
            _ => None,
        };
        if let Some(bytes) = bytes {
            return own("throughput", bytes, Polarity::Higher);
        }
        let counted = ["/ sec", "/sec", "/s", "per second"].iter().find_map(|end| lower.strip_suffix(end)).map(str::trim);
        let counted = if lower == "fps" { Some("frames") } else { counted };
        match counted.and_then(|word| COUNTED.iter().find(|(known, ..)| *known == word)) {
            Some((_, name, code)) => own(name, Printed::base(code), Polarity::Higher),
            None => Self { name: "score", printed: None, polarity: direction.unwrap_or(Polarity::Unknown) },
        }
    }

    /// Says that the unit is not known, where it is not.
    pub(crate) fn say(&self, scale: &str, out: &mut MetricSink) {
        if self.printed.is_none() {
            out.warn(code::UNKNOWN_UNIT, scale, format!("`{scale}` is a unit that only the test knows"));
        }
    }
}

/// The metrics so far, by what they mean and their last part.
#[derive(Debug, Default)]
pub(crate) struct Metrics(Kept<(Meaning, &'static str)>);

impl Metrics {
    /// Puts in a number; the last part may be empty.
    pub(crate) fn push(&mut self, kind: (Meaning, &'static str), labels: LabelSet, token: &str, out: &mut MetricSink) {
        let series = self.0.get(kind, |(meaning, stat)| {
            let metric = out.metric(meaning.name).polarity(meaning.polarity);
            let metric = if stat.is_empty() { metric } else { metric.stat(stat) };
            meaning.printed.into_iter().fold(metric, Emit::unit).series()
        });
        out.push(series.labels(labels), token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_read_where_it_is_clear() {
        let of = |scale| Meaning::of(scale, None);
        assert_eq!((of("Seconds").name, of("ms").printed), ("time", Some(unit::MS)));
        assert_eq!(
            (of("Frames Per Second").name, of("Frames / Sec").name, of("FPS").name),
            ("frame.rate", "frame.rate", "frame.rate")
        );
        assert_eq!(of("Lookups/s").name, "operation.rate");
        for unclear in ["MB/s", "MiPolys / Sec", "M samples/sec", "Score", "GFLOPS", "KB/s"] {
            assert_eq!((of(unclear).name, of(unclear).printed), ("score", None), "{unclear}");
        }
    }
}
