use prill_core::MetricSink;
use prill_core::diagnostic::code;

/// What iperf3 says went wrong: `text` stands behind `iperf3: ` or under the key `error`.
///
/// An interrupt ends a test early, and is how a server ends; what was measured until then counts.
pub(crate) fn say(text: &str, out: &mut MetricSink) {
    let early = ["interrupt - ", "the client has terminated", "the server has terminated"];
    if early.iter().any(|start| text.starts_with(start)) {
        out.warn(code::DEGRADED, text, format!("iperf3 was ended early: {text}"));
    } else if text.starts_with("warning") {
        out.warn(code::DEGRADED, text, format!("iperf3 says: {text}"));
    } else {
        out.tool_failed(text, format!("iperf3 says: {text}"));
    }
    out.ignore(text, "message");
}
