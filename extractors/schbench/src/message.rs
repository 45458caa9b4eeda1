//! What schbench says beside its numbers.

/// The kind of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// A choice it made or a thing it did; its numbers are settings.
    Setting,
    /// It goes on without something that was asked for.
    Degraded,
    /// It ends.
    Failed,
    /// The head of its help text, which ends it too.
    Usage,
}

/// The message that `text`, a trimmed line, is. The texts are upstream's, of all versions up to December 2025.
pub(crate) fn message(text: &str) -> Option<Message> {
    let starts = |list: &[&str]| list.iter().any(|start| text.starts_with(start));
    if text == "schbench usage:" {
        Some(Message::Usage)
    } else if starts(SETTINGS) || is_die(text) {
        Some(Message::Setting)
    } else if text == "unable to set CPU affinity" || text.starts_with("pipe size too big, using ") {
        Some(Message::Degraded)
    } else if starts(FAILURES) || (text.starts_with("error ") && text.ends_with(" from pthread_create")) {
        Some(Message::Failed)
    } else {
        None
    }
}

/// True for what getopt prints before the help text.
pub(crate) fn is_bad_option(text: &str) -> bool {
    [": unrecognized option ", ": invalid option -- ", ": option requires an argument -- ", ": option '", ": unknown option "]
        .iter()
        .any(|part| text.contains(part))
}

/// `Die 0: 0-7 (8 CPUs)`, under `CPU Topology:`.
fn is_die(text: &str) -> bool {
    text.starts_with("Die ") && text.ends_with(" CPUs)")
}

const SETTINGS: &[&str] = &[
    "setting worker threads to ",
    "warmup done, zeroing stats",
    "autobench rps ",
    "auto pinning message and worker threads",
    "CPU Topology: ",
    "Message thread ",
    "Pinning to message thread index ",
];

const FAILURES: &[&str] = &[
    "Error Extra arguments ",
    "FUTEX_WAKE: ",
    "Failed to allocate die structures",
    "Failed to allocate per-message-thread CPU sets",
    "Failed to detect CPU topology",
    "Failed to open /sys/devices/system/cpu",
    "Failed to parse /proc/",
    "Unknown pin mode: ",
    "escape_string failed",
    "failed to parse cpuset information",
    "failed to read /proc/stat",
    "failed to set message thread name",
    "failed to set worker thread name",
    "futex-FUTEX_WAIT: ",
    "lat_fs: tvsub shows test time ran backwards!",
    "mutex init failed",
    "sched_getcpu failed",
    "unable to allocate memory for per cpu locks",
    "unable to allocate message threads",
    "unable to allocate ram",
    "unable to open /proc/stat",
    "unable to open json file",
    "unable to parse /proc/stat",
    "unable to parse summary in /proc/stat",
    "unable to set CPU affinity for message thread ",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_apart() {
        for (text, expected) in [
            ("setting worker threads to 2", Some(Message::Setting)),
            ("Die 0: 0-7,16-23 (16 CPUs)", Some(Message::Setting)),
            ("schbench usage:", Some(Message::Usage)),
            ("unable to set CPU affinity", Some(Message::Degraded)),
            ("unable to set CPU affinity for message thread 3", Some(Message::Failed)),
            ("error 11 from pthread_create", Some(Message::Failed)),
            ("unable to open json file: Permission denied", Some(Message::Failed)),
            ("unable to open the door", None),
            ("Dies ist nichts", None),
        ] {
            assert_eq!(message(text), expected, "{text}");
        }
        assert!(is_bad_option("schbench: unrecognized option '--nope'"));
        assert!(!is_bad_option("schbench usage:"));
    }
}
