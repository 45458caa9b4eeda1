//! The lines outside the tables' rows.

use nom::branch::alt;
use nom::combinator::{all_consuming, map, opt};
use nom::error::{Error, ErrorKind};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};
use prill_core::scan::{Printed, number as scan_number, unit};

use crate::header::{Header, header};

/// What one line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line<'t> {
    /// The line above a table.
    Header(Header<'t>),
    /// `average rps: 104.67`, once a run.
    Average(&'t str),
    /// `current rps: 92.29`, after each interval's tables: the rate of the last second.
    Current(&'t str),
    /// `rps: 1.33`: the average so far, on stdout until April 2023.
    Rps { rate: &'t str, summary: Option<Summary<'t>> },
    /// `final rps goal was 1200` of `-A`.
    Goal(&'t str),
    /// `final rps was 600`: each message thread's goal, until 2023.
    ThreadGoal(&'t str),
    /// `avg worker transfer: 34425.03 ops/sec 134.47MB/s` of `-p`.
    Transfer { operations: Option<&'t str>, size: &'t str, unit: Printed },
    /// `sched delay: message 3393 (usec) worker 5614 (usec)`.
    Delay { message: &'t str, worker: &'t str },
    /// `cputime 30000 threads 17 p99 1234`: one round of `-a`.
    Round { threads: &'t str, p99: &'t str },
}

/// The end of the `rps:` line of `-R` before 2023: `p95 (usec) 10 p99 (usec) 933 p95/cputime 0.10% p99/cputime 9.33%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Summary<'t> {
    pub(crate) p95: &'t str,
    pub(crate) p99: &'t str,
    pub(crate) p95_slowdown: &'t str,
    pub(crate) p99_slowdown: &'t str,
}

/// How the lines with numbers start. A line that starts so and is none of [`line`]'s is broken, or cut.
const STARTS: &[&str] = &[
    "Latency percentiles ",
    "Wakeup Latencies percentiles ",
    "Wakeup latency percentiles ",
    "Request Latencies percentiles ",
    "Request latency percentiles ",
    "RPS percentiles ",
    "average rps: ",
    "current rps: ",
    "final rps ",
    "rps: ",
    "avg worker transfer: ",
    "sched delay: message ",
];

/// The line that fills all of `text`, which is trimmed.
pub(crate) fn line(text: &str) -> Option<Line<'_>> {
    // All of them start with one of these; most other lines do not.
    match text.as_bytes().first()? {
        b'L' | b'W' | b'R' => header(text).map(Line::Header),
        b'a' | b'c' | b'f' | b'r' | b's' => all_consuming(figures).parse(text).ok().map(|(_, line)| line),
        _ => None,
    }
}

/// True for a line of ours that lost its end, or something in its middle.
pub(crate) fn is_broken(text: &str) -> bool {
    STARTS.iter().any(|start| text.starts_with(start))
}

/// True for what may be the start of a line of ours.
pub(crate) fn is_cut(text: &str) -> bool {
    is_broken(text) || STARTS.iter().any(|start| start.starts_with(text))
}

/// Exactly `text`. As nom's own `tag`, but compared as memory and not letter by letter.
fn tag<'t>(text: &'static str) -> impl Parser<&'t str, Output = &'t str, Error = Error<&'t str>> {
    move |input: &'t str| match input.as_bytes().starts_with(text.as_bytes()) {
        true => Ok((&input[text.len()..], &input[..text.len()])),
        false => Err(nom::Err::Error(Error::new(input, ErrorKind::Tag))),
    }
}

/// The number at the start of `input`, and what follows; what the C library prints for none is taken too, so that it is said
/// and not lost.
#[inline(always)]
pub(crate) fn token(input: &str) -> Option<(&str, &str)> {
    match scan_number::leading(input) {
        Some(found) => Some(found),
        None => none(input),
    }
}

#[cold]
fn none(input: &str) -> Option<(&str, &str)> {
    let len = ["-nan", "nan", "-inf", "inf"].into_iter().find(|none| input.starts_with(none))?.len();
    Some(input.split_at(len))
}

fn number(input: &str) -> IResult<&str, &str> {
    let found = token(input).map(|(token, rest)| (rest, token));
    found.ok_or_else(|| nom::Err::Error(Error::new(input, ErrorKind::Digit)))
}

fn figures(input: &str) -> IResult<&str, Line<'_>> {
    match input.as_bytes().first() {
        Some(b'a') => {
            alt((map(preceded(tag("average rps: "), number), Line::Average), preceded(tag("avg worker transfer: "), transfer)))
                .parse(input)
        }
        Some(b'c') => alt((map(preceded(tag("current rps: "), number), Line::Current), round)).parse(input),
        Some(b'f') => alt((
            map(preceded(tag("final rps goal was "), number), Line::Goal),
            map(preceded(tag("final rps was "), number), Line::ThreadGoal),
        ))
        .parse(input),
        Some(b'r') => {
            map(preceded(tag("rps: "), (number, opt(summary))), |(rate, summary)| Line::Rps { rate, summary }).parse(input)
        }
        _ => delay(input),
    }
}

