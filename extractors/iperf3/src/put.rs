use prill_core::diagnostic::code;
use prill_core::scan::unit;
use prill_core::{MetricSink, Polarity, Printed};

/// What a number is of. The sum of all streams has no stream.
#[derive(Clone, Copy, Default)]
pub(crate) struct Of<'t> {
    /// `sender` or `receiver`: who counted.
    pub(crate) role: Option<&'static str>,
    /// With `--bidir`, `tx` or `rx` as the program that prints sees it.
    pub(crate) direction: Option<&'static str>,
    pub(crate) stream: Option<&'t str>,
    /// Counted from 1.
    pub(crate) interval: Option<usize>,
    /// Of the warm-up that `-O` leaves out.
    pub(crate) omitted: bool,
    /// What the server says, printed by the client.
    pub(crate) server: bool,
    /// The amount of data was given, so that it is no merit.
    pub(crate) fixed: bool,
}

impl Of<'_> {
    /// Puts in `token`, the number of `kind`.
    pub(crate) fn put(self, kind: Kind, token: &str, out: &mut MetricSink) {
        let mut metric = out.metric(kind.name).unit(kind.printed).polarity(self.polarity(kind));
        for (key, value) in [("role", self.role), ("direction", self.direction), ("stream", self.stream)] {
            if let Some(value) = value {
                metric = metric.label(key, value);
            }
        }
        if let Some(interval) = self.interval {
            metric = metric.label("interval", interval.to_string());
        }
        if self.omitted {
            metric = metric.label("omitted", "true");
        }
        if self.server {
            metric = metric.label("source", "server");
        }
        metric.push(token);
    }

    /// Says that `text` holds placeholders: the other side's numbers, which never came.
    pub(crate) fn unknown(self, text: &str, out: &mut MetricSink) {
        let role = self.role.unwrap_or("other side");
        let stream = self.stream.map_or_else(String::new, |stream| format!(" of stream {stream}"));
        let message = format!("throughput has no value for the {role}{stream}: its numbers never came, and zero is printed");
        out.warn(code::NO_SAMPLES, text, message);
        out.ignore(text, "placeholder");
    }

    fn polarity(self, kind: Kind) -> Polarity {
        match kind.better {
            Better::Given(polarity) => polarity,
            Better::Work if self.fixed => Polarity::Informational,
            Better::Work => Polarity::Higher,
            Better::Time if self.fixed => Polarity::Lower,
            Better::Time => Polarity::Informational,
        }
    }
}

/// A quantity.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    name: &'static str,
    printed: Printed,
    better: Better,
}

#[derive(Clone, Copy)]
enum Better {
    Given(Polarity),
    /// More is better unless the amount was given.
    Work,
    /// Less is better when the amount was given.
    Time,
}

impl Kind {
    const fn new(name: &'static str, printed: Printed, better: Better) -> Self {
        Self { name, printed, better }
    }

    const fn lower(name: &'static str, printed: Printed) -> Self {
        Self::new(name, printed, Better::Given(Polarity::Lower))
    }

    const fn unknown(name: &'static str, printed: Printed) -> Self {
        Self::new(name, printed, Better::Given(Polarity::Unknown))
    }

    /// The same, printed in another multiple.
    pub(crate) const fn printed(self, printed: Printed) -> Self {
        Self { printed, ..self }
    }
}

const DATAGRAM: Printed = Printed::base("{datagram}");

pub(crate) const THROUGHPUT: Kind = Kind::new("throughput", unit::BIT_PER_S, Better::Given(Polarity::Higher));
pub(crate) const BYTES: Kind = Kind::new("transfer.bytes", unit::BYTE, Better::Work);
pub(crate) const ELAPSED: Kind = Kind::new("elapsed", unit::SECOND, Better::Time);
pub(crate) const RETRANSMITS: Kind = Kind::lower("retransmits", Printed::base("{retransmit}"));
pub(crate) const CWND: Kind = Kind::unknown("congestion.window", unit::BYTE);
pub(crate) const JITTER: Kind = Kind::lower("jitter", unit::MS);
pub(crate) const LOST: Kind = Kind::lower("datagram.lost", DATAGRAM);
pub(crate) const DATAGRAMS: Kind = Kind::new("datagram.count", DATAGRAM, Better::Work);
pub(crate) const LOSS: Kind = Kind::lower("datagram.loss", unit::PERCENT);
pub(crate) const OUT_OF_ORDER: Kind = Kind::lower("datagram.out_of_order", DATAGRAM);

/// The quantity under a key of a JSON object.
pub(crate) fn of_key(key: &str) -> Option<Kind> {
    Some(match key {
        "seconds" => ELAPSED,
        "bytes" => BYTES,
        "bits_per_second" => THROUGHPUT,
        "retransmits" => RETRANSMITS,
        "snd_cwnd" => CWND,
        "max_snd_cwnd" => Kind::unknown("congestion.window.max", unit::BYTE),
        "snd_wnd" => Kind::unknown("send.window", unit::BYTE),
        "max_snd_wnd" => Kind::unknown("send.window.max", unit::BYTE),
        "rtt" => Kind::lower("rtt", unit::US),
        "min_rtt" => Kind::lower("rtt.min", unit::US),
        "mean_rtt" => Kind::lower("rtt.mean", unit::US),
        "max_rtt" => Kind::lower("rtt.max", unit::US),
        "rttvar" => Kind::unknown("rtt.variation", unit::US),
        "pmtu" => Kind::new("path.mtu", unit::BYTE, Better::Given(Polarity::Informational)),
        "jitter_ms" => JITTER,
        "lost_packets" => LOST,
        "packets" => DATAGRAMS,
        "lost_percent" => LOSS,
        "out_of_order" => OUT_OF_ORDER,
        _ => return None,
    })
}

/// How busy the processor of a host was: `host` is `local` or `remote`, `mode` is `user` or `system`. 100 % is one of its CPUs.
pub(crate) fn cpu(host: &str, mode: Option<&str>, server: bool, token: &str, out: &mut MetricSink) {
    let mut metric = out.metric("cpu.utilization").label("host", host).unit(unit::PERCENT);
    if let Some(mode) = mode {
        metric = metric.label("mode", mode);
    }
    if server {
        metric = metric.label("source", "server");
    }
    metric.push(token);
}
