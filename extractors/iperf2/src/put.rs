use prill_core::extract::{Kept, LabelSet};
use prill_core::scan::{Scale, number, unit};
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
}

impl Of<'_> {
    fn labels(&self, out: &mut MetricSink) -> LabelSet {
        let [interval, repetition] = [self.interval, self.repetition].map(|number| number.map(|number| number.to_string()));
        let labels = [
            ("interval", interval.as_deref()),
            ("repetition", repetition.as_deref()),
            ("role", self.role.map(Role::word)),
            ("stream", self.stream),
        ];
        out.labels(labels.into_iter().filter_map(|(key, value)| Some((key, value?))))
    }
}

/// The metrics so far: where their names stand in the program, each in two parts, scales and polarities. A name says the base
/// unit.
pub(crate) type Known = Kept<([*const str; 2], Scale, Polarity)>;

/// Where the numbers of a row go.
pub(crate) struct To<'s> {
    pub(crate) out: &'s mut MetricSink,
    known: &'s mut Known,
    labels: LabelSet,
    /// With an amount that was given (`-n`) the time is what counts.
    fixed: bool,
}

impl<'s> To<'s> {
    pub(crate) fn new(of: &Of<'_>, fixed: bool, known: &'s mut Known, out: &'s mut MetricSink) -> Self {
        Self { labels: of.labels(out), out, known, fixed }
    }

    pub(crate) fn put(&mut self, name: &'static str, printed: Printed, polarity: Polarity, token: &str) {
        self.put_stat(name, "", printed, polarity, token);
    }

    pub(crate) fn put_stat(&mut self, name: &'static str, stat: &'static str, printed: Printed, polarity: Polarity, token: &str) {
        // -1 and the largest number stand for what the system does not say.
        if token.as_bytes().first() == Some(&b'-') || token == "4294967295" {
            return self.out.ignore(token, "not measured");
        }
        let series = self.known.get(([name, stat], printed.scale, polarity), |_| {
            let metric = self.out.metric(name).unit(printed).polarity(polarity);
            if stat.is_empty() { metric.series() } else { metric.stat(stat).series() }
        });
        self.out.push(series.labels(self.labels), token);
    }

    pub(crate) fn amounts(&mut self, bytes: (&str, Printed), rate: (&str, Printed)) {
        self.put("transfer.bytes", bytes.1, self.work(), bytes.0);
        self.put("throughput", rate.1, Polarity::Higher, rate.0);
    }

    pub(crate) fn elapsed(&mut self, token: &str) {
        let polarity = if self.fixed { Polarity::Lower } else { Polarity::Informational };
        self.put("elapsed", unit::SECOND, polarity, token);
    }

    /// Lost of all datagrams, and the share; true when there were any.
    pub(crate) fn lost(&mut self, lost: &str, all: &str, share: Option<&str>) -> bool {
        if all.parse::<i64>().is_ok_and(|all| all <= 0) {
            [lost, all].into_iter().chain(share).for_each(|token| self.out.ignore(token, "placeholder"));
            return false;
        }
        self.put("datagram.lost", DATAGRAM, Polarity::Lower, lost);
        self.put("datagram.count", DATAGRAM, self.work(), all);
        if let Some(share) = share {
            self.put("datagram.loss", unit::PERCENT, Polarity::Lower, share);
        }
        true
    }

    /// `0.093/0.022/0.650/0.196`: mean, least, most and deviation, of milliseconds.
    pub(crate) fn latency(&mut self, object: &'static str, values: &str) {
        for (stat, token) in ["mean", "min", "max", "stddev"].into_iter().zip(values.split('/')) {
            if number::is_token(token) {
                let polarity = if stat == "stddev" { Polarity::Unknown } else { Polarity::Lower };
                self.put_stat(object, stat, unit::MS, polarity, token);
            } else {
                self.out.ignore(token, "not measured");
            }
        }
    }

    fn work(&self) -> Polarity {
        if self.fixed { Polarity::Informational } else { Polarity::Higher }
    }
}
