use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::unit;

use super::field::{after, put};
use crate::labels::Labels;
use crate::unit::{IO_PER_S, Printing};

/// Reads `attained=yes, bw=59.9MiB/s (61.4MB/s), iops=15.3k, iops mean dev=3.077%`.
pub(super) fn extract<'t>(values: &'t str, labels: &Labels<'t>, out: &mut MetricSink) {
    if after(values, "attained=").is_some_and(|v| v.starts_with("no")) {
        out.note(code::DEGRADED, values.trim(), "the job ended before it reached its steady state");
    }
    if let Some(rate) = after(values, "bw=").and_then(|v| Printing::amount(v, unit::BYTE_PER_S)) {
        put(labels.metric(out, "steady_state.throughput.mean").higher(), &rate);
        if let Some((again, _)) =
            rate.rest.trim_start_matches("/s").trim_start().strip_prefix('(').and_then(|r| r.split_once(')'))
        {
            out.ignore(again, "fio converts KiB/s as if they were kB/s here");
        }
    }
    let Some(iops) = after(values, "iops=").and_then(|v| Printing::si(v, IO_PER_S)) else { return };
    put(labels.metric(out, "steady_state.iops.mean").higher(), &iops);
    out.ignore(iops.rest, "the criterion of the steady state");
}
