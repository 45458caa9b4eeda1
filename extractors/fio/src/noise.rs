//! The lines around reports whose numbers are no metrics.

use prill_core::scan::Search;

/// Why the numbers of `line` are none; `None` for a line that fio does not print.
pub(crate) fn why(line: &str) -> Option<&'static str> {
    let text = client(line);
    if is_version(text) {
        return Some("the version of fio");
    }
    if text.has(": (g=") && text.has("rw=") {
        return Some("the job's settings");
    }
    if text.starts_with("Starting ") && (text.has("process") || text.has("thread")) {
        return Some("how many processes there are");
    }
    if text.has(": Laying out IO file") || text.has(": Prepopulating IO file") {
        return Some("the files that are made before the run");
    }
    if text.starts_with("Jobs: ") {
        return Some("progress");
    }
    if text.starts_with("hostname=") && text.has("fio=") {
        return Some("the server");
    }
    // The description of a terse line of version 2 stands on a line of its own.
    text.starts_with(';').then_some("the job's description")
}

/// True for the line `fio-3.33`.
pub(crate) fn is_version(line: &str) -> bool {
    let rest = client(line).strip_prefix("fio-").unwrap_or_default();
    rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.contains(' ')
}

/// The line without the `<host> ` that a client puts before it.
fn client(line: &str) -> &str {
    let text = line.trimmed();
    match text.strip_prefix('<').and_then(|t| t.cut("> ")) {
        Some((_, text)) => text,
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banner_lines_are_known() {
        for line in [
            "fio-3.33",
            "fio-3.41-12-gabcdef",
            "<vm> rr: (g=0): rw=randread, bs=(R) 4096B-4096B, ioengine=psync, iodepth=1",
            "Starting 1 process",
            "rr: Laying out IO file (1 file / 16MiB)",
            "Jobs: 1 (f=1): [r(1)][100.0%][r=48.9MiB/s][r=12.5k IOPS][eta 00m:00s]",
        ] {
            assert!(why(line).is_some(), "{line}");
        }
        assert!(why("TPS: 17").is_none());
        assert!(!is_version("fio-3.33 is here"));
    }
}
