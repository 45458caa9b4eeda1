use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Text};

use crate::GFLOPS;

/// The first line of a report.
pub(crate) fn is_mark(line: &str) -> bool {
    let known = ["HPCG-Benchmark", "HPCG-Benchmark version:", "HPCG-Benchmark version", "HPCG Benchmark"];
    known.contains(&line.trim_end_matches(['=', ' ']))
        || line.starts_with("HPCG-Benchmark version: ")
        || line.has("HPCG result is ")
}

/// Reads `key::key=value` of 3.x, and the YAML of 2.x, whose keys stand below each other (`ReportResults.cpp`). True when the
/// text ends in a line.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> bool {
    let mut above: Vec<(usize, &str)> = Vec::new();
    for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
        if !line.ended {
            return true;
        }
        if let Some((path, value)) = line.trimmed().split_once('=').filter(|(path, _)| is_path(path)) {
            let mut parts = path.rsplitn(3, "::");
            let key = parts.next().unwrap_or(path);
            entry(parts.next().unwrap_or_default(), key, value.trim(), line, out);
        } else if let Some((key, value)) = yaml(line) {
            let depth = line.text.len() - line.text.trim_start().len();
            above.retain(|(above, _)| *above < depth);
            entry(above.last().map_or("", |(_, key)| key), key, value, line, out);
            above.push((depth, key));
        } else {
            out.ignore(line.text, "note");
        }
    }
    false
}

fn is_path(path: &str) -> bool {
    path.has("::") || !path.has(": ")
}

fn yaml(line: Line<'_>) -> Option<(&str, &str)> {
    let (key, value) = line.trimmed().split_once(':')?;
    Some((key.trim_matches('"').trim(), value.trim()))
}

/// The entry `key` below `section`.
fn entry(section: &str, key: &str, value: &str, line: Line<'_>, out: &mut MetricSink) {
    let section = section.trim_matches(['*', ' ', '"']);
    if key.starts_with("HPCG result is") && (key.has("INVALID") || value.has("INVALID")) {
        out.tool_failed(line.trimmed(), "HPCG says that the result is INVALID");
    }
    if !number::is_token(value) {
        return out.ignore(line.text, "note");
    }
    let kernel = key.strip_prefix("Raw ").unwrap_or(key);
    match section {
        _ if key.starts_with("HPCG result is VALID with a GFLOP/s rating of") => {
            out.metric("flop.rate").unit(GFLOPS).higher().push(value);
        }
        "GFLOP/s Summary" if key.starts_with("Raw ") => {
            out.metric("flop.rate").unit(GFLOPS).higher().label("kernel", kernel).push(value);
        }
        "GB/s Summary" if key.starts_with("Raw ") => {
            let (kernel, op) = bandwidth(kernel);
            let metric = out.metric("throughput").unit(unit::GB_PER_S).higher().label("kernel", kernel);
            op.into_iter().fold(metric, |metric, op| metric.label("op", op)).push(value);
        }
        "Benchmark Time Summary" => {
            out.metric("elapsed").unit(unit::SECOND).informational().label("kernel", kernel).push(value);
        }
        "Setup Information" if key == "Setup Time" => {
            out.metric("setup.time").unit(unit::SECOND).lower().push(value);
        }
        // Sizes, iterations, residuals, and what is derived from the above.
        _ => out.ignore(line.text, "setting, check, or derived from other results"),
    }
    out.ignore(key, "name");
}

/// `Read B/W`, `Write B/W`, `Total B/W`.
fn bandwidth(key: &str) -> (&str, Option<&'static str>) {
    match key {
        "Read B/W" => ("Total", Some("read")),
        "Write B/W" => ("Total", Some("write")),
        "Total B/W" => ("Total", None),
        other => (other, None),
    }
}
