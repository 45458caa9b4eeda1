use prill_core::diagnostic::code;
use prill_core::extract::{json_end, say_json};
use prill_core::scan::json::{Document, Kind as Json, Node};
use prill_core::scan::{Search, unit};
use prill_core::{ExtractError, Input, MetricSink};

use crate::put::{Kind, Place, put, run_of};

/// A line of the file.
pub(crate) fn is_mark(line: &str) -> bool {
    line.trim_start().starts_with("\"ALL STATS\"") || line.has("\"Misses/sec\"")
}

/// Reads the document of `--json-out-file` (`print_json` of `run_stats.cpp`); `None` when there is none.
pub(crate) fn read(input: &Input<'_>, out: &mut MetricSink) -> Option<Result<(), ExtractError>> {
    let text = input.text().as_str();
    if !text.has("\"Ops/sec\"") && !text.has("\"ALL STATS\"") {
        return None;
    }
    let document = Document::read(text);
    let root = document.root()?;
    let end = json_end(document.end(), input);
    for (key, node) in root.members() {
        let is_result = key.raw() == "ALL STATS" || key.raw().has(" RESULTS");
        if !is_result {
            out.ignore(node.text(), "setting");
            continue;
        }
        let run = run_of(key.raw().parts(" (").next().unwrap_or(key.raw()));
        for (key, node) in node.members() {
            result(key.raw(), node, Place { run: run.as_deref(), ..Place::default() }, out);
        }
    }
    say_json(document.problems(), input, out);
    Some(end)
}

/// `Runtime`, the statistics of a command (`Sets`), or its distribution (`SET`).
fn result(key: &str, node: Node<'_, '_>, place: Place<'_>, out: &mut MetricSink) {
    match key {
        "Runtime" => {
            let in_ms = node.get("Time unit").is_some_and(|unit| unit.text().has("MILLISECONDS"));
            for (key, node) in node.members() {
                if key.raw() == "Total duration" && in_ms {
                    let metric = out.metric("elapsed").unit(unit::MS).informational();
                    place.run.into_iter().fold(metric, |metric, run| metric.label("run", run)).push(node.text());
                } else {
                    out.ignore(node.text(), "date");
                }
            }
        }
        _ if node.get("Ops/sec").is_some() => statistics(node, Place { command: (key != "Totals").then_some(key), ..place }, out),
        _ => out.ignore(node.text(), "distribution, or state of the client"),
    }
}

fn statistics(node: Node<'_, '_>, place: Place<'_>, out: &mut MetricSink) {
    let zero = |node: Node<'_, '_>| node.text().bytes().all(|b| matches!(b, b'0' | b'.'));
    let is_idle = node.get("Count").or_else(|| node.get("Ops/sec")).is_some_and(zero);
    if is_idle {
        let name = place.command.unwrap_or("Totals");
        out.note(code::NO_SAMPLES, node.text(), format!("{name} has no latency: there was no such request"));
    }
    // The same number under two names.
    let has_mean = node.get("Average Latency").is_some();
    for (key, member) in node.members() {
        match key.raw() {
            "Latency" if has_mean => out.ignore(member.text(), "printed as Average Latency"),
            "Time-Serie" => {
                for (second, node) in member.members() {
                    out.ignore(second.raw(), "number of the interval");
                    interval(second.raw(), node, place, out);
                }
            }
            "Percentile Latencies" => member.members().for_each(|(key, node)| one(key.raw(), node, is_idle, place, out)),
            key => one(key, member, is_idle, place, out),
        }
    }
}

/// The statistics of one second, which is counted from 0.
fn interval(second: &str, node: Node<'_, '_>, place: Place<'_>, out: &mut MetricSink) {
    let Ok(number) = second.parse::<u64>() else { return out.ignore(node.text(), "interval without a number") };
    let interval = (number.saturating_add(1)).to_string();
    for (key, member) in node.members() {
        one(key.raw(), member, false, Place { interval: Some(&interval), ..place }, out);
    }
}

fn one(key: &str, node: Node<'_, '_>, is_idle: bool, place: Place<'_>, out: &mut MetricSink) {
    let kind = Kind::of_key(key);
    out.ignore(key, "name");
    if !matches!(node.kind(), Json::Number | Json::NotFinite) {
        out.ignore(node.text(), "distribution");
    } else if is_idle && matches!(kind, Kind::Latency(_)) {
        out.ignore(node.text(), "placeholder");
    } else {
        put(&kind, node.text(), place, out);
    }
}
