use prill_core::extract::{json_end, say_json};
use prill_core::scan::json::{Document, Kind as Json, Node};
use prill_core::scan::{Search, unit};
use prill_core::{ExtractError, Input, MetricSink, Printed};

use crate::put::{IOPS, Kind, REQUESTS, Statistics, Value};

/// A line of `-J`.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("\"device_size\": ") || line.starts_with("\"localtime\": ")
}

/// Members of `stat` and of `load`; times are nanoseconds.
const STAT: [(&str, Kind, Printed); 11] = [
    ("count", Kind::Requests, REQUESTS),
    ("size", Kind::Bytes, unit::BYTE),
    ("time", Kind::Time, unit::NS),
    ("iops", Kind::Iops, IOPS),
    ("bps", Kind::Throughput, unit::BYTE_PER_S),
    ("min", Kind::Latency("min"), unit::NS),
    ("avg", Kind::Latency("mean"), unit::NS),
    ("max", Kind::Latency("max"), unit::NS),
    ("mdev", Kind::Latency("stddev"), unit::NS),
    ("too-fast", Kind::TooFast, REQUESTS),
    ("too-slow", Kind::TooSlow, REQUESTS),
];
const LOAD: [(&str, Kind, Printed); 5] = [
    ("count", Kind::LoadRequests, REQUESTS),
    ("size", Kind::LoadBytes, unit::BYTE),
    ("time", Kind::Elapsed, unit::NS),
    ("iops", Kind::LoadIops, IOPS),
    ("bps", Kind::LoadThroughput, unit::BYTE_PER_S),
];

/// Reads the array of `-J` in the text of `input`; `None` when there is none. Of several statistics the last one is the run's.
pub(crate) fn read(input: &Input<'_>, out: &mut MetricSink) -> Option<Result<(), ExtractError>> {
    let text = input.text().as_str();
    if !text.has("\"timestamp\"") || !text.has("\"target\"") {
        return None;
    }
    let document = Document::read(text);
    let root = document.root().filter(|root| root.items().any(|item| item.get("target").is_some()))?;
    let end = json_end(document.end(), input);
    let count = root.items().filter(|item| item.get("stat").is_some()).count();
    let mut seen = 0;
    for item in root.items() {
        let Some(stat) = item.get("stat") else {
            out.ignore(item.text(), "single request");
            continue;
        };
        seen += 1;
        for (_, node) in item.members().filter(|(key, _)| !["stat", "load"].contains(&key.raw())) {
            out.ignore(node.text(), "date or device");
        }
        let mut values = members(stat, &STAT, out);
        values.extend(item.get("load").into_iter().flat_map(|load| members(load, &LOAD, out)));
        let is_last = seen == count && end.is_ok();
        Statistics { values, interval: (!is_last).then_some(seen), has_load: true }.push(out);
    }
    say_json(document.problems(), input, out);
    Some(end)
}

fn members<'t>(node: Node<'_, 't>, known: &[(&str, Kind, Printed)], out: &mut MetricSink) -> Vec<(Kind, Value<'t>)> {
    let mut values = Vec::new();
    for (key, node) in node.members() {
        let found = known.iter().find(|(name, ..)| *name == key.raw());
        match found.filter(|_| matches!(node.kind(), Json::Number | Json::NotFinite)) {
            Some((_, kind, printed)) => values.push((*kind, Value { token: node.text(), printed: *printed })),
            None => out.ignore(node.text(), "member that is not known"),
        }
    }
    values
}
