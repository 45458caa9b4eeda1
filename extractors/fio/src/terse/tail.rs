use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Printed};

use super::line::Line;
use crate::labels::Labels;
use crate::{device, job, share};

/// Field counts: cpu, depths, latencies in us and ms.
const CPU: usize = 5;
const DEPTHS: usize = 7;
const DEVICE: usize = 9;

/// Reads what follows the directions, from field `at` on; the devices only when there are labels for them.
pub(super) fn extract<'t>(line: &Line<'t>, at: usize, labels: &Labels<'t>, devices: Option<&Labels<'t>>, out: &mut MetricSink) {
    if !line.field(at).ends_with('%') {
        return out.ignore(line.part(at, line.fields.len()), "a direction that is cut");
    }
    cpu(line, at, labels, out);
    let at = at + CPU;
    shares(line, at, labels, out);
    let mut at = at + DEPTHS + share::US_BOUNDS.len() + share::MS_BOUNDS.len();
    while is_device(line, at) {
        match devices {
            Some(report) => device::terse(&fields(line, at), report, out),
            None => out.ignore(line.part(at, at + DEVICE), "the devices, which the last line has too"),
        }
        at += DEVICE;
        if line.field(at) == "slaves" {
            out.ignore(line.part(at, at + DEVICE), "the devices below one that is reported");
            at += DEVICE;
        }
    }
    if counts_errors(line, at) {
        job::errors(line.field(at), line.field(at + 1), labels, out);
        at += 2;
    }
    let description = line.part(at, line.fields.len());
    if !description.is_empty() {
        out.ignore(description, "the job's description");
    }
}

fn cpu<'t>(line: &Line<'t>, at: usize, labels: &Labels<'t>, out: &mut MetricSink) {
    let values: [&str; CPU] = std::array::from_fn(|i| line.field(at + i));
    job::cpu(values, labels, out);
}

fn shares<'t>(line: &Line<'t>, at: usize, labels: &Labels<'t>, out: &mut MetricSink) {
    let mut put = |name: &str, key: &'static str, bound: &'static str, field: &str| {
        let token = field.strip_suffix('%').unwrap_or_default();
        if number::is_token(token) {
            let labels = labels.with(key, bound);
            labels.metric(out, name).unit(unit::PERCENT).informational().resolution(percent_step(token)).push(token);
        }
    };
    for (i, bound) in share::DEPTHS.iter().enumerate() {
        put("io.depth.share", "depth", bound, line.field(at + i));
    }
    let at = at + DEPTHS;
    for (i, bound) in share::US_BOUNDS.iter().enumerate() {
        put("lat.share", "bucket", bound, line.field(at + i));
    }
    let at = at + share::US_BOUNDS.len();
    for (i, bound) in share::MS_BOUNDS.iter().enumerate() {
        put("lat.share", "bucket", bound, line.field(at + i));
    }
}

fn percent_step(token: &str) -> f64 {
    const PERCENT: Printed = unit::PERCENT;
    crate::unit::step(token, PERCENT)
}

/// A name, seven counts and a percentage.
fn is_device(line: &Line<'_>, at: usize) -> bool {
    let name = line.field(at);
    !name.is_empty()
        && (at + 1..at + 8).all(|i| number::is_token(line.field(i)))
        && line.field(at + 8).strip_suffix('%').is_some_and(number::is_token)
}

fn fields<'t>(line: &Line<'t>, at: usize) -> [&'t str; DEVICE] {
    std::array::from_fn(|i| line.field(at + i))
}

/// `continue_on_error` adds the number of errors and the first one. A description that is two numbers looks the same.
fn counts_errors(line: &Line<'_>, at: usize) -> bool {
    let is_count = |i: usize| !line.field(i).is_empty() && line.field(i).bytes().all(|b| b.is_ascii_digit());
    is_count(at) && is_count(at + 1)
}
