//! Bencher Metric Format (bencher.dev/docs/reference/bencher-metric-format): benchmarks, their measures, a value for each. A
//! measure is known by its name alone, so labels are part of the benchmark's.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{json as write_json, rows};
use crate::model::Record;

pub(super) fn write(records: &[Record], out: &mut dyn Write) -> io::Result<()> {
    let mut benchmarks = Map::new();
    for row in rows(records) {
        let identity = row.metric.identity();
        let labels = identity.strip_prefix(row.metric.name.as_str()).unwrap_or_default();
        let measures = benchmarks.entry(format!("{}{labels}", row.benchmark())).or_insert_with(|| Value::Object(Map::new()));
        measures[&row.metric.name] = json!({ "value": row.metric.value });
    }
    write_json(&Value::Object(benchmarks), out)
}
