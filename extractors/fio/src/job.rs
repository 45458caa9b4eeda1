//! The numbers of a job that no direction has.

use prill_core::MetricSink;
use prill_core::Printed;
use prill_core::scan::{number, unit};

use crate::labels::Labels;
use crate::unit::step;

const ERROR: Printed = Printed::base("{error}");
const FAULT: Printed = Printed::base("{fault}");
const SWITCH: Printed = Printed::base("{switch}");

/// User and system time in per cent, context switches, major and minor page faults; empty where the text ends before.
pub(crate) fn cpu(values: [&str; 5], labels: &Labels<'_>, out: &mut MetricSink) {
    let [user, system, switches, major, minor] = values;
    for (name, value) in [("cpu.user", user), ("cpu.system", system)] {
        let token = value.trim_end_matches('%');
        if number::is_token(token) {
            labels.metric(out, name).unit(unit::PERCENT).resolution(step(token, unit::PERCENT)).push(token);
        }
    }
    if number::is_token(switches) {
        self::switches(switches, labels, out);
    }
    for (kind, value) in [("major", major), ("minor", minor)] {
        if number::is_token(value) {
            faults(kind, value, labels, out);
        }
    }
}

/// Context switches.
pub(crate) fn switches(count: &str, labels: &Labels<'_>, out: &mut MetricSink) {
    labels.metric(out, "context.switches").unit(SWITCH).push(count);
}

/// Page faults of a `kind`: major, minor.
pub(crate) fn faults(kind: &'static str, count: &str, labels: &Labels<'_>, out: &mut MetricSink) {
    labels.with("kind", kind).metric(out, "page.faults").unit(FAULT).push(count);
}

/// How many I/Os failed and with what the first did, where `continue_on_error` lets them.
pub(crate) fn errors(total: &str, first: &str, labels: &Labels<'_>, out: &mut MetricSink) {
    labels.metric(out, "error.count").unit(ERROR).lower().push(total);
    labels.metric(out, "first_error.code").unit(unit::RATIO).lower().push(first);
}
