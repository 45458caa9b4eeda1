use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::Search;

/// What only rtla says, where it prints no table.
pub(crate) fn is_mine(line: &str) -> bool {
    let tracer = ["timerlat", "osnoise", "hwnoise"].iter().any(|tracer| line.has(tracer));
    line.starts_with("usage: rtla ")
        || line.starts_with("rtla ") && tracer
        || tracer
            && (line.starts_with("Tracer ") || line.starts_with("Failed to enable ") || line.ends_with(" needs root permission"))
        || line == "Failed to apply CPUs config"
}

/// A line about why there are no numbers, or why they may be wrong.
pub(crate) fn line(shown: &str, failed: &mut bool, out: &mut MetricSink) -> bool {
    let starts = ["Failed to ", "Could not ", "Error ", "Unable to ", "Invalid ", "Tracer "];
    if shown.has("events missed, results might not be accurate") {
        out.warn(code::DEGRADED, shown, format!("rtla says: {shown}"));
    } else if is_mine(shown) || *failed && starts.iter().any(|start| shown.starts_with(start)) {
        // `rtla timerlat hit stop tracing`: the threshold that was given was passed.
        if !std::mem::replace(failed, true) {
            out.tool_failed(shown, format!("rtla says: {shown}"));
        }
    } else {
        return false;
    }
    out.ignore(shown, "message");
    true
}
