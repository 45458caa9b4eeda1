//! What came of a run, beside what was read out of its output.

use std::time::Duration;

use prill_core::check::{Evidence, Reading};
use prill_core::process::End as Ended;
use prill_core::{AssertResult, Outcome, PayloadMetrics};

use super::{Object, string};

/// What the caller of a run knows of its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct End {
    /// How long it was allowed to run; what the engine gives is measured, and off by microseconds.
    pub timeout: Option<Duration>,
    /// A signal asked the harness to end.
    pub interrupted: bool,
}

/// Writes `payload`, `argv`, `end` and `usage`.
pub fn result(object: &mut Object<'_>, metrics: &PayloadMetrics, known: End) {
    object.string("payload", metrics.payload_name());
    object.array("argv", metrics.argv(), |buffer, word| string(buffer, word));
    object.object("end", |object| end(object, metrics.end(), known));
    object.array("usage", metrics.usage_readings(), |buffer, reading| {
        let mut object = Object::begin(buffer);
        usage(&mut object, reading);
        object.end();
    });
}

/// Writes `checks` and `verdict`.
pub fn checks(object: &mut Object<'_>, verdict: &AssertResult) {
    outcomes(object, verdict);
    object.string("verdict", verdict.verdict().word());
}

/// Writes `checks` alone.
pub fn outcomes(object: &mut Object<'_>, verdict: &AssertResult) {
    object.array("checks", verdict.outcomes(), |buffer, outcome| {
        let mut object = Object::begin(buffer);
        check(&mut object, outcome);
        object.end();
    });
}

fn end(object: &mut Object<'_>, end: Ended, known: End) {
    match end {
        Ended::Exited(code) => {
            object.string("kind", "exited");
            object.integer("code", code);
        }
        Ended::Signalled { signal, core_dumped } => {
            object.string("kind", "signalled");
            object.string("signal", &signal.to_string());
            object.integer("core_dumped", core_dumped);
        }
        Ended::TimedOut { after, .. } => {
            object.string("kind", "timed_out");
            object.number("after", known.timeout.unwrap_or(after).as_secs_f64());
        }
        Ended::Killed => object.string("kind", "killed"),
    }
    if known.interrupted {
        object.integer("interrupted", true);
    }
}

fn usage(object: &mut Object<'_>, reading: &Reading<'_>) {
    object.string("name", reading.name);
    object.number("value", reading.value);
    object.string_or_null("unit", reading.unit.map(|unit| unit.code()));
}

fn check(object: &mut Object<'_>, outcome: &Outcome) {
    object.string("check", &outcome.check);
    object.string("verdict", outcome.verdict.word());
    object.string("reason", &outcome.reason);
    match &outcome.evidence {
        Evidence::None => {}
        Evidence::Values(values) => object.array("values", values, |buffer, actual| {
            let mut object = Object::begin(buffer);
            object.string("metric", &actual.metric);
            object.number("value", actual.value);
            object.string_or_null("unit", actual.unit.map(|unit| unit.code()));
            object.end();
        }),
        Evidence::Exit { expected, actual, stderr } => {
            object.integer("expected", expected);
            object.integer("exit_code", actual.code());
            object.string("stderr", &String::from_utf8_lossy(stderr));
        }
    }
}
