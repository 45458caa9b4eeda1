//! The line above a table.

use nom::branch::alt;
use nom::bytes::complete::is_not;
use nom::combinator::{all_consuming, opt, value};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};
use prill_core::scan::{Printed, unit};

use crate::line::{number, tag};

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
    all_consuming(parts).parse(line).ok().map(|(_, header)| header)
}

fn parts(input: &str) -> IResult<&str, Header<'_>> {
    let runtime = delimited(tag(" runtime "), number, tag(" (s)"));
    let samples = delimited(tag(" ("), number, tag(" total samples)"));
    let unit = delimited(tag("("), is_not(")"), tag(")"));
    (kind, preceded(tag(" percentiles "), unit), opt(runtime), opt(samples))
        .map(|(kind, unit, runtime, samples)| Header { kind, unit, runtime, samples })
        .parse(input)
}

fn kind(input: &str) -> IResult<&str, Kind> {
    let latency = |input| alt((tag("Latencies"), tag("latency"))).parse(input);
    alt((
        value(Kind::Wakeup, (tag("Wakeup "), latency)),
        value(Kind::Request, (tag("Request "), latency)),
        value(Kind::Latency, tag("Latency")),
        value(Kind::Rps, tag("RPS")),
    ))
    .parse(input)
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
