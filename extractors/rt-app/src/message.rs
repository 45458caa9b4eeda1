use prill_core::MetricSink;
use prill_core::scan::{Search, number, unit};

/// `[rt-app] <notice> pLoad = 9ns : calib_cpu 0`
pub(crate) fn is_mine(line: &str) -> bool {
    line.starts_with("[rt-app] <") || line.starts_with("rt-app <taskset.json>")
}

/// A message; false when the line is none.
pub(crate) fn line(shown: &str, out: &mut MetricSink) -> bool {
    let refused = ["pthread_setschedparam: ", "pthread_setaffinity_np: ", "mlockall: ", "sched_setattr: "];
    if refused.iter().any(|start| shown.starts_with(start)) {
        out.tool_failed(shown, format!("rt-app says: {shown}"));
        out.ignore(shown, "message");
        return true;
    }
    if !is_mine(shown) {
        return false;
    }
    let (level, text) = shown.strip_prefix("[rt-app] <").and_then(|rest| rest.cut("> ")).unwrap_or(("", shown));
    if matches!(level, "error" | "crit") {
        out.tool_failed(shown, format!("rt-app says: {text}"));
    }
    if !load(text, out) {
        out.ignore(shown, "message");
    }
    true
}

/// `pLoad = 9ns : calib_cpu 0`: how long one round of the busy loop takes, measured or, without the processor, given.
fn load(text: &str, out: &mut MetricSink) -> bool {
    let Some((token, rest)) = text.strip_prefix("pLoad = ").and_then(number::leading) else { return false };
    let Some(rest) = rest.strip_prefix("ns") else { return false };
    let mut metric = out.metric("calibration.loop.time").unit(unit::NS).informational().resolution(1e-9);
    let cpu = rest.trim_start_matches([' ', ':']).strip_prefix("calib_cpu ");
    if let Some(cpu) = cpu {
        metric = metric.label("cpu", cpu.trim());
    }
    metric.push(token);
    out.ignore(rest, "number of the processor");
    true
}
