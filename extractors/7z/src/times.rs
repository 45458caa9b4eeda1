use prill_core::MetricSink;
use prill_core::scan::{Search, number, unit};

/// `User    Time =    12.520 =   89%`, of `-bt` (`PrintStat` of `Main.cpp`); the share is that of the time that passed.
pub(crate) fn line(shown: &str, out: &mut MetricSink) -> bool {
    let Some((what, rest)) = shown.cut(" Time =") else { return false };
    let mode = match what.trim_end() {
        "Kernel" => Some("system"),
        "User" => Some("user"),
        "Process" => Some("total"),
        "Global" => None,
        _ => return false,
    };
    let Some((seconds, share)) =
        rest.cut(" =").and_then(|(seconds, share)| Some((seconds.trim(), share.strip_suffix('%')?.trim())))
    else {
        return false;
    };
    if !number::is_token(seconds) || !number::is_token(share) {
        return false;
    }
    match mode {
        Some(mode) => {
            out.metric("cpu_time").label("mode", mode).unit(unit::SECOND).resolution(1e-3).push(seconds);
            out.metric("cpu.utilization").label("mode", mode).unit(unit::PERCENT).resolution(1e-2).push(share);
        }
        None => {
            out.metric("elapsed").unit(unit::SECOND).informational().resolution(1e-3).push(seconds);
            out.ignore(share, "of itself");
        }
    }
    true
}
