//! The format of ping's summary, as iputils prints it (`ping/ping_common.c`, `finish()`).
//!
//! Linking this crate is all it takes: `use ping_format as _;`.
#![forbid(unsafe_code)]

use prill_core::scan::{number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of ping.
pub struct Ping;

prill_core::register_extractor!(Ping);

/// The statistics of the last line, in the order in which they are printed. `mdev` is a standard deviation.
const STATS: [&str; 4] = ["min", "mean", "max", "stddev"];

impl Extractor for Ping {
    fn name(&self) -> &str {
        "ping"
    }

    fn summary(&self) -> &str {
        "round-trip times and lost packets of ping (iputils)"
    }

    fn streams(&self) -> Streams {
        Streams::Stdout
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| line.text.ends_with(" ping statistics ---")) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let mut lines = input.text().lines().skip_while(|line| !line.text.ends_with(" ping statistics ---"));
        lines.next().ok_or(ExtractError::NotFound)?;
        // A line without its end may be cut in the middle of a number.
        for line in lines.filter(|line| line.ended) {
            if let Some(token) = before(line.text, "% packet loss") {
                out.metric("packet.loss").unit(unit::PERCENT).lower().push(token);
            } else if let Some((_, times)) = line.text.split_once("min/avg/max/mdev = ") {
                round_trip(times, out);
            }
        }
        Ok(())
    }
}

/// Reads `0.040/0.090/0.235/0.083 ms`.
fn round_trip(times: &str, out: &mut MetricSink) {
    let (numbers, _) = times.split_once(" ms").unwrap_or((times, ""));
    for (stat, token) in STATS.into_iter().zip(numbers.split('/')) {
        let metric = out.metric("round_trip.latency").stat(stat).unit(unit::MS);
        // Which way a spread should go is not ours to say.
        let metric = if stat == "stddev" { metric } else { metric.lower() };
        metric.push(token);
    }
}

/// The number that stands before `words`.
fn before<'t>(line: &'t str, words: &str) -> Option<&'t str> {
    let (head, _) = line.split_once(words)?;
    let token = head.rsplit(' ').next()?;
    number::is_token(token).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use prill_core::extract::{Captures, Extraction, run};
    use prill_core::{Registry, Stream};

    const SAMPLE: &str = include_str!("../samples/loopback/stdout");

    fn extract(text: &str) -> Extraction {
        run(&Ping, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
    }

    #[test]
    fn the_sample_has_the_numbers_that_are_printed_in_it() {
        let found: Vec<String> = extract(SAMPLE).metrics.iter().map(|m| format!("{m:?}")).collect();
        assert_eq!(found, [
            "packet.loss = 0 1 (lower, stdout 347..348)",
            "round_trip.latency.min = 0.000028 s (lower, stdout 397..402)",
            "round_trip.latency.mean = 0.000038 s (lower, stdout 403..408)",
            "round_trip.latency.max = 0.000043 s (lower, stdout 409..414)",
            "round_trip.latency.stddev = 0.000006 s (unknown, stdout 415..420)",
        ]);
    }

    #[test]
    fn a_cut_output_has_no_half_number() {
        let cut = SAMPLE.find("43/0.006").unwrap();
        assert_eq!(extract(&SAMPLE[..cut]).metrics.len(), 1, "only the line that is whole");
        assert!(extract("ping: unknown host").metrics.is_empty());
    }

    #[test]
    fn the_format_is_linked_and_recognised() {
        let registry = Registry::linked().unwrap();
        assert_eq!(registry.get("ping").unwrap().sniff(&Text::new(SAMPLE.as_bytes())), Sniff::Certain);
    }
}
