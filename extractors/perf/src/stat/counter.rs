use prill_core::diagnostic::code;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Printed};

use super::derived::Derived;
use crate::step::step;

/// One count, however it is printed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counter<'t> {
    /// Interval, processor, thread, cgroup.
    pub(crate) labels: Vec<(&'static str, &'t str)>,
    /// The number, or `<not counted>`, `<not supported>`; empty in a row that only has one more derived number.
    pub(crate) count: &'t str,
    pub(crate) unit: &'t str,
    pub(crate) event: &'t str,
    /// The standard error of the mean of several runs, in per cent of the mean.
    pub(crate) noise: Option<&'t str>,
    /// The per cent of the time in which the event was counted; the count is scaled up from it.
    pub(crate) running: Option<&'t str>,
    /// What perf computed from the count, and what that is.
    pub(crate) derived: Option<Derived<'t>>,
}

impl<'t> Counter<'t> {
    /// Puts in the count and what perf computed from it.
    pub(crate) fn push(&self, said: &mut Said<'t>, out: &mut MetricSink) {
        let Quantity { name, printed } = Quantity::of(self.unit);
        if self.event.bytes().any(|b| b.is_ascii_digit()) {
            out.ignore(self.event, "name of the event");
        }
        if self.count.starts_with("<not") {
            self.say_none(name, said, out);
        } else if !self.count.is_empty() {
            self.push_count(name, printed, said, out);
            if let Some(derived) = self.derived {
                derived.push(&self.labels, self.event, out);
            }
        } else if let Some(derived) = self.derived {
            derived.push(&self.labels, self.event, out);
        }
        if let Some(running) = self.running {
            out.ignore(running, "share of the time in which the event was counted");
        }
    }

    fn push_count(&self, name: &str, printed: Option<Printed>, said: &mut Said<'t>, out: &mut MetricSink) {
        if self.is_other_locale() {
            let message =
                format!("`{}` is grouped or split as no number is here: {name} of {} is not read", self.count, self.event);
            return out.warn(code::NOT_A_NUMBER, self.count, message);
        }
        if printed.is_none() && said.first("unit", self.unit) {
            out.warn(
                code::UNKNOWN_UNIT,
                self.unit,
                format!("`{}` is no known unit: {name} of {} has none", self.unit, self.event),
            );
        }
        if let Some(running) = self.running.filter(|r| number::value(r, unit::RATIO.scale).is_some_and(|r| r < 100.0)) {
            self.say_scaled(name, running, said, out);
        }
        let mut metric = out.metric(name).label("event", self.event);
        for (key, value) in &self.labels {
            metric = metric.label(key, *value);
        }
        if let Some(printed) = printed {
            metric = metric.unit(printed);
        }
        if let Some(step) = printed.filter(|_| !self.unit.is_empty()).and_then(|printed| step(self.count, printed)) {
            metric = metric.resolution(step);
        }
        metric.push(self.count);
        if let Some(noise) = self.noise {
            let name = format!("{name}.stderr");
            let mut metric = out.metric(&name).label("event", self.event).unit(unit::PERCENT);
            for (key, value) in &self.labels {
                metric = metric.label(key, *value);
            }
            metric.push(noise);
        }
    }

    /// A count without a unit is printed without decimals or, by JSON and where it is scaled, with 2 or 6 of them: three are a
    /// group of another locale.
    fn is_other_locale(&self) -> bool {
        let decimals = self.count.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
        self.unit.is_empty() && decimals == 3 || !number::is_token(&self.count.replace(',', ""))
    }

    fn say_none(&self, name: &str, said: &mut Said<'t>, out: &mut MetricSink) {
        let why = if self.count == "<not supported>" {
            "the machine does not support it"
        } else {
            "it was never counted (it did not run, or there were more events than counters)"
        };
        if said.first(self.count, self.event) {
            out.warn(code::NO_SAMPLES, self.count, format!("{name} of {} has no value: {why}", self.event));
        }
        if let Some(noise) = self.noise {
            out.ignore(noise, "placeholder");
        }
        if let Some(derived) = self.derived {
            out.ignore(derived.value, "placeholder");
        }
    }

    fn say_scaled(&self, name: &str, running: &str, said: &mut Said<'t>, out: &mut MetricSink) {
        if said.first("scaled", self.event) {
            let message = format!("{name} of {} was counted {running} % of the time and is scaled up from that", self.event);
            out.warn(code::SCALED, self.count, message);
        }
    }
}

/// What was said already: an event may have thousands of rows.
#[derive(Debug, Default)]
pub(crate) struct Said<'t>(std::collections::HashSet<(&'t str, &'t str)>);

impl<'t> Said<'t> {
    pub(crate) fn first(&mut self, what: &'t str, of: &'t str) -> bool {
        self.0.insert((what, of))
    }
}

/// What a counter with a unit counts.
struct Quantity {
    name: &'static str,
    printed: Option<Printed>,
}

impl Quantity {
    fn of(word: &str) -> Self {
        let (name, printed) = match word {
            "" => ("event.count", Printed::base("{event}")),
            "msec" => ("event.time", unit::MS),
            "ns" => ("event.time", unit::NS),
            "sec" => ("event.time", unit::SECOND),
            "Joules" => ("event.energy", Printed::base("J")),
            "Bytes" => ("event.bytes", unit::BYTE),
            "KiB" => ("event.bytes", unit::KIB),
            "MiB" => ("event.bytes", unit::MIB),
            _ => return Self { name: "event.count", printed: None },
        };
        Self { name, printed: Some(printed) }
    }
}
