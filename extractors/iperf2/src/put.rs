use prill_core::extract::Emit;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::role::Role;

pub(crate) const DATAGRAM: Printed = Printed::base("{datagram}");
pub(crate) const DATAGRAMS: Printed = Printed::base("{datagram}/s");
pub(crate) const TRANSACTION: Printed = Printed::base("{transaction}");
pub(crate) const TRANSACTIONS: Printed = Printed::base("{transaction}/s");
pub(crate) const CONNECTION: Printed = Printed::base("{connection}");

/// What the numbers of a row are of.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Of<'t> {
    /// The number in the brackets; the sum of all has none.
    pub(crate) stream: Option<&'t str>,
    pub(crate) role: Option<Role>,
    /// Counted from 1; the summary has none.
    pub(crate) interval: Option<usize>,
    /// Counted from 1, where the same streams come again.
    pub(crate) repetition: Option<usize>,
    /// With an amount that was given (`-n`) the time is what counts.
    pub(crate) fixed: bool,
}

impl<'t> Of<'t> {
    pub(crate) fn labels<'s>(&self, metric: Emit<'s>) -> Emit<'s>
    where
        't: 's,
    {
        let metric = self.stream.into_iter().fold(metric, |metric, stream| metric.label("stream", stream));
        let metric = self.role.into_iter().fold(metric, |metric, role| metric.label("role", role.word()));
        let numbers = [("interval", self.interval), ("repetition", self.repetition)];
        let numbers = numbers.into_iter().filter_map(|(key, number)| Some((key, number?.to_string())));
        numbers.fold(metric, |metric, (key, number)| metric.label(key, number))
    }

    pub(crate) fn put(&self, name: &str, printed: Printed, polarity: Polarity, token: &str, out: &mut MetricSink) {
        // -1 and the largest number stand for what the system does not say.
        if token.starts_with('-') || token == "4294967295" {
            return out.ignore(token, "not measured");
        }
        let metric = out.metric(name).unit(printed).polarity(polarity);
        self.labels(metric).push(token);
    }

    pub(crate) fn amounts(&self, bytes: (&str, Printed), rate: (&str, Printed), out: &mut MetricSink) {
        let work = if self.fixed { Polarity::Informational } else { Polarity::Higher };
        self.put("transfer.bytes", bytes.1, work, bytes.0, out);
        self.put("throughput", rate.1, Polarity::Higher, rate.0, out);
    }

    pub(crate) fn elapsed(&self, token: &str, out: &mut MetricSink) {
        let polarity = if self.fixed { Polarity::Lower } else { Polarity::Informational };
        self.put("elapsed", unit::SECOND, polarity, token, out);
    }

    /// Lost of all datagrams, and the share; true when there were any.
    pub(crate) fn lost(&self, lost: &str, all: &str, share: Option<&str>, out: &mut MetricSink) -> bool {
        if all.parse::<i64>().is_ok_and(|all| all <= 0) {
            [lost, all].into_iter().chain(share).for_each(|token| out.ignore(token, "placeholder"));
            return false;
        }
        let work = if self.fixed { Polarity::Informational } else { Polarity::Higher };
        self.put("datagram.lost", DATAGRAM, Polarity::Lower, lost, out);
        self.put("datagram.count", DATAGRAM, work, all, out);
        if let Some(share) = share {
            self.put("datagram.loss", unit::PERCENT, Polarity::Lower, share, out);
        }
        true
    }

    /// `0.093/0.022/0.650/0.196`: mean, least, most and deviation, of milliseconds.
    pub(crate) fn latency(&self, object: &str, values: &str, out: &mut MetricSink) {
        for (stat, token) in ["mean", "min", "max", "stddev"].into_iter().zip(values.split('/')) {
            if number::is_token(token) {
                let polarity = if stat == "stddev" { Polarity::Unknown } else { Polarity::Lower };
                self.put(&format!("{object}.{stat}"), unit::MS, polarity, token, out);
            } else {
                out.ignore(token, "not measured");
            }
        }
    }
}
