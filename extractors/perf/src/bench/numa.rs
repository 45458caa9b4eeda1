//! The rows of `numa mem`: ` main,   5.474, GB/sec,   thread-speed`, and with `-q` ` 5.474 GB/sec/thread speed`. A GB is 10^9 bytes
//! here.

use prill_core::scan::{Search, number, unit};
use prill_core::{Polarity, Printed};

use super::row::Place;
use super::value::Value;
use crate::writer::Writer;

/// What a row measures: its words without and with `-q`, name, unit, polarity.
const ROWS: [(&str, &str, &str, Printed, Polarity); 12] = [
    ("NUMA-convergence-latency", "secs latency to NUMA-converge", "convergence.latency", unit::SECOND, Polarity::Lower),
    ("runtime-max/thread", "secs slowest (max) thread-runtime", "thread.elapsed.max", unit::SECOND, Polarity::Lower),
    ("runtime-min/thread", "secs fastest (min) thread-runtime", "thread.elapsed.min", unit::SECOND, Polarity::Lower),
    ("runtime-avg/thread", "secs average thread-runtime", "thread.elapsed.mean", unit::SECOND, Polarity::Lower),
    ("spread-runtime/thread", "% difference between max/avg runtime", "thread.elapsed.spread", unit::PERCENT, Polarity::Unknown),
    ("data/thread", "GB data processed, per thread", "processed.bytes.mean", unit::GB, Polarity::Higher),
    ("data-total", "GB data processed, total", "processed.bytes", unit::GB, Polarity::Higher),
    ("runtime/byte/thread", "nsecs/byte/thread runtime", "time.per_byte", Printed::base("s/By").shift(-9), Polarity::Lower),
    ("thread-speed", "GB/sec/thread speed", "throughput.mean", unit::GB_PER_S, Polarity::Higher),
    ("total-speed", "GB/sec total speed", "throughput", unit::GB_PER_S, Polarity::Higher),
    ("thread-system-time", "system CPU time/thread", "cpu_time", unit::SECOND, Polarity::Lower),
    ("thread-user-time", "user CPU time/thread", "cpu_time", unit::SECOND, Polarity::Lower),
];

/// A row; of the work, `fixed` says that its amount was given.
pub(super) fn row(shown: &str, place: &Place<'_>, fixed: bool, out: &mut Writer<'_>) -> bool {
    let (who, token, words) = match number::leading(shown) {
        Some((token, words)) => ("", token, words.trim()),
        None => {
            let Some((who, rest)) = shown.split_once(|c: char| c.is_whitespace()) else { return false };
            let Some((token, rest)) = number::leading(rest.trim_start()) else { return false };
            let Some(words) = rest.strip_prefix(',').and_then(|rest| rest.split_whitespace().last()) else { return false };
            (who.trim_end_matches(','), token, words)
        }
    };
    let Some((short, _, name, printed, polarity)) = ROWS.iter().find(|(short, long, ..)| *short == words || *long == words)
    else {
        return false;
    };
    let is_thread = who.starts_with("process") && who.has(":thread");
    let name = if is_thread && *name == "throughput.mean" { "throughput" } else { name };
    let polarity = if fixed && name.starts_with("processed.bytes") { Polarity::Informational } else { *polarity };
    let mut value = Value { polarity, ..Value::lower(name, *printed) };
    match (is_thread, *short) {
        (true, "thread-system-time") => value = value.label("mode", "system").thread(who),
        (true, "thread-user-time") => value = value.label("mode", "user").thread(who),
        (true, _) => value = value.thread(who),
        (false, _) if !who.is_empty() && who != "main" => value = value.label("test", who),
        _ => {}
    }
    if who.bytes().any(|b| b.is_ascii_digit()) {
        out.ignore(who, "identity of the row");
    }
    // Upstream divides whole nanoseconds by a whole number here.
    let step = if name == "thread.elapsed.min" { Some(1.0) } else { crate::step::step(token, *printed) };
    value.push_in_steps(step, token, place, out);
    true
}
