use prill_core::scan::unit;
use prill_core::{MetricSink, Polarity, Printed};

pub(crate) const EVENT: Printed = Printed::base("{event}");
pub(crate) const EVENTS: Printed = Printed::base("{event}/s");
pub(crate) const OPERATION: Printed = Printed::base("{operation}");
pub(crate) const OPERATIONS: Printed = Printed::base("{operation}/s");
pub(crate) const IOPS: Printed = Printed::base("{io}/s");
pub(crate) const TRANSACTION: Printed = Printed::base("{transaction}");
pub(crate) const TRANSACTIONS: Printed = Printed::base("{transaction}/s");
pub(crate) const QUERY: Printed = Printed::base("{query}");
pub(crate) const QUERIES: Printed = Printed::base("{query}/s");
pub(crate) const ERROR: Printed = Printed::base("{error}");
pub(crate) const ERRORS: Printed = Printed::base("{error}/s");
pub(crate) const RECONNECT: Printed = Printed::base("{reconnect}");
pub(crate) const RECONNECTS: Printed = Printed::base("{reconnect}/s");

/// A metric without its number.
#[derive(Clone, Copy)]
pub(crate) struct Kind<'a> {
    pub(crate) name: &'a str,
    pub(crate) op: Option<&'a str>,
    /// Which of two lines that say the same.
    pub(crate) source: Option<&'a str>,
    pub(crate) printed: Printed,
    pub(crate) polarity: Polarity,
    /// How many events a latency stands on.
    pub(crate) samples: Option<u64>,
}

impl<'a> Kind<'a> {
    pub(crate) const fn new(name: &'a str, printed: Printed, polarity: Polarity) -> Self {
        Self { name, op: None, source: None, printed, polarity, samples: None }
    }

    pub(crate) const fn op(self, op: &'a str) -> Self {
        Self { op: Some(op), ..self }
    }

    pub(crate) const fn higher(name: &'a str, printed: Printed) -> Self {
        Self::new(name, printed, Polarity::Higher)
    }

    pub(crate) const fn lower(name: &'a str, printed: Printed) -> Self {
        Self::new(name, printed, Polarity::Lower)
    }

    /// Puts `token` in, with the checkpoint or the interval that it is of.
    pub(crate) fn push(self, token: &str, part: Option<(&'static str, &str)>, out: &mut MetricSink) {
        let mut metric = out.metric(self.name).unit(self.printed).polarity(self.polarity).samples(self.samples);
        let own = [("op", self.op), ("source", self.source)];
        for (key, value) in part.into_iter().chain(own.into_iter().filter_map(|(key, value)| Some((key, value?)))) {
            metric = metric.label(key, value);
        }
        // All decimals are fixed, so that they are the step.
        if let Some((_, decimals)) = token.split_once('.') {
            metric = metric.resolution(self.printed.scale.factor() * 0.1f64.powi(decimals.len().min(9) as i32));
        }
        metric.push(token);
    }
}

/// `MiB/s`, `MiB/sec`, `MB/sec`, `MiB`, `Mb`: sysbench calls 1048576 bytes by all of these names, and 1024 bytes `Kb`.
pub(crate) fn bytes(word: &str) -> Option<Printed> {
    Some(match word.trim_end_matches(['.', ')']) {
        "MiB/s" | "MiB/sec" | "MB/sec" | "MB/s" | "Mb/sec" => unit::MIB_PER_S,
        "MiB" | "MB" | "Mb" => unit::MIB,
        "b" => unit::BYTE,
        "Kb" => unit::KIB,
        "Gb" => unit::GIB,
        "Tb" => unit::TIB,
        _ => return None,
    })
}
