//! OpenMetrics 1.0 (the specification of the Prometheus project): each metric is a gauge, called after its name and unit, with
//! what it was measured in as labels. Gauges of the newest record stand for all of its kind, since a scrape has no history:
//! export one run at a time.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Row, rows};
use crate::model::Record;

/// Labels of a sample, as written; its value.
type Samples = BTreeMap<String, f64>;

pub(super) fn write(records: &[Record], out: &mut dyn Write) -> io::Result<()> {
    // All samples of a family stand together, and no two have the same labels.
    let mut families: BTreeMap<(String, &str), Samples> = BTreeMap::new();
    for row in rows(records) {
        let unit = unit(row.metric.unit.as_deref());
        let name = family(&row.metric.name, unit);
        families.entry((name, unit)).or_default().insert(labels(&row), row.metric.value);
    }
    for ((name, unit), samples) in families {
        writeln!(out, "# TYPE {name} gauge")?;
        if !unit.is_empty() {
            writeln!(out, "# UNIT {name} {unit}")?;
        }
        for (labels, value) in samples {
            writeln!(out, "{name}{{{labels}}} {value}")?;
        }
    }
    out.write_all(b"# EOF\n")
}

/// The unit as OpenMetrics spells it; empty for what is counted and for what is not known.
fn unit(code: Option<&str>) -> &'static str {
    match code {
        Some("s") => "seconds",
        Some("By") => "bytes",
        Some("By/s") => "bytes_per_second",
        Some("Hz") => "hertz",
        Some("1") => "ratio",
        Some("W") => "watts",
        Some("J") => "joules",
        Some("Cel") => "celsius",
        Some(code) if code.starts_with('{') && code.ends_with("}/s") => "per_second",
        _ => "",
    }
}

/// A name ends in its unit. Two formats may print one name in different units, which are two families.
fn family(name: &str, unit: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if unit.is_empty() { format!("prill_{plain}") } else { format!("prill_{plain}_{unit}") }
}

fn labels(row: &Row<'_>) -> String {
    let identity = &row.record.identity;
    let number = row.number.to_string();
    let mut all: BTreeMap<String, &str> = BTreeMap::new();
    for (key, value) in [
        ("package", identity.package.as_deref().unwrap_or_default()),
        ("test", identity.test.as_deref().unwrap_or_default()),
        ("payload", row.result.payload.as_str()),
        ("result", if row.record.results.len() > 1 { &number } else { "" }),
        ("host", row.record.host.name.as_deref().unwrap_or_default()),
        ("commit", row.record.source.commit.as_deref().unwrap_or_default()),
    ] {
        // An empty label is the same as none.
        if !value.is_empty() {
            all.insert(key.to_owned(), value);
        }
    }
    for (key, value) in row.labels() {
        let key: String = key.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let key =
            if all.contains_key(&key) || key.starts_with(|c: char| c.is_ascii_digit()) { format!("label_{key}") } else { key };
        all.insert(key, value);
    }
    let written: Vec<String> = all.iter().map(|(key, value)| format!("{key}=\"{}\"", escaped(value))).collect();
    written.join(",")
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
