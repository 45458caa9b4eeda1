use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::extract::Emit;
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

/// What takes less than half a second is not measured.
#[derive(Default)]
pub(crate) struct TooShort<'t>(Vec<(&'static str, &'static str, &'t str)>);

impl<'t> TooShort<'t> {
    /// Puts in the rate of `test`: an empty one was not asked for, and one of plus signs was not measured.
    pub(crate) fn rate(&mut self, test: Test, token: &'t str, scale: i8, repetition: Repetition, out: &mut MetricSink) {
        let (name, printed) = match test.kind {
            // The table has `k`, `m` and `g`, all powers of 1024.
            Kind::Throughput => ("throughput", unit::BYTE_PER_S.shift2(scale)),
            Kind::Seeks => ("seek.rate", Printed::base("{seek}/s")),
            Kind::Files => ("file.rate", Printed::base("{file}/s")),
        };
        if token.starts_with('+') {
            self.0.push((name, test.name, token));
        } else if !token.is_empty() {
            labelled(out.metric(name), test, repetition).unit(printed).higher().push(token);
        }
    }

    /// Says what was not measured.
    pub(crate) fn say(&self, out: &mut MetricSink) {
        for name in ["throughput", "seek.rate", "file.rate"] {
            let tests: Vec<&str> = self.0.iter().filter(|(of, ..)| *of == name).map(|(_, test, _)| *test).collect();
            if let Some((.., token)) = self.0.iter().find(|(of, ..)| *of == name) {
                out.note(
                    code::NO_SAMPLES,
                    token,
                    format!("{name} of {} has no value: too short to be measured", tests.join(", ")),
                );
            }
        }
    }
}

/// The share of a processor that `test` took.
pub(crate) fn cpu(test: Test, token: &str, repetition: Repetition, out: &mut MetricSink) {
    if !token.is_empty() && !token.starts_with('+') {
        let metric = labelled(out.metric("cpu.utilization"), test, repetition);
        metric.unit(unit::PERCENT).polarity(Polarity::Unknown).push(token);
    }
}

/// `54030us`, `184ms`, `12s`: the longest operation of `test`.
pub(crate) fn latency(test: Test, text: &str, repetition: Repetition, out: &mut MetricSink) {
    let Some((token, printed)) = time(text) else { return };
    labelled(out.metric("operation.latency.max"), test, repetition).unit(printed).lower().push(token);
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

fn labelled(metric: Emit<'_>, test: Test, repetition: Repetition) -> Emit<'_> {
    let metric = metric.label("test", test.name);
    repetition.into_iter().fold(metric, |metric, n| metric.label("repetition", n.to_string()))
}