fn summary(input: &str) -> IResult<&str, Summary<'_>> {
    let usec = |name| preceded((tag(" "), tag(name), tag(" (usec) ")), number);
    let percent = |name| delimited((tag(" "), tag(name), tag("/cputime ")), number, tag("%"));
    map((usec("p95"), usec("p99"), percent("p95"), percent("p99")), |(p95, p99, p95_slowdown, p99_slowdown)| Summary {
        p95,
        p99,
        p95_slowdown,
        p99_slowdown,
    })
    .parse(input)
}

fn transfer(input: &str) -> IResult<&str, Line<'_>> {
    let size = terminated((number, size_unit), tag("/s"));
    map((opt(terminated(number, tag(" ops/sec "))), size), |(operations, (size, unit))| Line::Transfer { operations, size, unit })
        .parse(input)
}

/// Upstream's `pretty_size` divides by 1024, up to `EB`.
fn size_unit(input: &str) -> IResult<&str, Printed> {
    let (rest, letters) = nom::character::complete::alpha1(input)?;
    let printed = match letters {
        "B" => unit::BYTE_PER_S,
        "KB" => unit::KIB_PER_S,
        "MB" => unit::MIB_PER_S,
        "GB" => unit::GIB_PER_S,
        "TB" => unit::TIB_PER_S,
        "PB" => unit::BYTE_PER_S.shift2(50),
        "EB" => unit::BYTE_PER_S.shift2(60),
        _ => return Err(nom::Err::Error(Error::new(input, ErrorKind::Tag))),
    };
    Ok((rest, printed))
}

fn delay(input: &str) -> IResult<&str, Line<'_>> {
    let usec = |name| delimited((tag(name), tag(" ")), number, tag(" (usec)"));
    map((tag("sched delay: "), usec("message"), tag(" "), usec("worker")), |(_, message, _, worker)| Line::Delay {
        message,
        worker,
    })
    .parse(input)
}

fn round(input: &str) -> IResult<&str, Line<'_>> {
    let named = |name| preceded((tag(name), tag(" ")), number);
    map((named("cputime"), tag(" "), named("threads"), tag(" "), named("p99")), |(_, _, threads, _, p99)| Line::Round {
        threads,
        p99,
    })
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        for (text, expected) in [
            ("average rps: 104.67", Line::Average("104.67")),
            ("current rps: 92.29", Line::Current("92.29")),
            ("rps: 1.33", Line::Rps { rate: "1.33", summary: None }),
            ("final rps goal was 1200", Line::Goal("1200")),
            ("final rps was 600", Line::ThreadGoal("600")),
            ("sched delay: message 3393 (usec) worker 5614 (usec)", Line::Delay { message: "3393", worker: "5614" }),
            ("cputime 30000 threads 17 p99 1234", Line::Round { threads: "17", p99: "1234" }),
            ("avg worker transfer: 116.07KB/s", Line::Transfer { operations: None, size: "116.07", unit: unit::KIB_PER_S }),
            (
                "avg worker transfer: 34425.03 ops/sec 134.47MB/s",
                Line::Transfer { operations: Some("34425.03"), size: "134.47", unit: unit::MIB_PER_S },
            ),
            (
                "avg worker transfer: -nan ops/sec -nanB/s",
                Line::Transfer { operations: Some("-nan"), size: "-nan", unit: unit::BYTE_PER_S },
            ),
        ] {
            assert_eq!(line(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_summary_of_a_fixed_rate_has_five_numbers() {
        let text = "rps: 498.31 p95 (usec) 10 p99 (usec) 933 p95/cputime 0.10% p99/cputime 9.33%";
        let summary = Summary { p95: "10", p99: "933", p95_slowdown: "0.10", p99_slowdown: "9.33" };
        assert_eq!(line(text), Some(Line::Rps { rate: "498.31", summary: Some(summary) }));
        assert_eq!(line("rps: 498.31 p95 (usec) 10"), None);
    }

    #[test]
    fn a_line_that_lost_its_end_is_no_line() {
        for text in
            ["average rps: ", "average rps: 104.67 and", "avg worker transfer: 134.47XB/s", "sched delay: message 3 (usec)"]
        {
            assert_eq!(line(text), None, "{text}");
            assert!(is_broken(text) && is_cut(text), "{text}");
        }
        assert!(is_cut("avera") && !is_broken("avera"));
        assert!(!is_cut("Killed"));
    }
}
