//! What the fileio test printed before 1.0 and prints since 1.1, where it is not one number on a line.

use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::put::{IOPS, Kind, OPERATION, bytes};

/// Reads a line; false when it is none of them. `part` is the checkpoint that it is of.
pub(crate) fn read(text: &str, part: Option<(&'static str, &str)>, out: &mut MetricSink) -> bool {
    iops(text, part, out) || operations(text, part, out) || transferred(text, part, out) || requests(text, part, out)
}

/// 1.1: `read:  IOPS=2963.79 46.31 MiB/s (48.56 MB/s)`, `fsync: IOPS=6325.42`
fn iops(text: &str, part: Option<(&'static str, &str)>, out: &mut MetricSink) -> bool {
    let Some((op, rest)) = text.split_once(':') else { return false };
    let Some(rest) = rest.trim_start().strip_prefix("IOPS=").filter(|_| matches!(op, "read" | "write" | "fsync")) else {
        return false;
    };
    let (token, rest) = rest.split_once(' ').unwrap_or((rest, &rest[rest.len()..]));
    Kind::higher("iops", IOPS).op(op).push(token, part, out);
    if let Some((token, again)) = rest.cut(" MiB/s") {
        Kind::higher("throughput", unit::MIB_PER_S).op(op).push(token, part, out);
        out.ignore(again, "the same in megabytes");
    }
    true
}

/// 0.4: `Operations performed:  6008 Read, 3997 Write, 12800 Other = 22805 Total`; 0.5: `6008 reads, 3997 writes`
fn operations(text: &str, part: Option<(&'static str, &str)>, out: &mut MetricSink) -> bool {
    let Some((each, total)) = text.strip_prefix("Operations performed:").and_then(|text| text.cut(" = ")) else {
        return false;
    };
    let Some(total) = total.strip_suffix(" Total") else { return false };
    let count = Kind::new("operation.count", OPERATION, Polarity::Informational);
    for one in each.parts(", ") {
        let Some((token, op)) = one.trim_start().split_once(' ') else { continue };
        let op = match op {
            "Read" | "reads" => "read",
            "Write" | "writes" => "write",
            _ => "other",
        };
        count.op(op).push(token, part, out);
    }
    count.push(total, part, out);
    true
}

/// `Read 93.875Mb  Written 62.453Mb  Total transferred 156.33Mb  (2.9644Mb/sec)`: a `Mb` is 1024 * 1024 bytes.
fn transferred(text: &str, part: Option<(&'static str, &str)>, out: &mut MetricSink) -> bool {
    let parsed = || {
        let (read, rest) = text.strip_prefix("Read ")?.cut("  Written ")?;
        let (written, rest) = rest.cut("  Total transferred ")?;
        let (total, rate) = rest.cut("  (")?;
        let rate = rate.strip_suffix("/sec)")?;
        Some([size(read)?, size(written)?, size(total)?, size(rate)?])
    };
    let Some([read, written, total, (token, printed)]) = parsed() else { return false };
    for ((token, printed), op) in [(read, Some("read")), (written, Some("write")), (total, None)] {
        Kind { op, ..Kind::new("io.bytes", printed, Polarity::Informational) }.push(token, part, out);
    }
    let printed = Printed { unit: unit::BYTE_PER_S.unit, ..printed };
    Kind::higher("throughput", printed).push(token, part, out);
    true
}

/// `  189.72 Requests/sec executed`
fn requests(text: &str, part: Option<(&'static str, &str)>, out: &mut MetricSink) -> bool {
    let Some(token) = text.strip_suffix(" Requests/sec executed").filter(|token| number::is_token(token)) else { return false };
    Kind::higher("iops", IOPS).push(token, part, out);
    true
}

/// `8Gb`, `0b`
fn size(text: &str) -> Option<(&str, Printed)> {
    let (token, word) = number::leading(text)?;
    Some((token, bytes(word)?))
}
