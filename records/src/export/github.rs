//! github-action-benchmark's own JSON (its README, "customSmallerIsBetter" and "customBiggerIsBetter"): a file has one direction,
//! so metrics of another one, or of none, are not in it.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{json as write_json, rows};
use crate::model::Record;

pub(super) fn write(records: &[Record], polarity: &str, out: &mut dyn Write) -> io::Result<()> {
    let of_direction = rows(records).filter(|row| row.metric.polarity == polarity);
    let entries = of_direction.map(|row| {
        let metric = row.metric;
        json!({
            "name": format!("{} {}", row.benchmark(), metric.identity()),
            "unit": metric.unit.as_deref().unwrap_or_default(),
            "value": metric.value,
        })
    });
    write_json(&Value::Array(entries.collect()), out)
}
