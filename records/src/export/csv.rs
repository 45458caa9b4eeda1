//! One metric a row, in columns that data frames like (RFC 4180; "tidy data", Wickham 2014). Labels and parameters are a JSON
//! object each, in one column.

use std::borrow::Cow;
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
    write_head(out)?;
    write_rows(rows(records), out)
}

/// Writes the names of the columns.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_head(out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    writer.flush()
}

/// Writes some rows, which the names of the columns stand above.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_rows<'a>(rows: impl Iterator<Item = Row<'a>>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    for row in rows {
        writer.write_record(cells(row).iter().map(|cell| cell.as_bytes()))?;
    }
    writer.flush()
}

fn cells<'a>(row: Row<'a>) -> [Cow<'a, str>; 20] {
    let Row { record, number, result, metric } = row;
    let identity = &record.identity;
    let text = |text: &'a Option<String>| text.as_deref().unwrap_or_default().into();
    let object = |value| serde_json::to_string(value).unwrap_or_default().into();
    [
        (&*identity.run).into(),
        text(&identity.package),
        (&*identity.binary).into(),
        text(&identity.test),
        identity.attempt.to_string().into(),
        object(&identity.parameters),
        text(&record.source.commit),
        text(&record.host.name),
        text(&record.host.kernel.release),
        text(&record.host.kernel.boot_id),
        (&*result.started).into(),
        (&*result.payload).into(),
        number.to_string().into(),
        text(&result.verdict),
        (&*metric.name).into(),
        object(&metric.labels),
        metric.value.to_string().into(),
        text(&metric.unit),
        (&*metric.polarity).into(),
        metric.target.map(|target| target.to_string()).unwrap_or_default().into(),
    ]
}
