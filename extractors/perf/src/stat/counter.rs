use prill_core::Printed;
use prill_core::diagnostic::code;
use prill_core::extract::LabelSet;
use prill_core::scan::{number, unit};

use super::derived::Derived;
use crate::step::step;
use crate::writer::{Quantity, Writer};

/// One count, however it is printed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counter<'t> {
    pub(crate) whose: Whose<'t>,
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

/// What tells a row from others with the same event.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Whose<'t> {
    pub(crate) interval: Option<&'t str>,
    /// A processor, a core, a socket, a thread and so on.
    pub(crate) place: Option<(&'static str, &'t str)>,
    pub(crate) cgroup: Option<&'t str>,
}

impl<'t> Whose<'t> {
    pub(crate) fn labels(self) -> impl Iterator<Item = (&'static str, &'t str)> {
        let interval = self.interval.map(|time| ("interval", time));
        [self.cgroup.map(|name| ("cgroup", name)), interval, self.place].into_iter().flatten()
    }
}

impl<'t> Counter<'t> {
    /// Puts in the count and what perf computed from it.
    pub(crate) fn push(&self, said: &mut Said<'t>, out: &mut Writer<'_>) {
        let counted = Counted::of(self.unit);
        if self.event.bytes().any(|b| b.is_ascii_digit()) {
            out.ignore(self.event, "name of the event");
        }
        if self.count.starts_with("<not") {
            self.say_none(counted.count.name, said, out);
        } else {
            let labels = out.labels(self.whose.labels().chain((!self.event.is_empty()).then_some(("event", self.event))));
            if !self.count.is_empty() {
                self.push_count(counted, labels, said, out);
            }
            if let Some(derived) = self.derived {
                derived.push((self.whose, labels), self.event, said, out);
            }
        }
        if let Some(running) = self.running {
            out.ignore(running, "share of the time in which the event was counted");
        }
    }

    fn push_count(&self, Counted { count, stderr }: Counted, labels: LabelSet, said: &mut Said<'t>, out: &mut Writer<'_>) {
        let name = count.name;
        if self.is_other_locale() {
            if said.first("locale", self.event) {
                let how = "is grouped or split as no number is here";
                let message = format!("`{}` {how}: {name} of {} is not read", self.count, self.event);
                out.sink.warn(code::NOT_A_NUMBER, self.count, message);
            }
            return out.ignore(self.count, "number of another locale");
        }
        if count.printed.is_none() && said.first("unit", self.unit) {
            let message = format!("`{}` is no known unit: {name} of {} has none", self.unit, self.event);
            out.sink.warn(code::UNKNOWN_UNIT, self.unit, message);
        }
        if let Some(running) = self.running.filter(|r| number::value(r, unit::RATIO.scale).is_some_and(|r| r < 100.0)) {
            self.say_scaled(name, running, said, out);
        }
        let step = count.printed.filter(|_| !self.unit.is_empty()).and_then(|printed| step(self.count, printed));
        out.put(count, labels, step, self.count);
        if let Some(noise) = self.noise {
            out.put(Quantity::unknown(stderr, Some(unit::PERCENT)), labels, None, noise);
        }
    }

    /// A count without a unit is printed without decimals or, by JSON and where it is scaled, with 2 or 6 of them: three are a
    /// group of another locale.
    fn is_other_locale(&self) -> bool {
        let decimals = self.count.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
        self.unit.is_empty() && decimals == 3
            || !number::is_token(self.count) && number::value(self.count, unit::RATIO.scale).is_none()
    }

    fn say_none(&self, name: &str, said: &mut Said<'t>, out: &mut Writer<'_>) {
        let why = if self.count == "<not supported>" {
            "the machine does not support it"
        } else {
            "it was never counted (it did not run, or there were more events than counters)"
        };
        if said.first(self.count, self.event) {
            out.sink.warn(code::NO_SAMPLES, self.count, format!("{name} of {} has no value: {why}", self.event));
        }
        if let Some(noise) = self.noise {
            out.ignore(noise, "placeholder");
        }
        if let Some(derived) = self.derived {
            out.ignore(derived.value, "placeholder");
        }
    }

    fn say_scaled(&self, name: &str, running: &str, said: &mut Said<'t>, out: &mut Writer<'_>) {
        if said.first("scaled", self.event) {
            let message = format!("{name} of {} was counted {running} % of the time and is scaled up from that", self.event);
            out.sink.warn(code::SCALED, self.count, message);
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

/// What a counter with a unit counts, and the name of its standard error.
#[derive(Clone, Copy)]
struct Counted {
    count: Quantity,
    stderr: &'static str,
}

impl Counted {
    fn of(word: &str) -> Self {
        let (name, stderr, printed) = match word {
            "" => ("event.count", "event.count.stderr", Some(Printed::base("{event}"))),
            "msec" => ("event.time", "event.time.stderr", Some(unit::MS)),
            "ns" => ("event.time", "event.time.stderr", Some(unit::NS)),
            "sec" => ("event.time", "event.time.stderr", Some(unit::SECOND)),
            "Joules" => ("event.energy", "event.energy.stderr", Some(Printed::base("J"))),
            "Bytes" => ("event.bytes", "event.bytes.stderr", Some(unit::BYTE)),
            "KiB" => ("event.bytes", "event.bytes.stderr", Some(unit::KIB)),
            "MiB" => ("event.bytes", "event.bytes.stderr", Some(unit::MIB)),
            _ => ("event.count", "event.count.stderr", None),
        };
        Self { count: Quantity::unknown(name, printed), stderr }
    }
}
