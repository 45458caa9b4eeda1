//! What `run --json` adds to the object of `extract --json`.

use prill_core::Outcome;
use prill_core::check::{Evidence, Reading};
use prill_core::process::End;

use super::outcome::Ran;
use crate::json::{self, Object};

/// `payload`, `argv`, `end`, `usage`, `checks` and `verdict`; and `run` where it is repeated.
pub(super) fn run(object: &mut Object<'_>, ran: &Ran, number: Option<u32>) {
    let metrics = &ran.metrics;
    if let Some(number) = number {
        object.integer("run", number);
    }
    object.string("payload", metrics.payload_name());
    object.array("argv", metrics.argv(), |buffer, word| json::string(buffer, word));
    object.object("end", |end| describe_end(end, ran));
    object.array("usage", metrics.usage_readings(), |buffer, reading| {
        let mut object = Object::begin(buffer);
        usage(&mut object, reading);
        object.end();
    });
    object.array("checks", ran.verdict.outcomes(), |buffer, outcome| {
        let mut object = Object::begin(buffer);
        check(&mut object, outcome);
        object.end();
    });
    object.string("verdict", ran.verdict.verdict().word());
}

fn describe_end(object: &mut Object<'_>, ran: &Ran) {
    match ran.metrics.end() {
        End::Exited(code) => {
            object.string("kind", "exited");
            object.integer("code", code);
        }
        End::Signalled { signal, core_dumped } => {
            object.string("kind", "signalled");
            object.string("signal", &signal.to_string());
            object.integer("core_dumped", core_dumped);
        }
        End::TimedOut { after, .. } => {
            object.string("kind", "timed_out");
            object.number("after", ran.timeout.unwrap_or(after).as_secs_f64());
        }
        End::Killed => object.string("kind", "killed"),
    }
    if ran.interrupted {
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
