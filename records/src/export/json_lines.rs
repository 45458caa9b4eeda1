//! One metric a line, with all that is known of it: for `jq`, for data frames, for any other tool.

use std::io::{self, Write};

use super::{Row, rows};
use crate::json::{self, Object};
use crate::model::Record;

pub(super) fn write(records: &[Record], out: &mut dyn Write) -> io::Result<()> {
    let mut buffer = Vec::new();
    for row in rows(records) {
        buffer.clear();
        line(&mut buffer, row);
        buffer.push(b'\n');
        out.write_all(&buffer)?;
    }
    Ok(())
}

fn line(buffer: &mut Vec<u8>, row: Row<'_>) {
    let Row { record, number, result, metric } = row;
    let identity = &record.identity;
    let mut object = Object::begin(buffer);
    object.string("run", &identity.run);
    object.string_or_null("package", identity.package.as_deref());
    object.string("binary", &identity.binary);
    object.string_or_null("test", identity.test.as_deref());
    object.integer("attempt", identity.attempt);
    json::value(object.key("parameters"), &identity.parameters);
    object.string_or_null("commit", record.source.commit.as_deref());
    object.string_or_null("host", record.host.name.as_deref());
    object.string_or_null("kernel", record.host.kernel.release.as_deref());
    object.string_or_null("boot_id", record.host.kernel.boot_id.as_deref());
    object.string("started", &result.started);
    object.string("payload", &result.payload);
    object.integer("result", number);
    object.string_or_null("verdict", result.verdict.as_deref());
    json::value(object.key("metric"), metric);
    object.end();
}
