//! What fio says about itself beside its reports: failures, notes, progress.

use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::Search;

/// The run was ended by a signal: the numbers are those of a shorter run.
pub(crate) const INTERRUPTED: &str = "interrupted";

/// More of them are not reported: a job file can fail a million times over.
const MOST: usize = 32;

/// Counts the messages of one stream.
#[derive(Default)]
pub(crate) struct Messages {
    said: usize,
    /// Whether fio said that it failed.
    pub(crate) failed: bool,
}

impl Messages {
    /// True when `line` is a message, which then is a diagnostic and its numbers are no metrics.
    pub(crate) fn read(&mut self, line: &str, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        let Some(kind) = classify(text) else { return false };
        out.ignore(text, "a message");
        self.failed |= kind == Kind::Failure;
        self.said += 1;
        match kind {
            _ if self.said > MOST => {}
            Kind::Failure => out.tool_failed(text, text),
            Kind::Signal => out.warn(INTERRUPTED, text, format!("{text}: the numbers are those of a shorter run")),
            Kind::Degraded => out.note(code::DEGRADED, text, text),
        }
        true
    }
}

/// True for a message that carries fio's name.
pub(crate) fn is_own(line: &str) -> bool {
    line.starts_with("fio: ")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Failure,
    Signal,
    Degraded,
}

/// Messages that start with `fio: ` and after which the run goes on; nearly all others are followed by its end
/// (`log_err` calls of fio 3.33).
const GOES_ON: &[&str] = &[
    "fallocate",
    "cache invalidation",
    "fadvise",
    "random map",
    "random generator",
    "tausworthe",
    "random_generator",
    "may be ignored",
    "process shared",
    "base differs",
    "blockalign",
    "norandommap",
    "bs_unaligned",
    "io scheduler",
    "IO scheduler",
    "time_based requires",
    "clocksource",
    "limiting mlocked",
    "multiple writers",
    "verification read phase",
    "cannot pre-read files with",
    "does not support fdatasync",
    "only root may flush",
    "deprecated",
    "opendir added",
    "dumping debug",
    "set debug",
    "set all debug",
    "server listening",
    "skips replay",
];

/// Starts of failures without the prefix.
const FAILURES: &[&str] = &[
    "verify: ",
    "Bad option",
    "No job(s) defined",
    "No jobs(s) defined",
    "IO engine ",
    "error: ",
    "rate lower than supported",
    "pthread_create: ",
];

fn classify(text: &str) -> Option<Kind> {
    // A client says which server a line came from: `<vm> fio: ...`.
    let text = match text.strip_prefix('<').and_then(|t| t.cut("> ")) {
        Some((_, text)) => text,
        None => text,
    };
    if let Some(said) = text.strip_prefix("fio: ") {
        if said.starts_with("terminating on signal") {
            return Some(Kind::Signal);
        }
        let goes_on = GOES_ON.iter().any(|mark| said.has(mark));
        return Some(if goes_on { Kind::Degraded } else { Kind::Failure });
    }
    if text.starts_with("note: ") {
        return Some(Kind::Degraded);
    }
    let failed = FAILURES.iter().any(|start| text.starts_with(start))
        || (text.starts_with("Engine ") && text.has(" not found"))
        || text.has(": verify failed at file ")
        || (text.starts_with("client <") && text.has("exited with error"));
    failed.then_some(Kind::Failure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Kind::*;

    #[test]
    fn failures_signals_and_notes_are_told_apart() {
        for (line, kind) in [
            ("fio: failed parsing rw=sideways", Some(Failure)),
            ("fio: pid=26075, err=25/file:ioengines.c:399, func=td_io_queue, error=Inappropriate ioctl", Some(Failure)),
            ("fio: file creation disallowed by allow_file_create=0", Some(Failure)),
            ("<vm> fio: job startup hung? exiting.", Some(Failure)),
            ("verify: bad magic header e035, wanted acca at file x.dat offset 0, length 4096", Some(Failure)),
            ("crc32c: verify failed at file x.dat offset 0, length 4096", Some(Failure)),
            ("Bad option <foo=1>", Some(Failure)),
            ("fio: terminating on signal 2", Some(Signal)),
            ("note: both iodepth >= 1 and synchronous I/O engine are selected", Some(Degraded)),
            ("fio: native_fallocate call failed: Operation not supported", Some(Degraded)),
            ("fio: time_based requires a runtime/timeout setting", Some(Degraded)),
            ("fio-3.33", None),
            ("Starting 1 process", None),
            ("rr: Laying out IO file (1 file / 16MiB)", None),
        ] {
            assert_eq!(classify(line), kind, "{line}");
        }
    }
}
