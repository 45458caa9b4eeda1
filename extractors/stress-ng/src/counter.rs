use prill_core::diagnostic::code;
use prill_core::scan::unit;
use prill_core::{MetricSink, Polarity, Printed};

/// A quantity that a stressor defines itself (`stress_metrics_set`), named by a description: "nanosecs per mutex", "MB per sec
/// pipe write rate", "% pages swapped". KB, MB and GB are powers of 1024 there (`core-attribute.h` and each stressor).
pub(crate) struct Counter {
    name: &'static str,
    printed: Option<Printed>,
    polarity: Polarity,
}

const RATE: Printed = Printed::base("{operation}/s");

/// The description as the YAML writes it: `% pages swapped` is `percent-pages-swapped`, `MB/sec read rate` is `mbsec-read-rate`.
pub(crate) fn key_of(description: &str) -> String {
    let mut key = String::with_capacity(description.len());
    for c in description.trim().chars() {
        match c {
            ' ' => key.push('-'),
            '%' => key.push_str("percent"),
            c if c.is_alphanumeric() => key.extend(c.to_lowercase()),
            _ => {}
        }
    }
    key
}

impl Counter {
    /// What `key` names.
    pub(crate) fn of(key: &str) -> Self {
        let words: Vec<&str> = key.split('-').collect();
        let first = words.first().copied().unwrap_or_default();
        let per_second = words.windows(2).any(|w| w[0] == "per" && ["sec", "second"].contains(&w[1]))
            // `socketpair calls sec` of 0.15.
            || words.ends_with(&["calls", "sec"])
            || words.iter().any(|w| w.ends_with("sec") && !["nanosec", "microsec", "millisec", "sec"].contains(w));
        // "picosecs per nop instruction" is not there: `stress-nop.c` prints nanoseconds under that name.
        let time = match first {
            "nanosec" | "nanosecs" | "nanoseconds" | "ns" => Some(unit::NS),
            "microsec" | "microsecs" | "microseconds" => Some(unit::US),
            "millisec" | "millisecs" | "milliseconds" | "ms" => Some(unit::MS),
            "secs" | "seconds" => Some(unit::SECOND),
            _ => None,
        };
        if let Some(printed) = time {
            return Self { name: "stressor.time", printed: Some(printed), polarity: Polarity::Lower };
        }
        // 0.15 drops the percent sign, and leaves the hyphen of the blank behind it.
        if first == "percent" || first.is_empty() {
            return Self { name: "stressor.ratio", printed: Some(unit::PERCENT), polarity: Polarity::Unknown };
        }
        let bytes = words.iter().find_map(|word| bytes(word));
        match (per_second, bytes) {
            (true, Some(printed)) => {
                let printed = Printed { unit: unit::BYTE_PER_S.unit, ..printed };
                Self { name: "stressor.throughput", printed: Some(printed), polarity: Polarity::Higher }
            }
            (false, Some(printed)) => Self { name: "stressor.bytes", printed: Some(printed), polarity: Polarity::Unknown },
            (true, None) if words.iter().any(|w| w.starts_with("mbit")) => {
                Self { name: "stressor.rate", printed: None, polarity: Polarity::Higher }
            }
            (true, None) => {
                // `Mflop per sec, double add`, and `memory rate (Mflop per sec)`.
                let millions = ["million", "megapixels", "mflop", "mfp", "mdfp", "mshuffles"];
                let millions = words.iter().any(|word| millions.iter().any(|prefix| word.starts_with(prefix)));
                let printed = if millions { RATE.shift(6) } else { RATE };
                Self { name: "stressor.rate", printed: Some(printed), polarity: Polarity::Higher }
            }
            (false, None) => Self { name: "stressor.value", printed: None, polarity: Polarity::Unknown },
        }
    }

    /// Puts the value `token` in, with the labels that say whose it is.
    pub(crate) fn push(&self, token: &str, key: &str, labels: &[(&'static str, String)], out: &mut MetricSink) {
        if self.printed.is_none() {
            out.note(code::UNKNOWN_UNIT, token, format!("{} `{key}` has no unit that stress-ng names", self.name));
        }
        let mut metric = out.metric(self.name).polarity(self.polarity).label("metric", key.trim_matches('-').to_owned());
        if let Some(printed) = self.printed {
            metric = metric.unit(printed);
        }
        for (name, value) in labels {
            metric = metric.label(name, value.as_str());
        }
        metric.push(token);
    }
}

fn bytes(word: &str) -> Option<Printed> {
    Some(match word.strip_suffix("sec").unwrap_or(word) {
        "bytes" => unit::BYTE,
        "kb" | "kilobytes" => unit::KIB,
        "mb" | "megabytes" => unit::MIB,
        "gb" | "gigabytes" => unit::GIB,
        "tb" | "terabytes" => unit::TIB,
        _ => return None,
    })
}
