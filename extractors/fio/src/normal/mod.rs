//! The text that fio prints for people: `show_thread_status_normal`, `show_ddir_status`, `show_group_stats` and
//! `print_disk_util` in `stat.c` of fio 3.25, 3.33 and 3.41, and their ancestors of fio 2.1 to 2.99.

mod block;
mod devices;
mod direction;
mod field;
mod group;
mod issued;
mod latency;
mod report;
mod shares;
mod steady;

use prill_core::diagnostic::code;
use prill_core::{Input, MetricSink, Printed};

use crate::labels::{self, Labels};
use report::{Body, Report, Section};

pub(crate) use report::{Reports, is_job};

/// Reads the last whole report into `out`; true when the text ends within the one that was read.
pub(crate) fn extract(reports: &Reports<'_>, input: &Input<'_>, source: Option<&'static str>, out: &mut MetricSink) -> bool {
    let counted = reports.counted();
    let reports = reports.all();
    let Some(last) = reports.iter().rposition(Report::is_whole).or(reports.len().checked_sub(1)) else { return false };
    for (i, report) in reports.iter().enumerate().filter(|(i, _)| *i != last) {
        report.ignore(if i < last { "an earlier report; the last one counts" } else { "a report that is cut" }, out);
    }
    say_others(reports, last, input, out);
    emit(&reports[last], counted, input, source, out);
    !reports[last].is_whole()
}

fn say_others(reports: &[Report<'_>], last: usize, input: &Input<'_>, out: &mut MetricSink) {
    if last > 0 {
        let message = format!("{last} earlier reports are passed over for the last whole one");
        let expected = input.argv().is_some_and(|argv| argv.iter().any(|arg| arg.starts_with("--status-interval")));
        let at = reports[0].start();
        if expected {
            out.note(code::SEVERAL_DOCUMENTS, at, message);
        } else {
            out.warn(code::SEVERAL_DOCUMENTS, at, message);
        }
    }
    if let Some(cut) = reports.get(last + 1) {
        out.warn(code::TRUNCATED, cut.start(), "the last report is cut: the one before it counts");
    }
}

fn emit(report: &Report<'_>, counted: Printed, input: &Input<'_>, source: Option<&'static str>, out: &mut MetricSink) {
    let common = Labels::of(source);
    let identities: Vec<_> = report.sections.iter().filter_map(Section::identity).collect();
    let mut jobs = labels::of_jobs(&identities, &common).into_iter();
    for section in &report.sections {
        match section.body {
            Body::Job(_) => {
                if let Some(labels) = jobs.next() {
                    block::extract(section, &labels, counted, input, out);
                }
            }
            Body::Group => group::extract(section, &common, out),
            Body::Devices => devices::extract(section, &common, out),
            Body::Idleness => devices::idleness(section, &common, out),
        }
    }
}
