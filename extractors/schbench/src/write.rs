//! The second pass: the numbers become metrics, those of the last run under the plain names.

use std::collections::HashSet;
use std::fmt::Write as _;

use prill_core::diagnostic::code;
use prill_core::extract::{Emit, LabelSet, Series};
use prill_core::scan::{Printed, unit};
use prill_core::{MetricSink, Polarity};

use crate::header::{Kind, REQUEST_RATE};
use crate::known::{About, Known, Slot};
use crate::line::{Line, Summary};
use crate::outline::{LineKind, Mark, Outline};
use crate::runs::{Block, runs};
use crate::table;

/// Operations of the pipe mode a second.
const OPERATION_RATE: Printed = Printed::base("{operation}/s");

/// What the writing of one run carries along.
pub(crate) struct Writer<'s> {
    pub(crate) sink: &'s mut MetricSink,
    /// Names without labels that another source, the JSON, already gave a value.
    taken: HashSet<String>,
    /// Rows that could not be read.
    broken: usize,
    /// The one table of the versions before April 2023 holds request latencies.
    pub(crate) requests: bool,
    /// Tables of a kind without samples that were already spoken of.
    pub(crate) empty: Vec<Kind>,
    /// The metrics that come with every interval.
    pub(crate) known: Known,
}

/// Which interval of which run a number belongs to.
#[derive(Clone, Copy, Default)]
pub(crate) struct Place<'p> {
    /// The number of an interval, counted from 1; `None` for the final numbers.
    interval: Option<(usize, &'p str)>,
    /// The number of a run before the last, counted from 1.
    run: Option<&'p str>,
    /// Both as labels; `None` when there is neither.
    labels: Option<LabelSet>,
}

impl<'p> Place<'p> {
    /// True for numbers that later ones stand above.
    pub(crate) fn is_earlier(self) -> bool {
        self.interval.is_some() || self.run.is_some()
    }

    fn pairs(self) -> impl Iterator<Item = (&'p str, &'p str)> {
        let interval: Option<(&'p str, &'p str)> = self.interval.map(|(_, text)| ("interval", text));
        interval.into_iter().chain(self.run.map(|run| ("repetition", run)))
    }
}

impl<'s> Writer<'s> {
    pub(crate) fn new(sink: &'s mut MetricSink, requests: bool) -> Self {
        let taken = sink.metrics().iter().filter(|m| m.labels().is_empty()).map(|m| m.name().to_owned()).collect();
        Self { sink, taken, broken: 0, requests, empty: Vec::new(), known: Known::default() }
    }

    /// The place of the final numbers of a run.
    fn end<'p>(&mut self, run: Option<&'p str>) -> Place<'p> {
        Place { interval: None, run, labels: run.map(|run| self.sink.labels([("repetition", run)])) }
    }

    /// The place of the numbers of an interval of a run. `text` takes the number's digits.
    fn interval<'p>(&mut self, number: usize, run: Option<&'p str>, text: &'p mut String) -> Place<'p> {
        text.clear();
        let _ = write!(text, "{number}");
        let place = Place { interval: Some((number, text.as_str())), run, labels: None };
        Place { labels: Some(self.sink.labels(place.pairs())), ..place }
    }

    /// The series in `slot` with the labels of `place`, as [`Writer::metric`] gives them, and where to put its number.
    #[inline(always)]
    pub(crate) fn series(
        &mut self,
        slot: Slot,
        place: Place<'_>,
        about: impl FnOnce() -> About,
    ) -> (&mut Series, &mut MetricSink) {
        let Self { sink, known, taken, .. } = self;
        let (about, series) = known.get(slot).get_or_insert_with(|| begin(about(), sink));
        match place.labels {
            Some(labels) => series.labels(labels),
            None => series.labels(final_labels(about, taken, sink)),
        };
        (series, sink)
    }

    /// Begins a metric with its interval, or with its source when the JSON has the same.
    pub(crate) fn metric<'e>(&'e mut self, name: &'e str, stat: &'e str, place: Place<'e>) -> Emit<'e> {
        let twice = !place.is_earlier() && is_taken(&self.taken, name, stat);
        let emit = self.sink.metric(name);
        let emit = if stat.is_empty() { emit } else { emit.stat(stat) };
        let emit = if twice { emit.label("source", "table") } else { emit };
        place.pairs().fold(emit, |emit, (key, value)| emit.label(key, value))
    }

    /// Says that a row cannot be read. An output may be made of nothing else, so that only the first ones are shown.
    pub(crate) fn say_broken(&mut self, row: &str) {
        const SHOWN: usize = 16;
        self.broken += 1;
        match self.broken {
            ..=SHOWN => self.sink.warn(code::MALFORMED, row, "a row of a percentile table that cannot be read"),
            n if n == SHOWN + 1 => self.sink.warn(code::MALFORMED, row, "more rows that cannot be read, from here on"),
            _ => {}
        }
    }

    /// Whether an earlier stream gave a metric of this name, whatever its labels.
    fn has(&self, name: &str) -> bool {
        self.sink.metrics().named(name).next().is_some()
    }
}

