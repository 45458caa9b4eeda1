use prill_core::diagnostic::code;
use prill_core::scan::number;
use prill_core::{MetricSink, Polarity, Printed};

/// What is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity {
    pub(crate) name: &'static str,
    pub(crate) printed: Printed,
    pub(crate) polarity: Polarity,
    /// Of noise: what made it.
    pub(crate) kind: Option<&'static str>,
}

impl Quantity {
    pub(crate) const fn lower(name: &'static str, printed: Printed) -> Self {
        Self { name, printed, polarity: Polarity::Lower, kind: None }
    }

    pub(crate) const fn informational(name: &'static str, printed: Printed) -> Self {
        Self { polarity: Polarity::Informational, ..Self::lower(name, printed) }
    }
}

/// Whose a number is: of a processor or, without one, of all, and of timerlat in which context.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'t> {
    pub(crate) cpu: Option<&'t str>,
    pub(crate) context: Option<&'static str>,
}

impl<'t> Place<'t> {
    pub(crate) fn push(self, what: Quantity, token: &str, out: &mut MetricSink) {
        let mut metric = out.metric(what.name).unit(what.printed).polarity(what.polarity);
        for (key, value) in self.labels().chain(what.kind.map(|kind| ("kind", kind))) {
            metric = metric.label(key, value);
        }
        let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(9) as i8);
        if what.printed.unit.code() == "s"
            && let Some(step) = number::value("1", what.printed.shift(-decimals).scale)
        {
            metric = metric.resolution(step);
        }
        metric.push(token);
    }

    /// Says that there is no sample of it.
    pub(crate) fn none(self, name: &str, token: &str, out: &mut MetricSink) {
        let labels: Vec<String> = self.labels().map(|(key, value)| format!("{key} {value}")).collect();
        let of = if labels.is_empty() { String::new() } else { format!(" of {}", labels.join(", ")) };
        out.warn(code::NO_SAMPLES, token, format!("{name}{of} has no value: nothing was counted"));
    }

    fn labels(self) -> impl Iterator<Item = (&'static str, &'t str)> {
        let context: Option<(&'static str, &'t str)> = self.context.map(|context| ("context", context));
        self.cpu.map(|cpu| ("cpu", cpu)).into_iter().chain(context)
    }
}

/// The statistics of the latency of timerlat.
pub(crate) fn latency(stat: &str, printed: Printed) -> Option<Quantity> {
    let name = match stat {
        "cur" => "timer.latency.last",
        "min" => "timer.latency.min",
        "avg" => "timer.latency.mean",
        "max" => "timer.latency.max",
        _ => return None,
    };
    Some(Quantity::lower(name, printed))
}
