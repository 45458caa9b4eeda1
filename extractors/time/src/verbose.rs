//! The rows of `time -v`: `Maximum resident set size (kbytes): 1676`.

use prill_core::scan::{Search, unit};
use prill_core::{MetricSink, Printed};

use crate::posix;
use crate::value::{clock, count, lower, utilization};

pub(crate) const FAULT: Printed = Printed::base("{fault}");
/// Of 512 bytes.
pub(crate) const BLOCK: Printed = Printed::base("{block}");
pub(crate) const SWITCH: Printed = Printed::base("{switch}");
pub(crate) const MESSAGE: Printed = Printed::base("{message}");

pub(crate) fn is_heading(line: &str) -> bool {
    indented(line).is_some_and(|line| line.starts_with("Command being timed: \""))
}

/// The line without the tab in front, or the blanks that an editor or a terminal made of it.
fn indented(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(['\t', ' ']);
    (text.len() < line.len()).then_some(text)
}

/// A row; true for the last one.
pub(crate) fn row(line: &str, out: &mut MetricSink) -> bool {
    let Some((key, value)) = indented(line).and_then(|line| line.cut_last(": ")) else {
        // The command may have several lines.
        out.ignore(line, "command");
        return false;
    };
    let value = value.trim();
    match key {
        "User time (seconds)" => lower("cpu_time", Some(("mode", "user")), unit::SECOND, value, out),
        "System time (seconds)" => lower("cpu_time", Some(("mode", "system")), unit::SECOND, value, out),
        "Percent of CPU this job got" => utilization(value.trim_end_matches('%'), out),
        "Elapsed (wall clock) time (h:mm:ss or m:ss)" => elapsed(value, out),
        "Average shared text size (kbytes)" => unused("rss.mean", Some(("kind", "text")), unit::KIB, value, out),
        "Average unshared data size (kbytes)" => unused("rss.mean", Some(("kind", "data")), unit::KIB, value, out),
        "Average stack size (kbytes)" => unused("rss.mean", Some(("kind", "stack")), unit::KIB, value, out),
        "Average total size (kbytes)" => unused("memory.mean", None, unit::KIB, value, out),
        "Maximum resident set size (kbytes)" => lower("rss.max", None, unit::KIB, value, out),
        "Average resident set size (kbytes)" => unused("rss.mean", None, unit::KIB, value, out),
        "Major (requiring I/O) page faults" => count("page_fault.count", Some(("kind", "major")), FAULT, value, out),
        "Minor (reclaiming a frame) page faults" => count("page_fault.count", Some(("kind", "minor")), FAULT, value, out),
        "Voluntary context switches" => count("context_switch.count", Some(("kind", "voluntary")), SWITCH, value, out),
        "Involuntary context switches" => count("context_switch.count", Some(("kind", "involuntary")), SWITCH, value, out),
        "Swaps" => unused("swap.count", None, Printed::base("{swap}"), value, out),
        "File system inputs" => count("io.count", Some(("op", "read")), BLOCK, value, out),
        "File system outputs" => count("io.count", Some(("op", "write")), BLOCK, value, out),
        "Socket messages sent" => unused("socket.message.count", Some(("op", "send")), MESSAGE, value, out),
        "Socket messages received" => unused("socket.message.count", Some(("op", "receive")), MESSAGE, value, out),
        "Signals delivered" => unused("signal.count", None, Printed::base("{signal}"), value, out),
        "Exit status" => {
            // After `Command terminated by signal` it says 0.
            out.ignore(value, "exit status");
            return true;
        }
        _ => out.ignore(line, "setting"),
    }
    false
}

/// `0:01.50`: the seconds without the zero in front. busybox prints `0m 1.50s` beside the same words.
pub(crate) fn elapsed(value: &str, out: &mut MetricSink) {
    if let Some(parts) = posix::time(value) {
        return clock("elapsed", None, &parts, out);
    }
    let mut parts: Vec<&str> = value.split(':').collect();
    if let Some(seconds) = parts.last_mut()
        && let Some(rest) = seconds.strip_prefix('0').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        out.ignore(&seconds[..1], "zero in front of the seconds");
        *seconds = rest;
    }
    if (2..=3).contains(&parts.len()) { clock("elapsed", None, &parts, out) } else { out.ignore(value, "time that is not known") }
}

/// A number that Linux does not keep, so that it is always zero there (getrusage(2)). Other systems keep some.
pub(crate) fn unused(name: &str, label: Option<(&str, &str)>, printed: Printed, token: &str, out: &mut MetricSink) {
    match token {
        "0" => out.ignore(token, "not measured by Linux"),
        _ => count(name, label, printed, token, out),
    }
}
