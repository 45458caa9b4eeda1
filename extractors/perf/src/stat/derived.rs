use prill_core::diagnostic::code;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Printed};

use crate::step::step;

/// A number that perf computed from a count, and the words that say what it is: `0.006` and `CPUs utilized`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Derived<'t> {
    pub(crate) value: &'t str,
    /// With the `%` of the number at its start, where it has one.
    pub(crate) what: &'t str,
}

impl<'t> Derived<'t> {
    /// `12.34% of all branches`
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let text = text.trim();
        let (value, what) = number::leading_grouped(text).or_else(|| {
            let end = text.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(text.len());
            is_nan(&text[..end]).then(|| text.split_at(end))
        })?;
        let what = what.trim();
        (!what.is_empty()).then_some(Self { value, what })
    }

    pub(crate) fn push(self, labels: &[(&'static str, &str)], event: &str, out: &mut MetricSink) {
        let Kind { name, printed, label } = Kind::of(self.what);
        let digits = self.what.bytes().any(|b| b.is_ascii_digit());
        if digits {
            out.ignore(self.what, "name of the metric");
        }
        if is_nan(self.value) {
            return out.warn(code::NO_SAMPLES, self.value, format!("{name} of {event} has no value: `{}`", self.value));
        }
        let mut metric = out.metric(name);
        for (key, value) in labels.iter().copied().chain(label).chain((!event.is_empty()).then_some(("event", event))) {
            metric = metric.label(key, value);
        }
        if let Some(printed) = printed {
            metric = metric.unit(printed);
        }
        if let Some(step) = printed.and_then(|printed| step(self.value, printed)) {
            metric = metric.resolution(step);
        }
        metric.push(self.value);
    }
}

fn is_nan(word: &str) -> bool {
    matches!(word, "nan" | "-nan" | "inf" | "-inf" | "none")
}

/// What the words say.
struct Kind<'t> {
    name: &'static str,
    printed: Option<Printed>,
    label: Option<(&'static str, &'t str)>,
}

impl<'t> Kind<'t> {
    /// Since 6.19 the unit comes first and, behind two blanks, the name of a metric: `CPUs  CPUs_utilized`.
    fn of(what: &'t str) -> Self {
        let (text, percent) = what.strip_prefix('%').map_or((what, false), |rest| (rest.trim(), true));
        let (of_unit, name) = text.split_once("  ").map_or((text, text), |(unit, name)| (unit.trim(), name.trim()));
        let plain = |name, printed| Self { name, printed: Some(printed), label: None };
        let percent = percent || PERCENTAGES.contains(&text);
        let share = |of| Self { name: "event.share", printed: Some(unit::PERCENT), label: Some(("of", of)) };
        match (of_unit, name) {
            ("CPUs utilized", _) | (_, "CPUs_utilized") => plain("cpu.utilization", unit::RATIO),
            ("GHz", _) => plain("cycle.rate", unit::HERTZ.shift(9)),
            ("insn per cycle", _) | (_, "insn_per_cycle") => {
                plain("instruction.per_cycle", Printed::base("{instruction}/{cycle}"))
            }
            ("stalled cycles per insn", _) => plain("stall.per_instruction", Printed::base("{cycle}/{instruction}")),
            ("frontend cycles idle" | "backend cycles idle", _) => share("cycles"),
            _ if per_second(of_unit).is_some() => Self { name: "event.rate", printed: per_second(of_unit), label: None },
            _ => match text.strip_prefix("of all ") {
                Some(of) => share(of),
                None => {
                    let printed = percent.then_some(unit::PERCENT);
                    Self { name: "event.metric", printed, label: Some(("metric", name)) }
                }
            },
        }
    }
}

/// What is always a percentage, though `-x` and `-j` do not print the sign.
const PERCENTAGES: [&str; 16] = [
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
    "Core bound",
    "transactional cycles",
    "aborted cycles",
    "SMI cycles%",
];

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
