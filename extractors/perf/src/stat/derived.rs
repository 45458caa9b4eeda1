use prill_core::Printed;
use prill_core::diagnostic::code;
use prill_core::extract::LabelSet;
use prill_core::scan::{Search, number, unit};

use super::counter::{Said, Whose};
use crate::step::step;
use crate::writer::{Quantity, Writer};

/// A number that perf computed from a count, and the words that say what it is: `0.006` and `CPUs utilized`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Derived<'t> {
    pub(crate) value: &'t str,
    /// With the `%` of the number at its start, where it has one.
    pub(crate) what: &'t str,
    /// The `%` of the number stands elsewhere.
    pub(crate) percent: bool,
}

impl<'t> Derived<'t> {
    pub(crate) fn new(value: &'t str, what: &'t str) -> Self {
        Self { value, what, percent: false }
    }

    /// `12.34% of all branches`
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let text = text.trim_ascii();
        let (value, what) = number::leading_grouped(text).or_else(|| {
            let end = text.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(text.len());
            is_nan(&text[..end]).then(|| text.split_at(end))
        })?;
        let what = what.trim_ascii();
        (!what.is_empty()).then_some(Self::new(value, what))
    }

    /// Puts the number in; `labels` are those of `whose` and of `event`.
    pub(crate) fn push(self, (whose, labels): (Whose<'t>, LabelSet), event: &'t str, said: &mut Said<'t>, out: &mut Writer<'_>) {
        let Kind { name, printed, label } = Kind::of(self.what, self.percent);
        if self.what.bytes().any(|b| b.is_ascii_digit()) {
            out.ignore(self.what, "name of the metric");
        }
        if is_nan(self.value) {
            if said.first("nan", self.what) {
                let of = if event.is_empty() { self.what } else { event };
                let message = format!("{name} of {of} has no value: `{}`", self.value);
                out.sink.warn(code::NO_SAMPLES, self.value, message);
            }
            return;
        }
        if self.value.contains(',') {
            // perf groups counts, never what it computes from them.
            if said.first("locale of derived", self.what) {
                let message = format!("{name} has no value: `{}` has a decimal comma (run perf with LC_ALL=C)", self.value);
                out.sink.warn(code::NOT_A_NUMBER, self.value, message);
            }
            return out.ignore(self.value, "number of another locale");
        }
        let step = printed.and_then(|printed| step(self.value, printed));
        let labels = match label {
            None => labels,
            Some(_) => {
                let event = (!event.is_empty()).then_some(("event", event));
                out.labels(whose.labels().chain(label).chain(event))
            }
        };
        out.put(Quantity::unknown(name, printed), labels, step, self.value);
    }
}

/// Whether the words are of one of perf's own metrics, which no other program prints.
pub(crate) fn is_known(what: &str) -> bool {
    let what = what.trim_ascii_start();
    let is_named = what.cut("  ").is_some_and(|(unit, name)| {
        (matches!(unit, "%" | "CPUs" | "GHz" | "instructions") || unit.ends_with("/sec")) && !name.trim_ascii().contains(' ')
    });
    is_named || what.starts_with("tma_") || what.has(" of all ") || is_percentage(what) || Kind::of(what, false).name != METRIC
}

fn is_nan(word: &str) -> bool {
    matches!(word, "nan" | "-nan" | "inf" | "-inf" | "none")
}

/// What has no name of its own.
const METRIC: &str = "event.metric";

/// What the words say.
struct Kind<'t> {
    name: &'static str,
    printed: Option<Printed>,
    label: Option<(&'static str, &'t str)>,
}

impl<'t> Kind<'t> {
    /// Since 6.19 the unit comes first and, behind two blanks, the name of a metric: `CPUs  CPUs_utilized`.
    fn of(what: &'t str, percent: bool) -> Self {
        let (text, percent) = what.strip_prefix('%').map_or((what, percent), |rest| (rest.trim_ascii(), true));
        let (of_unit, name) = text.cut("  ").map_or((text, text), |(unit, name)| (unit.trim_ascii(), name.trim_ascii()));
        let plain = |name, printed| Self { name, printed: Some(printed), label: None };
        let share = |of| Self { name: "event.share", printed: Some(unit::PERCENT), label: Some(("of", of)) };
        match (of_unit, name) {
            ("CPUs utilized", _) | (_, "CPUs_utilized") => plain("cpu.utilization", unit::RATIO),
            ("GHz" | "Ghz", _) => plain("cycle.rate", unit::HERTZ.shift(9)),
            ("insn per cycle", _) | (_, "insn_per_cycle") => {
                plain("instruction.per_cycle", Printed::base("{instruction}/{cycle}"))
            }
            ("stalled cycles per insn", _) => plain("stall.per_instruction", Printed::base("{cycle}/{instruction}")),
            ("frontend cycles idle" | "backend cycles idle", _) => share("cycles"),
            _ if of_unit.ends_with("/sec") && per_second(of_unit).is_some() => {
                Self { name: "event.rate", printed: per_second(of_unit), label: None }
            }
            _ => match text.strip_prefix("of all ") {
                Some(of) => share(of),
                None => {
                    let percent = percent || is_percentage(text);
                    Self { name: METRIC, printed: percent.then_some(unit::PERCENT), label: Some(("metric", name)) }
                }
            },
        }
    }
}

/// What is always a percentage, though `-x` and `-j` do not print the sign. Versions differ in the capitals.
fn is_percentage(text: &str) -> bool {
    const WORDS: [&str; 15] = [
        "retiring",
        "bad speculation",
        "frontend bound",
        "backend bound",
        "heavy operations",
        "light operations",
        "branch mispredict",
        "machine clears",
        "fetch latency",
        "fetch bandwidth",
        "memory bound",
        "core bound",
        "transactional cycles",
        "aborted cycles",
        "smi cycles%",
    ];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// `K/sec`, and since 6.19 `faults/sec` too.
fn per_second(text: &str) -> Option<Printed> {
    let rate = Printed::base("{event}/s");
    match text.strip_suffix("/sec")? {
        "" | "cs" | "faults" | "migrations" => Some(rate),
        "K" => Some(rate.shift(3)),
        "M" => Some(rate.shift(6)),
        "G" => Some(rate.shift(9)),
        _ => None,
    }
}
