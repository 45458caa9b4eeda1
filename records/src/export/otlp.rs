//! OpenTelemetry's metrics in the JSON encoding of OTLP 1.x (opentelemetry-proto, `metrics.proto`, and the protobuf JSON mapping:
//! 64-bit integers are strings): a resource for each record, a gauge for each name and unit, a data point for each metric.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::UNIX_EPOCH;

use serde_json::{Value, json};

use super::{Row, json as write_json, rows};
use crate::model::Record;

pub(super) fn write(records: &[Record], out: &mut dyn Write) -> io::Result<()> {
    let resources: Vec<Value> = records.iter().map(resource).collect();
    write_json(&json!({ "resourceMetrics": resources }), out)
}

fn resource(record: &Record) -> Value {
    let mut gauges: BTreeMap<(&str, &str), Vec<Value>> = BTreeMap::new();
    for row in rows(std::slice::from_ref(record)) {
        let unit = row.metric.unit.as_deref().unwrap_or_default();
        gauges.entry((&row.metric.name, unit)).or_default().push(point(&row));
    }
    let metrics: Vec<Value> = gauges
        .into_iter()
        .map(|((name, unit), points)| json!({ "name": name, "unit": unit, "gauge": { "dataPoints": points } }))
        .collect();
    let scope = json!({ "name": "prill", "version": env!("CARGO_PKG_VERSION") });
    json!({
        "resource": { "attributes": attributes(&about(record)) },
        "scopeMetrics": [{ "scope": scope, "metrics": metrics }],
    })
}

/// OpenTelemetry's semantic conventions have names for these (registry of attributes 1.30), but for those that begin with `prill`.
fn about(record: &Record) -> Vec<(String, String)> {
    let identity = &record.identity;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut all = vec![
        ("service.name".to_owned(), identity.package.clone().unwrap_or_else(|| identity.binary.clone())),
        ("test.suite.name".to_owned(), identity.binary.clone()),
        ("test.case.name".to_owned(), text(&identity.test)),
        ("host.name".to_owned(), text(&record.host.name)),
        ("host.cpu.model.name".to_owned(), text(&record.host.cpu.model)),
        ("os.type".to_owned(), "linux".to_owned()),
        ("os.version".to_owned(), text(&record.host.kernel.release)),
        ("vcs.ref.head.revision".to_owned(), text(&record.source.commit)),
        ("prill.run".to_owned(), identity.run.clone()),
        ("prill.boot_id".to_owned(), text(&record.host.kernel.boot_id)),
        ("prill.verdict".to_owned(), record.verdict.clone()),
    ];
    all.extend(identity.parameters.iter().map(|(key, value)| (format!("prill.parameter.{key}"), value.clone())));
    all.retain(|(_, value)| !value.is_empty());
    all
}

fn point(row: &Row<'_>) -> Value {
    let own = [("payload".to_owned(), row.result.payload.clone()), ("polarity".to_owned(), row.metric.polarity.clone())];
    let mut all: Vec<(String, String)> = own.to_vec();
    if row.record.results.len() > 1 {
        all.push(("result".to_owned(), row.number.to_string()));
    }
    all.extend(row.metric.labels.iter().map(|(key, value)| (key.clone(), value.clone())));
    json!({
        "attributes": attributes(&all),
        "timeUnixNano": nanoseconds(&row.result.started),
        "asDouble": row.metric.value,
    })
}

fn attributes(all: &[(String, String)]) -> Vec<Value> {
    all.iter().map(|(key, value)| json!({ "key": key, "value": { "stringValue": value } })).collect()
}

fn nanoseconds(time: &str) -> String {
    let since = humantime::parse_rfc3339(time).ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.unwrap_or_default().as_nanos().to_string()
}
