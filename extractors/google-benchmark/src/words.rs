use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::Search;

/// A line on stderr that only Google Benchmark prints.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with(NOTHING) || line.starts_with("***WARNING*** Library was built as DEBUG")
}

const NOTHING: &str = "Failed to match any benchmarks against regex";

/// Lines of `PrintBasicContext` of `reporter.cc`, above the report.
const CONTEXT: [&str; 6] = ["Running ", "Run on (", "CPU Caches:", "L1 ", "L2 ", "L3 "];

/// Reads a line that is no row; false when it is none of Google Benchmark's.
pub(crate) fn read(line: &str, out: &mut MetricSink) -> bool {
    if let Some(warning) = line.strip_prefix("***WARNING*** ") {
        out.warn(code::DEGRADED, line, warning);
    } else if line.starts_with(NOTHING) || is_failed_check(line) {
        out.tool_failed(line, format!("Google Benchmark says: {line}"));
    } else if !is_context(line) {
        return false;
    }
    out.ignore(line, "message");
    true
}

/// A benchmark that says itself why it has no time.
pub(crate) fn stopped(name: &str, message: &str, place: &str, out: &mut MetricSink) {
    if message.starts_with("SKIPPED") {
        out.note(code::NO_SAMPLES, place, format!("time.mean of {name} has no value: {message}"));
    } else {
        out.tool_failed(place, format!("{name}: {message}"));
    }
}

/// `./src/csv_reporter.cc:93: ReportRuns: Check `...' failed. ...`
fn is_failed_check(line: &str) -> bool {
    line.has(": Check `") && line.has("' failed.")
}

fn is_context(line: &str) -> bool {
    let date = |l: &str| l.len() >= 19 && l.as_bytes()[10] == b'T' && l.as_bytes()[4] == b'-' && l.as_bytes()[13] == b':';
    CONTEXT.iter().any(|start| line.starts_with(start)) || line.starts_with("Load Average: ") || date(line)
}
