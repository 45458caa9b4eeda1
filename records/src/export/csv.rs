//! One metric a row, in columns that data frames like (RFC 4180; "tidy data", Wickham 2014). Labels and parameters are a JSON
//! object each, in one column.

use std::io::{self, Write};

use super::{Row, rows};
use crate::model::Record;

/// The columns.
const COLUMNS: [&str; 20] = [
    "run",
    "package",
    "binary",
    "test",
    "attempt",
    "parameters",
    "commit",
    "host",
    "kernel",
    "boot_id",
    "started",
    "payload",
    "result",
    "verdict",
    "name",
    "labels",
    "value",
    "unit",
    "polarity",
    "target",
];

pub(super) fn write(records: &[Record], out: &mut dyn Write) -> io::Result<()> {
    write_rows(rows(records), true, out)
}

/// Writes some rows; those that come first have the names of the columns above them.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_rows<'a>(rows: impl Iterator<Item = Row<'a>>, first: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    if first {
        writer.write_record(COLUMNS)?;
    }
    for row in rows {
        writer.write_record(cells(row))?;
    }
    writer.flush()
}

fn cells(row: Row<'_>) -> [String; 20] {
    let Row { record, number, result, metric } = row;
    let identity = &record.identity;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let object = |value| serde_json::to_string(value).unwrap_or_default();
    [
        identity.run.clone(),
        text(&identity.package),
        identity.binary.clone(),
        text(&identity.test),
        identity.attempt.to_string(),
        object(&identity.parameters),
        text(&record.source.commit),
        text(&record.host.name),
        text(&record.host.kernel.release),
        text(&record.host.kernel.boot_id),
        result.started.clone(),
        result.payload.clone(),
        number.to_string(),
        text(&result.verdict),
        metric.name.clone(),
        object(&metric.labels),
        metric.value.to_string(),
        text(&metric.unit),
        metric.polarity.clone(),
        metric.target.map(|target| target.to_string()).unwrap_or_default(),
    ]
}
