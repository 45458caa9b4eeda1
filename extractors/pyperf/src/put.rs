use prill_core::extract::Emit;
use prill_core::scan::{Unit, number, unit};
use prill_core::{MetricSink, Polarity, Printed};

/// A number, and its unit where it has one.
pub(crate) type Value<'t> = (&'t str, Option<Printed>);

/// Which result a number is of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place<'a> {
    /// Empty for that of `pyperf timeit`, which has no name.
    pub(crate) benchmark: &'a str,
    /// Of which file it is, in a comparison.
    pub(crate) run: Option<&'a str>,
    pub(crate) process: Option<String>,
    pub(crate) repetition: Option<String>,
    pub(crate) samples: Option<u64>,
}

/// The value in `text`, all of it: `658 us`, `10.2 KiB`, `42`.
pub(crate) fn value(text: &str) -> Option<Value<'_>> {
    let (token, rest) = number::leading(text.trim())?;
    let printed = match rest.trim() {
        "ns" => Some(unit::NS),
        "us" => Some(unit::US),
        "ms" => Some(unit::MS),
        "sec" | "s" => Some(unit::SECOND),
        "byte" | "bytes" => Some(unit::BYTE),
        "KiB" => Some(unit::KIB),
        "MiB" => Some(unit::MIB),
        "" => None,
        _ => return None,
    };
    Some((token, printed))
}

impl Place<'_> {
    /// Puts in a statistic, or a single value without one. What the unit is says what it is of: time, memory or a number.
    pub(crate) fn put(&self, stat: Option<&str>, (token, printed): Value<'_>, out: &mut MetricSink) {
        let (name, polarity) = match printed.map(|printed| printed.unit) {
            Some(Unit::SECOND) => ("time", Polarity::Lower),
            Some(Unit::BYTE) => ("memory.size", Polarity::Lower),
            _ => ("value", Polarity::Unknown),
        };
        let metric = out.metric(name).polarity(polarity);
        let metric = stat.into_iter().fold(metric, Emit::stat);
        self.labelled(printed.into_iter().fold(metric, Emit::unit)).samples(self.samples).push(token);
    }

    pub(crate) fn count(&self, name: &'static str, unit: &'static str, polarity: Polarity, token: &str, out: &mut MetricSink) {
        self.labelled(out.metric(name).polarity(polarity).unit(Printed::base(unit))).push(token);
    }

    fn labelled<'s>(&self, metric: Emit<'s>) -> Emit<'s> {
        let labels = [
            ("benchmark", Some(self.benchmark).filter(|name| !name.is_empty())),
            ("run", self.run),
            ("process", self.process.as_deref()),
            ("repetition", self.repetition.as_deref()),
        ];
        let labels = labels.into_iter().filter_map(|(key, value)| Some((key, value?)));
        labels.fold(metric, |metric, (key, value)| metric.label(key, value.to_owned()))
    }
}
