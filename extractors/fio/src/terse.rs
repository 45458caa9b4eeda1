//! Terse (`--minimal`) lines: fields between semicolons, one line for each job.
//!
//! Field order after `show_thread_status_terse_all` and `show_ddir_status_terse` in `stat.c` of fio 3.33 and 3.41, and their
//! ancestors `show_thread_status_terse_v2` and `_v3_v4` of fio 2.1:
//! `version;[fio version;]job;group;error`, the directions, cpu, depths, latency shares, and, when there is something to say,
//! devices, error counts and the description. Versions 2, 4 and 5 have read, write and trim, version 3 read and write;
//! `unified_rw_reporting=mixed` leaves one direction, `both` adds a fourth (a third in version 3).

mod direction;
mod line;
mod reports;
mod tail;

use prill_core::{Input, MetricSink};

pub(crate) use line::{Line, is_terse};

use crate::labels::{self, Labels};

/// Reads the terse lines of one text into `out`.
pub(crate) fn extract(lines: &[Line<'_>], input: &Input<'_>, source: Option<&'static str>, out: &mut MetricSink) {
    let last = reports::last(lines, input, out);
    let identities: Vec<_> = last.iter().map(Line::identity).collect();
    let report = Labels::of(source);
    let mut zeros = None;
    let jobs = labels::of_jobs(&identities, &report);
    for (i, (line, job)) in last.iter().zip(&jobs).enumerate() {
        line.head(job, out);
        let rest = direction::extract(line, job, input, &mut zeros, out);
        // Every line ends with the same devices.
        let devices = (i + 1 == last.len()).then_some(&report);
        tail::extract(line, rest, job, devices, out);
    }
    if let Some(zero) = zeros {
        out.note(
            prill_core::diagnostic::code::BELOW_RESOLUTION,
            zero,
            "a latency printed as 0 is less than the 1 us that terse output counts in",
        );
    }
}
