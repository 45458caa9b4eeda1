//! The Bencher Metric Format, JSON that programs write for Bencher.
//!
//! - [`Bmf`]: the format
#![forbid(unsafe_code)]

use prill_core::diagnostic::code;
use prill_core::extract::{json_end, say_json};
use prill_core::scan::json::{Document, Kind, Node};
use prill_core::scan::{Search, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Polarity, Printed, Sniff, Streams, Text};

/// The format of `{"fib": {"latency": {"value": 88.5, "lower_value": 87.0, "upper_value": 90.0}}}`.
pub struct Bmf;

impl Extractor for Bmf {
    fn name(&self) -> &str {
        "bmf"
    }

    fn summary(&self) -> &str {
        "Bencher Metric Format: JSON of benchmarks and their measures"
    }

    fn streams(&self) -> Streams {
        Streams::StdoutThenStderr
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if !text.as_str().has("\"value\"") {
            return Sniff::No;
        }
        match Document::read(text.as_str()).root() {
            Some(root) if is_report(root) => Sniff::Likely,
            _ => Sniff::No,
        }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text().as_str();
        let document = Document::read(text);
        let Some(root) = document.root().filter(|root| is_report(*root)) else { return Err(ExtractError::NotFound) };
        out.ignore(text, "name or text");
        for (benchmark, measures) in root.members() {
            let benchmark = benchmark.text();
            measures.members().for_each(|(measure, node)| put(&benchmark, &measure.text(), node, out));
        }
        say_json(document.problems(), input, out);
        json_end(document.end(), input)
    }
}

/// Whether all in it are benchmarks of measures; one that is cut may lack its value.
fn is_report(root: Node<'_, '_>) -> bool {
    let is_measure = |node: Node<'_, '_>| node.kind() == Kind::Object && node.members().all(|(key, _)| is_key(key.raw()));
    let is_benchmark = |node: Node<'_, '_>| node.kind() == Kind::Object && node.members().all(|(_, node)| is_measure(node));
    let has_value = |node: Node<'_, '_>| node.members().any(|(_, measure)| measure.get("value").is_some());
    root.members().all(|(_, node)| is_benchmark(node)) && root.members().any(|(_, node)| has_value(node))
}

fn is_key(key: &str) -> bool {
    ["value", "lower_value", "upper_value"].contains(&key)
}

fn put(benchmark: &str, measure: &str, node: Node<'_, '_>, out: &mut MetricSink) {
    // The measures that Bencher has of itself, with its units; others have the unit that their project gives them.
    let (name, printed, polarity) = match measure {
        "latency" => ("latency", Some(unit::NS), Polarity::Lower),
        "throughput" => ("operation.rate", Some(Printed::base("{operation}/s")), Polarity::Higher),
        "build-time" => ("build.time", Some(unit::SECOND), Polarity::Lower),
        "file-size" => ("file.size", Some(unit::BYTE), Polarity::Lower),
        "instructions" => ("instruction.count", Some(Printed::base("{instruction}")), Polarity::Lower),
        "estimated-cycles" => ("cycle.count", Some(Printed::base("{cycle}")), Polarity::Lower),
        _ => ("value", None, Polarity::Unknown),
    };
    for (key, bound) in [("value", None), ("lower_value", Some("low")), ("upper_value", Some("high"))] {
        let Some(number) = node.get(key).and_then(Node::number) else { continue };
        if printed.is_none() && bound.is_none() {
            out.note(code::UNKNOWN_UNIT, number.text(), format!("the unit of {measure} is not in the document"));
        }
        let metric = out.metric(name).polarity(polarity).label("benchmark", benchmark.to_owned());
        let metric = if name == "value" { metric.label("measure", measure.to_owned()) } else { metric };
        let metric = bound.into_iter().fold(metric, |metric, bound| metric.label("bound", bound));
        printed.into_iter().fold(metric, |metric, printed| metric.unit(printed)).push(number.text());
    }
}

prill_core::register_extractor!(Bmf);
