//! `-rf json`, of `JSONResultFormat.java`.

use prill_core::extract::{json_end, say_json};
use prill_core::scan::Search;
use prill_core::scan::json::{Document, Node, Str};
use prill_core::{ExtractError, Input, MetricSink, Span};

use crate::put::{Part, Place};
use crate::quantity::{Quantity, stat};

/// What became of a text that was searched for a report.
pub(crate) struct Outcome {
    /// Where it stands.
    pub(crate) place: Option<Span>,
    pub(crate) end: Result<(), ExtractError>,
}

/// A line that only a report has.
pub(crate) fn is_mark(line: &str) -> bool {
    ["\"primaryMetric\"", "\"jmhVersion\""].iter().any(|key| line.has(key))
}

pub(crate) fn read(input: &Input<'_>, out: &mut MetricSink) -> Outcome {
    let text = input.text().as_str();
    if !text.has("\"primaryMetric\"") {
        return Outcome { place: None, end: Ok(()) };
    }
    let document = Document::read(text);
    let Some(root) = document.root() else { return Outcome { place: None, end: Ok(()) } };
    out.ignore(root.text(), "setting, or a single iteration");
    root.items().for_each(|run| benchmark(run, out));
    say_json(document.problems(), input, out);
    Outcome { place: Some(out.span_of(root.text())), end: json_end(document.end(), input) }
}

fn benchmark(run: Node<'_, '_>, out: &mut MetricSink) {
    let Some(name) = run.get("benchmark").and_then(Node::as_str) else { return };
    let pair = |(key, value): (_, Node<'_, '_>)| Some(format!("{}={}", Str::text(key), value.as_str()?));
    let pairs: Vec<String> = run.get("params").into_iter().flat_map(Node::members).filter_map(pair).collect();
    let parameters = pairs.join(", ");
    let place = Place { benchmark: &name, parameters: (!parameters.is_empty()).then_some(&parameters), ..Place::default() };
    run.get("primaryMetric").into_iter().for_each(|metric| result(&place, metric, out));
    for (label, metric) in run.get("secondaryMetrics").into_iter().flat_map(Node::members) {
        let label = label.text();
        result(&Place { label: Some(&label), ..place.clone() }, metric, out);
    }
}

fn result(place: &Place<'_>, metric: Node<'_, '_>, out: &mut MetricSink) {
    let Some(unit) = metric.get("scoreUnit").and_then(Node::as_str) else { return };
    // What the sample mode adds as secondary results is among the percentiles of the first.
    if place.label.is_some_and(|label| Quantity::of(Some(label), &unit).is_percentile()) {
        return;
    }
    let place = Place { samples: samples(metric), ..place.clone() };
    let mut bounds = metric.get("scoreConfidence").into_iter().flat_map(Node::items);
    let (low, high) = (bounds.next(), bounds.next());
    let scores =
        [(Part::Score, metric.get("score")), (Part::Margin, metric.get("scoreError")), (Part::Low, low), (Part::High, high)];
    scores.into_iter().for_each(|(part, node)| number(&place, part, node, &unit, out));
    for (percent, node) in metric.get("scorePercentiles").into_iter().flat_map(Node::members) {
        if let Some(stat) = stat(percent.raw()) {
            number(&place, Part::Stat(&stat), Some(node), &unit, out);
        }
    }
}

/// Puts in a number; what has none is a string, `"NaN"`.
fn number(place: &Place<'_>, part: Part<'_>, node: Option<Node<'_, '_>>, unit: &str, out: &mut MetricSink) {
    if let Some(number) = node.and_then(Node::number) {
        place.put(part, number.text(), unit, out);
    }
}

/// How many iterations or samples there are: numbers by fork, or `[value, count]` by fork and iteration.
fn samples(metric: Node<'_, '_>) -> Option<u64> {
    let forks = |key: &str| metric.get(key).into_iter().flat_map(Node::items).flat_map(Node::items).collect::<Vec<_>>();
    let iterations = forks("rawData").len() as u64;
    let pairs = forks("rawDataHistogram").into_iter().flat_map(Node::items);
    let counts = pairs.filter_map(|pair| pair.items().nth(1)?.number()?.text().parse::<u64>().ok());
    Some(iterations + counts.sum::<u64>()).filter(|samples| *samples > 0)
}
