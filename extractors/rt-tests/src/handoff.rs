//! pmqtest, ptsematest, sigwaittest and svsematest: pairs of threads, one of which wakes the other. They print alike.

use std::collections::BTreeMap;

use prill_core::scan::json::Node;
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Printed, Sniff, Streams, Text};

use crate::latency::{HANDOFF, Latency};
use crate::page::{self, Taken};
use crate::report::{self, Report};
use crate::row::is_zero;

/// pmqtest, the one that prints how often a receiver timed out.
const PMQTEST: usize = 0;

/// Name and summary of each.
const TOOLS: [(&str, &str); 4] = [
    ("pmqtest", "latency of POSIX message queues (rt-tests): pairs, JSON"),
    ("ptsematest", "latency of POSIX mutexes between threads (rt-tests): pairs, JSON"),
    ("sigwaittest", "latency of sigwait between threads (rt-tests): pairs, JSON"),
    ("svsematest", "latency of System V semaphores (rt-tests): pairs, JSON"),
];

/// The format of one of them.
pub struct Handoff<const TOOL: usize>;

/// The format of pmqtest.
pub type Pmqtest = Handoff<PMQTEST>;
/// The format of ptsematest.
pub type Ptsematest = Handoff<1>;
/// The format of sigwaittest.
pub type Sigwaittest = Handoff<2>;
/// The format of svsematest.
pub type Svsematest = Handoff<3>;

impl<const TOOL: usize> Extractor for Handoff<TOOL> {
    fn name(&self) -> &str {
        TOOLS[TOOL].0
    }

    fn summary(&self) -> &str {
        TOOLS[TOOL].1
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let name = self.name();
        let is_usage = |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(" V "));
        let certain =
            page::sniff(text, name, |line| is_usage(line) || TOOL == PMQTEST && Head::parse(line).is_some_and(Head::times_out));
        // Nothing but a report says which of the other three printed a pair.
        let is_pair = |line: Line<'_>| Head::parse(line.trimmed()).is_some_and(|head| !head.times_out());
        if certain == Sniff::No && TOOL != PMQTEST && text.lines().any(is_pair) && !Report::of_another(text.as_str(), name) {
            return Sniff::Likely;
        }
        certain
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        page::read::<Page<'_, TOOL>>(input, out)
    }
}

/// `#0: ID28002, P0, CPU1, I1000; #1: ID28003, P0, CPU1, TO 0, Cycles 1597`: the two threads of a pair.
#[derive(Clone, Copy)]
struct Head<'t> {
    pair: u32,
    /// What stands before the counters.
    identity: &'t str,
    counters: &'t str,
}

impl<'t> Head<'t> {
    fn parse(line: &'t str) -> Option<Self> {
        let (receiver, rest) = number::leading(line.strip_prefix('#')?)?;
        let sender = rest.strip_prefix(": ID")?.place("; #")? + line.len() - rest.len() + 4;
        let at = [", TO ", ", Cycles "].iter().filter_map(|key| line[sender..].place(key)).min()? + sender;
        Some(Self { pair: receiver.parse::<u32>().ok()? / 2, identity: &line[..at], counters: &line[at..] })
    }

    /// `#0: ID28002`
    fn receiver(self) -> &'t str {
        let Self { identity, .. } = self;
        identity.split_once(',').map_or(identity, |(receiver, _)| receiver)
    }

    fn times_out(self) -> bool {
        self.counters.starts_with(", TO ")
    }

    fn counter(self, key: &str, ended: bool) -> Option<&'t str> {
        let (token, rest) = number::leading(&self.counters[self.counters.place(key)? + key.len()..])?;
        (ended || !rest.is_empty()).then_some(token)
    }
}

/// What is known of a pair.
#[derive(Default)]
struct Pair<'t> {
    /// `#0: ID28002`: the receiver.
    receiver: &'t str,
    cycles: Option<&'t str>,
    timeouts: Option<&'t str>,
    /// The line of the latencies.
    line: Option<&'t str>,
    /// `Min`, `Cur`, `Avg` and `Max`.
    stats: [Option<&'t str>; 4],
}

/// The last rows of each pair: live output repeats them.
#[derive(Default)]
struct Page<'t, const TOOL: usize>(BTreeMap<u32, Pair<'t>>);

impl<'t, const TOOL: usize> page::Page<'t> for Page<'t, TOOL> {
    const TOOL: &'static str = TOOLS[TOOL].0;

    fn starts_anew(&self, line: Line<'t>) -> bool {
        let of_another = |head: Head<'t>| self.0.get(&head.pair).is_some_and(|known| known.receiver != head.receiver());
        Head::parse(line.text.trim_start()).is_some_and(of_another)
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken {
        let text = line.text.trim_start();
        if let Some(head) = Head::parse(text).filter(|head| head.times_out() == (TOOL == PMQTEST)) {
            return self.head(head, line.ended, out);
        }
        self.latencies(text, line.ended, out).unwrap_or(Taken::No)
    }

    fn report(&self, report: &Report<'_>, _: &Input<'_>, out: &mut MetricSink) {
        for (key, pair) in report.get("thread").into_iter().flat_map(Node::members) {
            out.ignore(key.raw(), "number of the pair");
            from_report(&key.text(), pair, out);
        }
    }

    fn emit(self, source: Option<&'static str>, _: &Input<'_>, out: &mut MetricSink) {
        self.0.iter().for_each(|(number, pair)| pair.emit(&number.to_string(), source, out));
    }
}

