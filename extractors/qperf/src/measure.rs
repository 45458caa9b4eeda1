use prill_core::extract::Series;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

/// What a line of a test measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Measure {
    name: &'static str,
    polarity: Polarity,
    /// Whose it is: `role` or `host`.
    side: Option<(&'static str, &'static str)>,
    direction: Option<&'static str>,
    mode: Option<&'static str>,
    unit: Printed,
}

/// Keys that only qperf's tests have.
pub(crate) fn is_main(key: &str) -> bool {
    ["bw", "send_bw", "recv_bw", "latency", "msg_rate"].contains(&key)
}

/// Settings that a run may be told apart by; a key of a label starts with a letter.
pub(crate) fn is_label(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_lowercase()) && !key.ends_with("_node")
}

/// The number in a value such as `1.07 GB/sec`, `11,089` or `64 KiB (65,536)`, and the words behind it.
pub(crate) fn number_and_word(value: &str) -> Option<(&str, &str)> {
    let (token, rest) = number::leading_grouped(value)?;
    Some((token, before_bracket(rest).trim()))
}

/// What stands before ` (`.
pub(crate) fn before_bracket(text: &str) -> &str {
    let end = text.match_indices('(').find_map(|(at, _)| text[..at].strip_suffix(' '));
    end.unwrap_or(text)
}

impl Measure {
    /// What `key` is, with a `word` behind its number. `None` for a setting. `qperf.c`: `show_info`, `show_rest` and the `view_`
    /// functions.
    pub(crate) fn of(key: &str, word: &str) -> Option<Self> {
        let (side, key) = side(key);
        let (direction, key) = match side {
            Some(("host", _)) => direction(key),
            _ => (None, key),
        };
        let mode = mode(key);
        let (name, polarity, base) = match key {
            "latency" => ("message.latency.mean", Polarity::Lower, "s"),
            "bw" => ("throughput", Polarity::Higher, "By/s"),
            "msg_rate" => ("message.rate", Polarity::Higher, "{message}/s"),
            "time" if side.is_none() => ("elapsed", Polarity::Informational, "s"),
            "real_time" => ("elapsed", Polarity::Informational, "s"),
            "cpu_time" => ("cpu.time", Polarity::Lower, "s"),
            "cost" => ("service.demand", Polarity::Lower, "s/By"),
            "bytes" if side.is_some() => ("transfer.bytes", Polarity::Informational, "By"),
            "msgs" => ("message.count", Polarity::Informational, "{message}"),
            "errors" => ("message.failed", Polarity::Lower, "{message}"),
            _ if mode.is_some() => ("cpu.utilization", Polarity::Unknown, "1"),
            _ => return None,
        };
        let unit = printed(word, base).filter(|printed| printed.unit.code() == base)?;
        Some(Self { name, polarity, side, direction, mode: mode.filter(|mode| *mode != "used"), unit })
    }

    pub(crate) fn series(&self, out: &mut MetricSink) -> Series {
        out.metric(self.name).unit(self.unit).polarity(self.polarity).series()
    }

    pub(crate) fn labels(&self) -> [Option<(&'static str, &'static str)>; 3] {
        [self.side, self.direction.map(|value| ("direction", value)), self.mode.map(|value| ("mode", value))]
    }
}

/// Whose a key is, and the rest of it: `send_cost`, `loc_send_bytes`.
fn side(key: &str) -> (Option<(&'static str, &'static str)>, &str) {
    let sides = [
        ("loc_", ("host", "local")),
        ("rem_", ("host", "remote")),
        ("send_", ("role", "sender")),
        ("recv_", ("role", "receiver")),
    ];
    let found = sides.into_iter().find_map(|(prefix, side)| Some((Some(side), key.strip_prefix(prefix)?)));
    found.unwrap_or((None, key))
}

fn direction(key: &str) -> (Option<&'static str>, &str) {
    let directions = [("send_", "tx"), ("recv_", "rx")];
    let found = directions.into_iter().find_map(|(prefix, direction)| Some((Some(direction), key.strip_prefix(prefix)?)));
    found.unwrap_or((None, key))
}

/// What processors did: `cpus_kernel`.
fn mode(key: &str) -> Option<&'static str> {
    Some(match key.strip_prefix("cpus_")? {
        "used" => "used",
        "user" => "user",
        "intr" => "irq",
        "kernel" => "system",
        "iowait" => "iowait",
        _ => return None,
    })
}

/// The unit that a word says; prefixes are of 1000, but for `KiB`. A word without what it counts is of `base`.
fn printed(word: &str, base: &'static str) -> Option<Printed> {
    let prefixed = |suffix: &str, of: Printed| {
        let power = match word.strip_suffix(suffix)? {
            "" => 0,
            "K" => 3,
            "M" => 6,
            "G" => 9,
            "T" => 12,
            _ => return None,
        };
        Some(of.shift(power))
    };
    Some(match word {
        "ns" => unit::NS,
        "us" => unit::US,
        "ms" => unit::MS,
        "sec" => unit::SECOND,
        "% cpus" => unit::PERCENT,
        "bytes" => unit::BYTE,
        "bytes/sec" => unit::BYTE_PER_S,
        "bits/sec" => unit::BIT_PER_S,
        "KiB" => unit::KIB,
        "MiB" => unit::MIB,
        "GiB" => unit::GIB,
        "TiB" => unit::TIB,
        "" => Printed::base(base),
        "thousand" => Printed::base(base).shift(3),
        "million" => Printed::base(base).shift(6),
        "billion" => Printed::base(base).shift(9),
        "trillion" => Printed::base(base).shift(12),
        "ns/GB" => Printed::base("s/By").shift(-18),
        "us/GB" => Printed::base("s/By").shift(-15),
        "ms/GB" => Printed::base("s/By").shift(-12),
        "sec/GB" => Printed::base("s/By").shift(-9),
        _ => {
            return prefixed("B/sec", unit::BYTE_PER_S)
                .or_else(|| prefixed("b/sec", unit::BIT_PER_S))
                .or_else(|| prefixed("/sec", Printed::base(base)))
                .or_else(|| prefixed("B", unit::BYTE));
        }
    })
}
