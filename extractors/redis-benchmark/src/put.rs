use std::collections::HashMap;

use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

/// The test that numbers are of.
#[derive(Default)]
pub(crate) struct Test<'t> {
    pub(crate) command: &'t str,
    pub(crate) requests: Option<u64>,
    /// Counted from 1; with `-l` each test comes again and again.
    repetition: usize,
    /// How many tests there were of each command.
    seen: HashMap<&'t str, usize>,
    /// The quantities that the test has already.
    has: Vec<String>,
}

impl<'t> Test<'t> {
    /// The next test is one of `command`.
    pub(crate) fn next(&mut self, command: &'t str) {
        let count = self.seen.entry(command).or_default();
        *count += 1;
        (self.command, self.requests, self.repetition) = (command, None, *count);
        self.has.clear();
    }

    pub(crate) fn has_begun(&self) -> bool {
        self.repetition > 0
    }

    pub(crate) fn rate(&mut self, token: &str, out: &mut MetricSink) {
        self.put("request.rate", Printed::base("{request}/s"), Polarity::Higher, token, out);
    }

    /// The number and the time are those of a fixed amount of work.
    pub(crate) fn count(&mut self, token: &str, out: &mut MetricSink) {
        self.put("request.count", Printed::base("{request}"), Polarity::Informational, token, out);
        self.requests = token.parse().ok();
    }

    pub(crate) fn elapsed(&mut self, token: &str, out: &mut MetricSink) {
        self.put("elapsed", unit::SECOND, Polarity::Lower, token, out);
    }

    pub(crate) fn latency(&mut self, stat: &str, token: &str, out: &mut MetricSink) {
        self.put(&format!("request.latency.{stat}"), unit::MS, Polarity::Lower, token, out);
    }

    fn put(&mut self, name: &str, printed: Printed, polarity: Polarity, token: &str, out: &mut MetricSink) {
        // A quantity that comes twice is of another test, whose title is lost.
        if !self.has_begun() || self.has.iter().any(|known| known == name) {
            self.next(self.command);
        }
        self.has.push(name.to_owned());
        let mut metric = out.metric(name).label("command", self.command).unit(printed).polarity(polarity).samples(self.requests);
        if self.repetition > 1 {
            metric = metric.label("repetition", self.repetition.to_string());
        }
        // All decimals are fixed, so that they are the step; before 6.0 there were whole milliseconds.
        let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(9));
        if number::is_token(token) && (decimals > 0 || printed == unit::MS) {
            metric = metric.resolution(printed.scale.factor() * 0.1f64.powi(decimals as i32));
        }
        metric.push(token);
    }
}
