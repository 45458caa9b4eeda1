use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::unit;

use super::node::Node;
use crate::labels::Labels;
use crate::unit::IO_PER_S;

/// Reads `steadystate`: the means over its last window.
pub(super) fn extract<'t>(node: Node<'_, 't>, labels: &Labels<'t>, out: &mut MetricSink) {
    if let Some(attained) = node.get("attained").filter(|attained| attained.is_zero()) {
        out.note(code::DEGRADED, attained.text(), "the job ended before it reached its steady state");
    }
    for child in node.children() {
        if child.key() != "data" {
            out.ignore(child.text(), "the criterion of the steady state");
            continue;
        }
        for child in child.children() {
            match (child.key(), child.number()) {
                ("bw_mean", Some(value)) => {
                    labels.metric(out, "steady_state.throughput.mean").unit(unit::BYTE_PER_S).higher().push(value);
                }
                ("iops_mean", Some(value)) => {
                    labels.metric(out, "steady_state.iops.mean").unit(IO_PER_S).higher().push(value);
                }
                ("lat_mean", Some(value)) => {
                    labels.metric(out, "steady_state.lat.mean").unit(unit::NS).lower().push(value);
                }
                _ => out.ignore(child.text(), "the seconds of which the means are made"),
            }
        }
    }
}