#[cold]
fn begin(about: About, sink: &mut MetricSink) -> (About, Series) {
    let emit = sink.metric(about.name).polarity(about.polarity);
    let emit = if about.stat.is_empty() { emit } else { emit.stat(about.stat) };
    let emit = if let Some(printed) = about.printed { emit.unit(printed) } else { emit };
    let series = emit.series();
    (about, series)
}

#[cold]
fn final_labels(about: &About, taken: &HashSet<String>, sink: &mut MetricSink) -> LabelSet {
    sink.labels(is_taken(taken, about.name, about.stat).then_some(("source", "table")))
}

fn is_taken(taken: &HashSet<String>, name: &str, stat: &str) -> bool {
    !taken.is_empty() && if stat.is_empty() { taken.contains(name) } else { taken.contains(&format!("{name}.{stat}")) }
}

/// Writes what the outline holds. `rate` says whether the command line asked for a rate. False when the output stops before
/// its end.
pub(crate) fn write(outline: &Outline<'_>, rate: Option<bool>, sink: &mut MetricSink) -> bool {
    let asked = || outline.rate || sink.metrics().named("request.slowdown.p99").next().is_some();
    let requests = rate.unwrap_or_else(asked);
    let mut writer = Writer::new(sink, requests);
    let runs: Vec<&[Block]> = runs(&outline.blocks).collect();
    let Some((last, earlier)) = runs.split_last() else { return !outline.cut };
    if let Some(first) = earlier.first() {
        say_several(&mut writer, outline, first, runs.len());
    }
    for (number, run) in (1..).zip(earlier) {
        write_run(&mut writer, outline, run, Some(&number.to_string()));
    }
    write_run(&mut writer, outline, last, None);
    let complete = last.last().is_none_or(|block| is_complete(&writer, outline, block));
    complete && !outline.cut
}

fn say_several(writer: &mut Writer<'_>, outline: &Outline<'_>, first: &[Block], count: usize) {
    let first = first.first().map_or("", |block| outline.marks[block.marks.start].text);
    let message = format!("{count} runs in one output: the last has the plain names, those before it are labelled repetition");
    writer.sink.warn(code::SEVERAL_DOCUMENTS, first, message);
}

fn write_run(writer: &mut Writer<'_>, outline: &Outline<'_>, run: &[Block], number: Option<&str>) {
    let mut counts = Counts::new(outline, run);
    let mut text = String::new();
    for (at, block) in (1..).zip(run.iter()) {
        let place = if at == run.len() { writer.end(number) } else { writer.interval(at, number, &mut text) };
        // The run time stands above each table of a block; it is a metric once.
        let mut first = true;
        for at in block.marks.clone() {
            let mark = &outline.marks[at];
            match mark.line() {
                Some(Line::Header(header)) => {
                    table::write(writer, (mark, header), outline.rows_of(at), place, std::mem::take(&mut first));
                }
                Some(line) => figure(writer, line, mark, block, place, &mut counts),
                None => {}
            }
        }
    }
}

/// Lines that come several times in a run and have no interval's tables beside them.
struct Counts {
    rates: usize,
    rate: usize,
    current: usize,
    thread: usize,
}

impl Counts {
    fn new(outline: &Outline<'_>, run: &[Block]) -> Self {
        let marks = run.iter().flat_map(|block| &outline.marks[block.marks.clone()]);
        let rates = marks.filter(|mark| mark.kind == LineKind::Rps).count();
        Self { rates, rate: 0, current: 0, thread: 0 }
    }
}

