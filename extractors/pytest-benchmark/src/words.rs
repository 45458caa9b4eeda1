use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::Search;

/// Reads a line of pytest that may say that something went wrong.
pub(crate) fn read(line: &str, out: &mut MetricSink) {
    let shown = line.trim_matches(['=', ' ']);
    if is_bad_summary(shown) || line.starts_with("ERROR: ") || line.starts_with("pytest: error: ") {
        out.tool_failed(line, format!("pytest says: {shown}"));
    } else if let Some(warning) = shown.strip_prefix("WARNING: ") {
        out.warn(code::DEGRADED, line, warning);
    } else if line.starts_with("Performance has regressed") {
        out.tool_failed(line, "pytest-benchmark says that performance has regressed");
    }
}

/// `1 failed, 3 passed in 0.82s`, `no tests ran in 0.01s`: the last line.
fn is_bad_summary(line: &str) -> bool {
    let Some((counts, time)) = line.cut_last(" in ") else { return false };
    let is_time = time.split(' ').next().is_some_and(|t| t.ends_with('s') && t.starts_with(|c: char| c.is_ascii_digit()));
    let bad = |count: &str| {
        let mut words = count.split_whitespace();
        let number = words.next().is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
        number && matches!(words.next(), Some("failed" | "error" | "errors")) && words.next().is_none()
    };
    is_time && (counts == "no tests ran" || counts.ends_with(" deselected") && !counts.has(", ") || counts.parts(", ").any(bad))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_says_whether_all_went_well() {
        for bad in [
            "1 failed, 3 passed in 0.82s",
            "no tests ran in 0.01s",
            "2 deselected in 0.01s",
            "2 errors in 0.10s",
            "1 failed in 61.20s (0:01:01)",
        ] {
            assert!(is_bad_summary(bad), "{bad}");
        }
        for good in ["4 passed in 0.82s", "3 passed, 1 skipped, 2 warnings in 1.62s", "it failed in the end", "1 xfailed in 0.1s"]
        {
            assert!(!is_bad_summary(good), "{good}");
        }
    }
}