impl<'t, const TOOL: usize> Page<'t, TOOL> {
    fn head(&mut self, head: Head<'t>, ended: bool, out: &mut MetricSink) -> Taken {
        out.ignore(head.identity, "identity and settings of the threads");
        let cycles = head.counter(", Cycles ", ended);
        if cycles.is_none() {
            out.ignore(head.counters, "row that was cut");
            return Taken::Cut;
        }
        let pair = self.0.entry(head.pair).or_default();
        pair.receiver = head.receiver();
        let earlier = [pair.cycles.replace(cycles.unwrap_or_default()), pair.timeouts];
        earlier.into_iter().flatten().for_each(|token| out.ignore(token, REPLACED));
        pair.timeouts = head.counter(", TO ", ended);
        Taken::Yes
    }

    /// `#1 -> #0, Min    3, Cur    7, Avg    6, Max  149`, of a pair whose threads are known.
    fn latencies(&mut self, text: &'t str, ended: bool, out: &mut MetricSink) -> Option<Taken> {
        let (_, rest) = number::leading(text.strip_prefix('#')?)?;
        let (receiver, rest) = number::leading(rest.strip_prefix(" -> #")?)?;
        let number = receiver.parse::<u32>().ok()? / 2;
        let pair = self.0.get_mut(&number)?;
        let token = |key: &str| {
            let (token, after) = number::leading(rest[rest.place(key)? + key.len()..].trim_start())?;
            (ended || !after.is_empty()).then_some(token)
        };
        let stats = [", Min ", ", Cur ", ", Avg ", ", Max "].map(token);
        out.ignore(&text[..text.len() - rest.len()], "numbers of the threads");
        if pair.stats[3].is_some() && stats[3].is_none() {
            out.ignore(rest, "row that was cut, or of no sample");
        } else {
            pair.line.into_iter().for_each(|earlier| out.ignore(earlier, REPLACED));
            (pair.line, pair.stats) = (Some(text), stats);
        }
        Some(Taken::whole(ended || stats[3].is_some()))
    }
}

const REPLACED: &str = "replaced by a later row of the pair";

impl Pair<'_> {
    fn emit(&self, number: &str, source: Option<&'static str>, out: &mut MetricSink) {
        let samples = self.cycles.and_then(|cycles| cycles.parse().ok());
        let latency = Latency { kind: HANDOFF, thread: number, source, printed: unit::US, samples };
        self.cycles.into_iter().for_each(|token| latency.count(token, out));
        self.timeouts.into_iter().for_each(|token| timeouts(number, token, source, out));
        let [min, last, mean, max] = self.stats;
        // Before the first sample the least latency is the largest number, which is printed as -1.
        let waits = self.line.is_some_and(|line| line.ends_with("(not yet ready)"));
        if waits || min.is_some_and(|min| min.starts_with('-')) || self.cycles.is_some_and(is_zero) {
            let place = self.line.or(self.cycles).unwrap_or_default();
            latency.none(place, out);
            self.line.into_iter().for_each(|line| out.ignore(line, "placeholder"));
            return;
        }
        for (stat, token) in [("min", min), ("mean", mean), ("max", max)] {
            token.into_iter().for_each(|token| latency.push(stat, token, out));
        }
        // No report has it.
        let latency = Latency { source: None, ..latency };
        last.into_iter().for_each(|token| latency.push("last", token, out));
    }
}

/// How often the receiver gave up waiting for the last message.
fn timeouts(pair: &str, token: &str, source: Option<&'static str>, out: &mut MetricSink) {
    let mut metric = out.metric("handoff.timeout.count").label("pair", pair.to_owned()).unit(Printed::base("{timeout}")).lower();
    if let Some(source) = source {
        metric = metric.label("source", source);
    }
    metric.push(token);
}

/// `"0": {"sender": {"samples": 1712, ...}, "receiver": {"min": 3, "avg": 20.29, "max": 4447, ...}}`
fn from_report(number: &str, pair: Node<'_, '_>, out: &mut MetricSink) {
    let member = |thread: &str, key: &str| pair.get(thread).and_then(|thread| thread.get(key)).and_then(report::token);
    let samples = member("sender", "samples");
    let empty = samples.is_some_and(is_zero) || member("receiver", "min").is_some_and(|min| min.starts_with('-'));
    let samples = samples.and_then(|samples| samples.parse().ok());
    let latency = Latency { kind: HANDOFF, thread: number, source: None, printed: unit::US, samples };
    if let (true, Some(min)) = (empty, member("receiver", "min")) {
        latency.none(min, out);
    }
    for (thread, node) in pair.members() {
        for (key, node) in node.members() {
            match (&*thread.text(), &*key.text(), report::token(node)) {
                ("sender", "samples", Some(token)) => latency.count(token, out),
                ("receiver", "timeoutcount", Some(token)) => timeouts(number, token, None, out),
                ("receiver", "min" | "max" | "avg", Some(token)) if empty => out.ignore(token, "placeholder"),
                ("receiver", stat @ ("min" | "max"), Some(token)) => latency.push(stat, token, out),
                ("receiver", "avg", Some(token)) => latency.push("mean", token, out),
                _ => out.ignore(node.text(), "setting"),
            }
        }
    }
}

prill_core::register_extractor!(Handoff::<PMQTEST>);
prill_core::register_extractor!(Handoff::<1>);
prill_core::register_extractor!(Handoff::<2>);
prill_core::register_extractor!(Handoff::<3>);

#[cfg(test)]
mod tests;
