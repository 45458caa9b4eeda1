use prill_core::extract::Emit;
use prill_core::scan::unit;
use prill_core::{MetricSink, Polarity, Printed};

pub(crate) const PACKET: Printed = Printed::base("{packet}");

/// The run that numbers are of, where a text holds more than one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Of {
    pub(crate) target: Option<String>,
    /// Counted from 1, where a target comes again.
    pub(crate) repetition: Option<usize>,
    /// Counted from 1: a report while ping runs.
    pub(crate) interval: Option<usize>,
}

impl Of {
    pub(crate) fn labels<'s>(&self, metric: Emit<'s>) -> Emit<'s> {
        let metric = self.target.iter().fold(metric, |metric, target| metric.label("target", target.clone()));
        let numbers = [("repetition", self.repetition), ("interval", self.interval)];
        let numbers = numbers.into_iter().filter_map(|(key, number)| Some((key, number?.to_string())));
        numbers.fold(metric, |metric, (key, number)| metric.label(key, number))
    }

    /// A statistic of the round trips: `min`, `mean`, `max`, `stddev`.
    pub(crate) fn latency(&self, stat: &str, printed: Printed, token: &str, out: &mut MetricSink) {
        let polarity = if stat == "stddev" { Polarity::Unknown } else { Polarity::Lower };
        let metric = out.metric("round_trip.latency").stat(stat).unit(printed).polarity(polarity);
        self.labels(metric).push(token);
    }

    /// How many packets there were; of a run that sends as many as it was told, or until it is stopped.
    pub(crate) fn packets(&self, name: &str, token: &str, out: &mut MetricSink) {
        let amount = ["packet.sent", "packet.received"].contains(&name);
        let polarity = if amount { Polarity::Informational } else { Polarity::Lower };
        self.labels(out.metric(name).unit(PACKET).polarity(polarity)).push(token);
    }

    pub(crate) fn loss(&self, token: &str, out: &mut MetricSink) {
        self.labels(out.metric("packet.loss").unit(unit::PERCENT).lower()).push(token);
    }

    pub(crate) fn elapsed(&self, printed: Printed, token: &str, out: &mut MetricSink) {
        self.labels(out.metric("elapsed").unit(printed).informational()).push(token);
    }
}
