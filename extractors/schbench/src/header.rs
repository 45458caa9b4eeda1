//! The line above a table.

use prill_core::scan::{Printed, unit};

use crate::line::token;

/// `Wakeup Latencies percentiles (usec) runtime 3 (s) (314 total samples)`, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header<'t> {
    pub(crate) kind: Kind,
    pub(crate) unit: &'t str,
    /// Seconds since the start; from October 2020 on.
    pub(crate) runtime: Option<&'t str>,
    /// How many samples the table stands on; from October 2020 on.
    pub(crate) samples: Option<&'t str>,
}

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The one table of the versions before April 2023.
    Latency,
    Wakeup,
    Request,
    Rps,
}

impl Header<'_> {
    /// The unit of the table's numbers; `None` for a spelling that nobody knows.
    pub(crate) fn printed(&self) -> Option<Printed> {
        match (self.kind, self.unit) {
            (Kind::Rps, "requests") => Some(REQUEST_RATE),
            (_, "usec") => Some(unit::US),
            (_, spelling) => unit::spelled(spelling).ok(),
        }
    }
}

/// Requests a second.
pub(crate) const REQUEST_RATE: Printed = Printed::base("{request}/s");

/// A header that fills all of `line`.
pub(crate) fn header(line: &str) -> Option<Header<'_>> {
    let (kind, rest) = kind(line)?;
    let rest = rest.strip_prefix(" percentiles (")?;
    let (unit, rest) = rest.split_at(memchr::memchr(b')', rest.as_bytes())?);
    let (runtime, rest) = between(&rest[1..], " runtime ", " (s)");
    let (samples, rest) = between(rest, " (", " total samples)");
    (!unit.is_empty() && rest.is_empty()).then_some(Header { kind, unit, runtime, samples })
}

fn kind(line: &str) -> Option<(Kind, &str)> {
    let (kind, rest) = match line.as_bytes().first()? {
        b'W' => (Kind::Wakeup, line.strip_prefix("Wakeup ")?),
        b'R' if line.as_bytes().get(1) == Some(&b'e') => (Kind::Request, line.strip_prefix("Request ")?),
        b'R' => return Some((Kind::Rps, line.strip_prefix("RPS")?)),
        _ => return Some((Kind::Latency, line.strip_prefix("Latency")?)),
    };
    // Until April 2023 the singular.
    Some((kind, rest.strip_prefix("Latencies").or_else(|| rest.strip_prefix("latency"))?))
}

/// The number between `before` and `after` at the start of `input`, where it is there, and what follows.
#[inline(always)]
fn between<'t>(input: &'t str, before: &str, after: &str) -> (Option<&'t str>, &'t str) {
    let number = input.strip_prefix(before).and_then(token);
    match number.and_then(|(token, rest)| Some((token, rest.strip_prefix(after)?))) {
        Some((token, rest)) => (Some(token), rest),
        None => (None, input),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_of_the_header_is_read() {
        use Kind::{Latency, Request, Rps, Wakeup};
        for (line, kind, unit, runtime, samples) in [
            ("Latency percentiles (usec)", Latency, "usec", None, None),
            ("Latency percentiles (usec) runtime 4 (s)", Latency, "usec", Some("4"), None),
            ("Latency percentiles (usec) runtime 4 (s) (75 total samples)", Latency, "usec", Some("4"), Some("75")),
            ("Wakeup latency percentiles (usec) runtime 3 (s) (4 total samples)", Wakeup, "usec", Some("3"), Some("4")),
            ("Request latency percentiles (usec) runtime 3 (s) (4 total samples)", Request, "usec", Some("3"), Some("4")),
            ("Wakeup Latencies percentiles (usec) runtime 3 (s) (0 total samples)", Wakeup, "usec", Some("3"), Some("0")),
            ("Request Latencies percentiles (usec) runtime 30 (s) (9 total samples)", Request, "usec", Some("30"), Some("9")),
            ("RPS percentiles (requests) runtime 3 (s) (4 total samples)", Rps, "requests", Some("3"), Some("4")),
        ] {
            assert_eq!(header(line), Some(Header { kind, unit, runtime, samples }), "{line}");
        }
        for junk in
            ["Latency percentiles", "Latency percentiles (usec) and more", "Wakeup percentiles (usec)", "Latency percentiles ()"]
        {
            assert_eq!(header(junk), None, "{junk}");
        }
    }

    #[test]
    fn the_unit_is_the_printed_one() {
        let printed = |line| header(line).and_then(|h| h.printed());
        assert_eq!(printed("Latency percentiles (usec)"), Some(unit::US));
        assert_eq!(printed("Latency percentiles (nsec)"), Some(unit::NS));
        assert_eq!(printed("RPS percentiles (requests)"), Some(REQUEST_RATE));
        assert_eq!(printed("Latency percentiles (ticks)"), None);
    }
}
