//! The rows of BSD's `-l`: `    688128  maximum resident set size`.

use prill_core::diagnostic::code;
use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Printed};

use crate::value::{count, lower};
use crate::verbose::{BLOCK, FAULT, MESSAGE, SWITCH, unused};

/// macOS since 10.15 prints numbers in twenty columns.
const MACOS: usize = 20;

/// A row; false when the line is none. Memory is bytes in macOS and kilobytes in the BSDs, and a line of ten columns may be of either.
pub(crate) fn row(line: &str, out: &mut MetricSink) -> bool {
    let Some((token, key)) = line.trim_start().cut("  ").filter(|(token, _)| number::is_token(token)) else {
        return false;
    };
    let macos = line.len() - key.len() - 2 >= MACOS;
    match key {
        "maximum resident set size" if macos => lower("rss.max", None, unit::BYTE, token, out),
        "maximum resident set size" => {
            out.warn(code::UNKNOWN_UNIT, token, "rss.max is bytes in macOS before 10.15 and kilobytes in the BSDs");
            out.metric("rss.max").lower().push(token);
        }
        "average shared memory size" | "average unshared data size" | "average unshared stack size" if token == "0" => {
            out.ignore(token, "not measured");
        }
        "average shared memory size" => sized("text", token, out),
        "average unshared data size" => sized("data", token, out),
        "average unshared stack size" => sized("stack", token, out),
        "page reclaims" => count("page_fault.count", Some(("kind", "minor")), FAULT, token, out),
        "page faults" => count("page_fault.count", Some(("kind", "major")), FAULT, token, out),
        "swaps" => unused("swap.count", None, Printed::base("{swap}"), token, out),
        "block input operations" => count("io.count", Some(("op", "read")), BLOCK, token, out),
        "block output operations" => count("io.count", Some(("op", "write")), BLOCK, token, out),
        "messages sent" => count("socket.message.count", Some(("op", "send")), MESSAGE, token, out),
        "messages received" => count("socket.message.count", Some(("op", "receive")), MESSAGE, token, out),
        "signals received" => count("signal.count", None, Printed::base("{signal}"), token, out),
        "voluntary context switches" => count("context_switch.count", Some(("kind", "voluntary")), SWITCH, token, out),
        "involuntary context switches" => count("context_switch.count", Some(("kind", "involuntary")), SWITCH, token, out),
        "instructions retired" => lower("instruction.count", None, Printed::base("{instruction}"), token, out),
        "cycles elapsed" => lower("cycle.count", None, Printed::base("{cycle}"), token, out),
        "peak memory footprint" => lower("memory.footprint.max", None, unit::BYTE, token, out),
        _ => return false,
    }
    true
}

/// A size that a BSD sums up over ticks.
fn sized(kind: &str, token: &str, out: &mut MetricSink) {
    count("rss.mean", Some(("kind", kind)), unit::KIB, token, out);
}
