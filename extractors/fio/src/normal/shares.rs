use prill_core::MetricSink;
use prill_core::scan::unit;

use super::field::put;
use crate::labels::Labels;
use crate::unit::{self as fio_unit, Printing};

/// Reads `lat (usec)   : 2=0.01%, 100=0.01%`; false when `text` is another line.
pub(super) fn latencies<'t>(text: &'t str, labels: &Labels<'t>, out: &mut MetricSink) -> bool {
    let Some((word, values)) = text.strip_prefix("lat (").and_then(|t| t.split_once(')')) else { return false };
    let Some(values) = values.trim_start().strip_prefix(':') else { return false };
    let suffix = match fio_unit::time(word) {
        Some(unit::NS) => "ns",
        Some(unit::US) => "us",
        Some(unit::MS) => "ms",
        _ => return false,
    };
    entries(values, |bucket, share| {
        let labels = labels.with("bucket", format!("{bucket}{suffix}"));
        put(labels.metric(out, "lat.share").informational(), &share);
        out.ignore(bucket, "names a bucket");
    });
    true
}

/// Reads `1=100.0%, 2=0.0%, >=64=0.0%`.
pub(super) fn buckets<'t>(values: &'t str, name: &'static str, key: &'static str, labels: &Labels<'t>, out: &mut MetricSink) {
    entries(values, |bucket, share| {
        put(labels.with(key, bucket).metric(out, name).informational(), &share);
        out.ignore(bucket, "names a bucket");
    });
}

fn entries<'t>(values: &'t str, mut each: impl FnMut(&'t str, Printing<'t>)) {
    for entry in values.split(',') {
        let Some((bucket, share)) = entry.trim().rsplit_once('=') else { continue };
        if let Some(share) = Printing::plain(share, unit::PERCENT).filter(|s| s.rest.starts_with('%')) {
            each(bucket, share);
        }
    }
}