fn figure(writer: &mut Writer<'_>, line: Line<'_>, mark: &Mark<'_>, block: &Block, place: Place<'_>, counts: &mut Counts) {
    let end = writer.end(place.run);
    match line {
        Line::Header(_) => {}
        Line::Average(rate) => writer.metric("request.rate", "mean", end).unit(REQUEST_RATE).higher().push(rate),
        Line::Current(rate) => {
            counts.current += 1;
            let mut text = String::new();
            let known = place.interval.is_some_and(|(number, _)| number == counts.current);
            let place = if known { place } else { writer.interval(counts.current, place.run, &mut text) };
            let about = || about("request.rate", "last", REQUEST_RATE, Polarity::Higher);
            let (series, sink) = writer.series(Slot::CurrentRate, place, about);
            sink.push(series, rate);
        }
        Line::Rps { rate, summary } => {
            counts.rate += 1;
            rates(writer, rate, summary, end, Some(counts.rate).filter(|rate| *rate < counts.rates));
        }
        Line::Goal(rate) if block.last => {
            writer.metric("request.goal", "rate", end).unit(REQUEST_RATE).higher().push(rate);
        }
        Line::Goal(rate) | Line::ThreadGoal(rate) => {
            counts.thread += 1;
            let grown = matches!(line, Line::Goal(_));
            let polarity = if grown { Polarity::Higher } else { Polarity::Informational };
            let emit = writer.metric("request.goal", "rate", end).label("thread", counts.thread.to_string());
            emit.unit(REQUEST_RATE).polarity(polarity).push(rate);
        }
        Line::Transfer { operations, size, unit } => {
            if let Some(operations) = operations {
                writer.metric("transfer", "rate", end).unit(OPERATION_RATE).higher().push(operations);
            }
            writer.metric("throughput", "", end).unit(unit).higher().push(size);
        }
        Line::Delay { message, worker } => delay(writer, mark, block, place, message, worker),
        Line::Round { threads, p99 } => {
            writer.sink.ignore(&mark.text[..mark.text.len() - p99.len()], "cpu time and threads of a round: settings");
            writer.metric("wakeup.latency", "p99", end).label("threads", threads).unit(unit::US).lower().push(p99);
        }
    }
}

/// The `rps:` line. One that another follows is an interval's, or, with percentiles, a round's of `-a`.
fn rates(writer: &mut Writer<'_>, rate: &str, summary: Option<Summary<'_>>, end: Place<'_>, number: Option<usize>) {
    let Some(summary) = summary else {
        let mut text = String::new();
        let place = number.map_or(end, |number| writer.interval(number, end.run, &mut text));
        return writer.metric("request.rate", "mean", place).unit(REQUEST_RATE).higher().push(rate);
    };
    let mut push = |name, stat, unit, token, polarity, twice: bool| {
        let emit = writer.metric(name, stat, end).unit(unit).polarity(polarity);
        let emit = if twice { emit.label("source", "summary") } else { emit };
        match number {
            Some(number) => emit.label("round", number.to_string()).push(token),
            None => emit.push(token),
        }
    };
    push("request.rate", "mean", REQUEST_RATE, rate, Polarity::Higher, false);
    push("request.latency", "p95", unit::US, summary.p95, Polarity::Lower, true);
    push("request.latency", "p99", unit::US, summary.p99, Polarity::Lower, true);
    push("request.slowdown", "p95", unit::PERCENT, summary.p95_slowdown, Polarity::Lower, false);
    push("request.slowdown", "p99", unit::PERCENT, summary.p99_slowdown, Polarity::Lower, false);
}

/// At the end of a run the threads are gone, and with them the files that the delays are read from: upstream prints 0.
fn delay(writer: &mut Writer<'_>, mark: &Mark<'_>, block: &Block, place: Place<'_>, message: &str, worker: &str) {
    if place.interval.is_none() && !block.interval && message == "0" && worker == "0" {
        writer.sink.note(
            code::NO_SAMPLES,
            mark.text,
            "schbench reads the delays after its threads have ended: sched.delay{role=message} and sched.delay{role=worker} have no value",
        );
        writer.sink.ignore(mark.text, "read after the threads have ended");
        return;
    }
    for (slot, role, token) in [(Slot::MessageDelay, "message", message), (Slot::WorkerDelay, "worker", worker)] {
        let (series, sink) = writer.series(slot, place, || about("sched.delay", "", unit::US, Polarity::Lower));
        let labels = match place.labels {
            Some(labels) => sink.with_labels(labels, [("role", role)]),
            None => sink.labels([("role", role)]),
        };
        sink.push(series.labels(labels), token);
    }
}

fn about(name: &'static str, stat: &'static str, printed: Printed, polarity: Polarity) -> About {
    About { name, stat, printed: Some(printed), polarity }
}

/// Whether the last block of the last run is what a run ends with.
fn is_complete(writer: &Writer<'_>, outline: &Outline<'_>, block: &Block) -> bool {
    let tables = || block.marks.clone().filter(|at| outline.marks[*at].kind == LineKind::Header);
    if tables().any(|at| !outline.marks[at].complete) || (block.interval && !block.last) {
        return false;
    }
    // Since April 2023 three tables follow each other, but for the pipe mode, whose one table has the 20th percentile.
    let alone = |at: usize| outline.marks[at].text.starts_with("Wakeup Latencies") && !has_p20(outline.rows_of(at));
    let all = block.kinds.contains(Kind::Request) && block.kinds.contains(Kind::Rps);
    all || !tables().any(alone) || writer.has("throughput")
}

fn has_p20(rows: &[&str]) -> bool {
    rows.iter().any(|row| row.starts_with("20.0th"))
}
