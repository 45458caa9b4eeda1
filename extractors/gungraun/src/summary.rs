//! The JSON summaries, one document for each benchmark: `--output-format=json` and `pretty-json`, or `summary.json`.

use prill_core::extract::{json_end, say_json};
use prill_core::scan::Search;
use prill_core::scan::json::{self, Document, End, Kind as Json, Node};
use prill_core::{ExtractError, Input, MetricSink, Span};

use crate::kind::Kind;
use crate::put::{self, Place};

/// What became of a text that was searched for summaries.
pub(crate) struct Outcome {
    /// Where they stand.
    pub(crate) places: Vec<Span>,
    pub(crate) end: Result<(), ExtractError>,
}

/// A line that only a summary has.
pub(crate) fn is_mark(line: &str) -> bool {
    line.has("\"benchmark_exe\":") || line.trim_start() == "\"metrics_summary\": {"
}

/// Reads all summaries in the text of `input`.
pub(crate) fn read(input: &Input<'_>, out: &mut MetricSink) -> Outcome {
    let mut outcome = Outcome { places: Vec::new(), end: Ok(()) };
    let text = input.text().as_str();
    if !text.has("\"benchmark_exe\"") {
        return outcome;
    }
    for (span, end) in json::documents(text) {
        let document = Document::at(text, span.start);
        let Some(root) = document.root().filter(|root| root.get("benchmark_exe").is_some()) else { continue };
        let place = Span::new(span.start + input.text().offset(), span.end + input.text().offset());
        out.ignore_span(place, "about the run, or an earlier one");
        outcome.places.push(place);
        benchmark(root, out);
        if end != End::Whole {
            outcome.end = json_end(end, input);
        }
        say_json(document.problems(), input, out);
    }
    outcome
}

fn benchmark(root: Node<'_, '_>, out: &mut MetricSink) {
    let Some(path) = root.get("module_path").and_then(Node::as_str) else { return };
    let name = match root.get("id").and_then(Node::as_str) {
        Some(id) => format!("{path} {id}"),
        None => path.into_owned(),
    };
    let profile = |tool: Option<&str>, data: Node<'_, '_>, out: &mut MetricSink| {
        let tool = tool.map(str::to_ascii_lowercase).filter(|tool| tool != "callgrind");
        summaries(Place { benchmark: &name, tool: tool.as_deref(), segment: None }, data, out);
    };
    // Schemas 1 to 3 keep callgrind apart.
    if let Some(callgrind) = root.get("callgrind_summary") {
        callgrind.get("callgrind_run").or(callgrind.get("summaries")).into_iter().for_each(|data| profile(None, data, out));
    }
    let tools = [root.get("profiles"), root.get("tool_summaries")].into_iter().flatten().flat_map(Node::items);
    for node in tools {
        let tool = node.get("tool").and_then(Node::as_str);
        node.get("summaries").into_iter().for_each(|data| profile(tool.as_deref(), data, out));
    }
}

/// The total of a tool; where there is none, as in schemas 1 and 2, one process after the other.
fn summaries(place: Place<'_>, data: Node<'_, '_>, out: &mut MetricSink) {
    if let Some(total) = data.get("total") {
        if total.get("regressions").is_some_and(|list| list.items().next().is_some()) {
            out.tool_failed(total.text(), format!("{} has regressed, says gungraun", place.benchmark));
        }
        return counts(place, total, out);
    }
    let several = data.items().nth(1).is_some();
    for (i, run) in data.items().enumerate() {
        let segment = (i + 1).to_string();
        let place = Place { segment: several.then_some(&segment), ..place };
        counts(place, run, out);
    }
}

/// All that is counted in `node` and below.
fn counts(place: Place<'_>, node: Node<'_, '_>, out: &mut MetricSink) {
    for (key, node) in node.members().filter(|(key, node)| node.kind() == Json::Object && key.raw() != "details") {
        match Kind::key(key.raw()) {
            Some(kind) => count(kind, place, node, out),
            None => counts(place, node, out),
        }
    }
}

/// `{"diffs": {"diff_pct": "2.0"}, "metrics": {"Both": [{"Int": 6}, {"Int": 5}]}}`; in schemas 1 and 2 `{"new": 6, "old": 5}`.
fn count(kind: &Kind, place: Place<'_>, node: Node<'_, '_>, out: &mut MetricSink) {
    let new = match node.get("metrics") {
        Some(metrics) => metrics.get("Left").or_else(|| metrics.get("Both")?.items().next()),
        None => node.get("new"),
    };
    let number = new.and_then(|new| new.get("Int").or(new.get("Float")).unwrap_or(new).number());
    let Some(number) = number else { return };
    let both = node.get("metrics").is_none_or(|metrics| metrics.get("Both").is_some());
    let change = node.get("diffs").unwrap_or(node).get("diff_pct").filter(|_| both);
    let change = change.and_then(|change| change.number().map(|n| n.text()).or(change.string().map(|s| s.raw())));
    put::put(kind, place, number.text(), change.filter(|change| !change.ends_with("inf")), out);
}
