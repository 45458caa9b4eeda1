use prill_core::scan::percentile;
use prill_core::{MetricSink, Printed};

use super::node::Node;
use crate::labels::Labels;
use crate::latency::bucket_width;

/// Reads `{min, max, mean, stddev, N, percentile, bins}`; false when it stands on no sample.
pub(super) fn extract<'t>(node: Node<'_, 't>, object: &str, printed: Printed, labels: &Labels<'t>, out: &mut MetricSink) -> bool {
    let count = node.get("N").and_then(Node::number).and_then(|n| n.parse::<u64>().ok());
    let summary = ["min", "max", "mean"].iter().filter_map(|key| node.get(key));
    if count == Some(0) || (count.is_none() && summary.into_iter().all(Node::is_zero)) {
        out.ignore(node.text(), "a latency without a sample");
        return false;
    }
    for child in node.children() {
        match (child.key(), child.number()) {
            (stat @ ("min" | "max" | "mean"), Some(value)) => {
                labels.metric(out, object).stat(stat).unit(printed).lower().samples(count).push(value);
            }
            ("stddev", Some(value)) => labels.metric(out, object).stat("stddev").unit(printed).samples(count).push(value),
            ("N", _) => out.ignore(child.text(), "how many samples there are"),
            ("percentile", _) => percentiles(child, labels, out, |labels, stat, value, out| {
                let emit = labels.metric(out, object).stat(stat).unit(printed).lower().samples(count);
                match bucket_width(value, printed, printed) {
                    Some(width) => emit.resolution(width).push(value),
                    None => emit.push(value),
                }
            }),
            ("bins", _) => out.ignore(child.text(), "the bins of the histogram, of which the percentiles are made"),
            _ => {}
        }
    }
    true
}

/// Gives each percentile of an object to `each`, with the name of its statistic.
pub(super) fn percentiles<'t>(
    node: Node<'_, 't>,
    labels: &Labels<'t>,
    out: &mut MetricSink,
    each: impl Fn(&Labels<'t>, &str, &'t str, &mut MetricSink),
) {
    for child in node.children() {
        let (key, Some(value)) = (child.key(), child.number()) else { continue };
        out.ignore(key, "names a percentile");
        // fio 2.x fills the list of 20 up with `"0.00" : 0`.
        let slot = key.bytes().all(|b| matches!(b, b'0' | b'.'));
        match percentile::stat(key).filter(|_| !slot) {
            Some(stat) => each(labels, &stat, value, out),
            None => out.ignore(value, "a percentile that is not asked for"),
        }
    }
}
