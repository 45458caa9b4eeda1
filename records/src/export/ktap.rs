//! KTAP version 1 (the kernel's Documentation/dev-tools/ktap.rst): a test for each record, a subtest for each of its checks.
//! Metrics are diagnostic lines, which readers pass on and do not judge. An inconclusive test is `not ok`.

use std::io::{self, Write};

use super::row::name;
use crate::model::{Check, Record};

pub(super) fn write(records: &[Record], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "KTAP version 1\n1..{}", records.len())?;
    for (number, record) in (1..).zip(records) {
        one(number, record, out)?;
    }
    Ok(())
}

fn one(number: usize, record: &Record, out: &mut dyn Write) -> io::Result<()> {
    let name = description(&name(record));
    let checks: Vec<&Check> = record.results.iter().flat_map(|result| &result.checks).collect();
    writeln!(out, "  KTAP version 1\n  # Subtest: {name}\n  1..{}", checks.len())?;
    for metric in record.results.iter().flat_map(|result| &result.metrics) {
        let unit = metric.unit.as_deref().unwrap_or_default();
        writeln!(out, "  # {} = {} {unit}", description(&metric.identity()), metric.value)?;
    }
    for (number, check) in (1..).zip(checks) {
        line("  ", number, &check.check, &check.verdict, &check.reason, out)?;
    }
    for line in record.error.iter().flat_map(|error| error.lines()) {
        writeln!(out, "# {line}")?;
    }
    let reason = record.checks.iter().find(|check| check.verdict == record.verdict).map_or("", |check| &check.reason);
    line("", number, &name, &record.verdict, reason, out)
}

fn line(indent: &str, number: usize, name: &str, verdict: &str, reason: &str, out: &mut dyn Write) -> io::Result<()> {
    let name = description(name);
    let reason = description(reason);
    match verdict {
        "passed" => writeln!(out, "{indent}ok {number} {name}"),
        "skipped" => writeln!(out, "{indent}ok {number} {name} # SKIP {reason}"),
        "inconclusive" => writeln!(out, "{indent}# inconclusive: {reason}\n{indent}not ok {number} {name}"),
        _ => writeln!(out, "{indent}# {reason}\n{indent}not ok {number} {name}"),
    }
}

/// A `#` would begin a directive.
fn description(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('#', "_")
}
