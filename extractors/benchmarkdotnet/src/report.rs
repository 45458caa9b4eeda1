//! The JSON exporters (brief, full, with one `Measurements` or not): `JsonExporterBase.cs`. Times are nanoseconds.

use prill_core::extract::{json_end, say_json};
use prill_core::scan::json::{Document, Node};
use prill_core::scan::{Search, percentile, unit};
use prill_core::{ExtractError, Input, MetricSink};

use crate::put::Place;

pub(crate) fn is_mine(text: &str) -> bool {
    text.has("\"HostEnvironmentInfo\"") && text.has("\"BenchmarkDotNet")
}

/// Reads the report in the text of `input`, if there is one.
pub(crate) fn read(input: &Input<'_>, out: &mut MetricSink) -> Option<Result<(), ExtractError>> {
    let text = input.text().as_str();
    if !is_mine(text) {
        return None;
    }
    let document = Document::read(text);
    let root = document.root()?;
    out.ignore(text, "setting, single iteration, bound of outliers or about the machine");
    root.get("Benchmarks").into_iter().flat_map(Node::items).for_each(|node| benchmark(node, out));
    say_json(document.problems(), input, out);
    Some(json_end(document.end(), input))
}

fn benchmark(node: Node<'_, '_>, out: &mut MetricSink) {
    let string = |key: &str| node.get(key).and_then(Node::as_str).unwrap_or_default();
    // Before 0.11 there is no full name. With parameters, it has them.
    let full = string("FullName");
    let plain = format!("{}.{}.{}", string("Namespace"), string("Type"), string("Method"));
    let parameters = string("Parameters");
    let place = Place {
        benchmark: if full.is_empty() { &plain } else { &full },
        parameters: (full.is_empty() && !parameters.is_empty()).then_some(&parameters),
        ..Place::default()
    };
    let Some(statistics) = node.get("Statistics").filter(|node| node.members().next().is_some()) else {
        return out.tool_failed(node.text(), format!("{} has no statistics: it failed", place.benchmark));
    };
    let number = |key: &str| Some(statistics.get(key)?.number()?.text());
    let place = Place { samples: number("N").and_then(|n| n.parse().ok()), ..place };
    number("N").into_iter().for_each(|token| place.count(token, out));
    let stats = [
        ("Min", "min"),
        ("Q1", "p25"),
        ("Median", "p50"),
        ("Mean", "mean"),
        ("Q3", "p75"),
        ("Max", "max"),
        ("InterquartileRange", "iqr"),
        ("StandardError", "stderr"),
        ("StandardDeviation", "stddev"),
    ];
    for (key, stat) in stats {
        number(key).into_iter().for_each(|token| place.time(stat, None, token, unit::NS, out));
    }
    interval(&place, statistics, out);
    for (key, node) in statistics.get("Percentiles").into_iter().flat_map(Node::members) {
        // The others are printed as minimum, quartile, median and maximum too.
        let percent = key.raw().strip_prefix('P').filter(|percent| !["0", "25", "50", "75", "100"].contains(percent));
        if let (Some(stat), Some(number)) = (percent.and_then(percentile::stat), node.number()) {
            place.time(&stat, None, number.text(), unit::NS, out);
        }
    }
    memory(&place, node, out);
}

fn interval(place: &Place<'_>, statistics: Node<'_, '_>, out: &mut MetricSink) {
    let Some(interval) = statistics.get("ConfidenceInterval") else { return };
    for (key, stat, bound) in [("Lower", "mean", Some("low")), ("Upper", "mean", Some("high")), ("Margin", "margin", None)] {
        if let Some(number) = interval.get(key).and_then(Node::number) {
            place.time(stat, bound, number.text(), unit::NS, out);
        }
    }
}

fn memory(place: &Place<'_>, node: Node<'_, '_>, out: &mut MetricSink) {
    let Some(memory) = node.get("Memory") else { return };
    for (key, generation) in [("Gen0Collections", "0"), ("Gen1Collections", "1"), ("Gen2Collections", "2")] {
        if let Some(number) = memory.get(key).and_then(Node::number) {
            place.collections(generation, number.text(), out);
        }
    }
    if let Some(number) = memory.get("BytesAllocatedPerOperation").and_then(Node::number) {
        place.allocated(number.text(), unit::BYTE, out);
    }
}
