use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::extract::{Kept, LabelSet};
use prill_core::scan::{number, unit};
use prill_core::{Polarity, Printed};

/// A test, as `bon_csv2txt` calls it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Test {
    pub(crate) name: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Throughput,
    Seeks,
    Files,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Throughput => "throughput",
            Self::Seeks => "seek.rate",
            Self::Files => "file.rate",
        }
    }

    /// The unit, where the table has `k`, `m` and `g`, all powers of 1024.
    fn printed(self, scale: i8) -> Printed {
        match self {
            Self::Throughput => unit::BYTE_PER_S.shift2(scale),
            Self::Seeks => Printed::base("{seek}/s"),
            Self::Files => Printed::base("{file}/s"),
        }
    }
}

const fn test(name: &'static str, kind: Kind) -> Test {
    Test { name, kind }
}

/// The tests of a large file, in the order of all reports.
pub(crate) const IO: [Test; 6] = [
    test("putc", Kind::Throughput),
    test("put_block", Kind::Throughput),
    test("rewrite", Kind::Throughput),
    test("getc", Kind::Throughput),
    test("get_block", Kind::Throughput),
    test("seeks", Kind::Seeks),
];

/// The tests of many files.
pub(crate) const FILES: [Test; 6] = [
    test("seq_create", Kind::Files),
    test("seq_stat", Kind::Files),
    test("seq_del", Kind::Files),
    test("ran_create", Kind::Files),
    test("ran_stat", Kind::Files),
    test("ran_del", Kind::Files),
];

/// Which run it is, where there are several; counted from 1.
pub(crate) type Repetition = Option<usize>;

/// Puts in the numbers of one run after the other.
#[derive(Default)]
pub(crate) struct Put<'t> {
    repetition: Repetition,
    /// The labels of the tests of this run.
    sets: Vec<(Test, LabelSet)>,
    series: Kept<(Kind, Printed)>,
    shares: Kept<()>,
    latencies: Kept<Printed>,
    short: Vec<(Test, &'t str)>,
}

impl<'t> Put<'t> {
    /// From here on the numbers of this run.
    pub(crate) fn run(&mut self, repetition: Repetition) {
        self.repetition = repetition;
        self.sets.clear();
    }

    /// Puts in the rate of `test`: an empty one was not asked for, and one of plus signs was not measured.
    pub(crate) fn rate(&mut self, test: Test, token: &'t str, scale: i8, out: &mut MetricSink) {
        if token.starts_with('+') {
            self.short.push((test, token));
        } else if !token.is_empty() {
            let labels = self.labels(test, out);
            let printed = test.kind.printed(scale);
            let begin = |_: &_| out.metric(test.kind.name()).unit(printed).higher().series();
            let series = self.series.get((test.kind, printed), begin);
            out.push(series.labels(labels), token);
        }
    }

    /// The share of a processor that `test` took.
    pub(crate) fn cpu(&mut self, test: Test, token: &str, out: &mut MetricSink) {
        if !token.is_empty() && !token.starts_with('+') {
            let labels = self.labels(test, out);
            let begin = |_: &()| out.metric("cpu.utilization").unit(unit::PERCENT).polarity(Polarity::Unknown).series();
            let series = self.shares.get((), begin);
            out.push(series.labels(labels), token);
        }
    }

    /// `54030us`, `184ms`, `12s`: the longest operation of `test`.
    pub(crate) fn latency(&mut self, test: Test, text: &str, out: &mut MetricSink) {
        let Some((token, printed)) = time(text) else { return };
        let labels = self.labels(test, out);
        let begin = |_: &Printed| out.metric("operation.latency.max").unit(printed).lower().series();
        let series = self.latencies.get(printed, begin);
        out.push(series.labels(labels), token);
    }

    /// Says what took less than half a second, and was not measured.
    pub(crate) fn say(&mut self, out: &mut MetricSink) {
        for kind in [Kind::Throughput, Kind::Seeks, Kind::Files] {
            let mut tests = self.short.iter().filter(|(test, _)| test.kind == kind).peekable();
            let Some((_, token)) = tests.peek().copied() else { continue };
            let mut message = format!("{} of ", kind.name());
            for (number, (test, _)) in tests.enumerate() {
                message.push_str(if number > 0 { ", " } else { "" });
                message.push_str(test.name);
            }
            message.push_str(" has no value: too short to be measured");
            out.note(code::NO_SAMPLES, token, message);
        }
        self.short.clear();
    }

    fn labels(&mut self, test: Test, out: &mut MetricSink) -> LabelSet {
        if let Some((_, set)) = self.sets.iter().rev().find(|(known, _)| *known == test) {
            return *set;
        }
        let number = self.repetition.map(|n| n.to_string());
        let repetition = number.as_deref().map(|n| ("repetition", n));
        let set = out.labels(repetition.into_iter().chain([("test", test.name)]));
        self.sets.push((test, set));
        set
    }
}

/// The number and the unit of a latency.
pub(crate) fn time(text: &str) -> Option<(&str, Printed)> {
    let (token, word) = number::leading(text)?;
    let printed = match word {
        "us" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        _ => return None,
    };
    Some((token, printed))
}
