use prill_core::scan::Search;
use prill_core::{Sniff, Text};

use crate::{messages, noise, normal, terse};

/// How many lines are looked at: a report stands at the start, after a job file's worth of notes at most.
const LINES: usize = 512;

/// How surely `text` is fio's.
pub(crate) fn sniff(text: &Text<'_>) -> Sniff {
    let mut best = if text.as_str().has("\"fio version\"") { Sniff::Certain } else { Sniff::No };
    for line in text.lines().take(LINES) {
        if best == Sniff::Certain {
            break;
        }
        best = best.max(of_line(line.text));
    }
    best
}

fn of_line(line: &str) -> Sniff {
    if normal::is_job(line) || (terse::is_terse(line) && !line.starts_with('2')) {
        Sniff::Certain
    } else if noise::is_version(line) || terse::is_terse(line) || messages::is_own(line) {
        Sniff::Likely
    } else {
        Sniff::No
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_recognised_and_others_are_not() {
        let of = |text: &str| sniff(&Text::new(text.as_bytes()));
        assert_eq!(of("note: x\n{\n  \"fio version\" : \"fio-3.33\",\n"), Sniff::Certain);
        assert_eq!(of("rr: (groupid=0, jobs=1): err= 0: pid=25482: Sun Nov 22 15:53:26 2026\n"), Sniff::Certain);
        assert_eq!(of("3;fio-3.33;sr;0;0;2441536\n"), Sniff::Certain);
        assert_eq!(of("fio-3.33\nStarting 1 process\n"), Sniff::Likely);
        assert_eq!(of("fio: failed parsing rw=sideways\n"), Sniff::Likely);
        assert_eq!(of("{\"jobs\": [{\"jobname\": \"x\"}]}"), Sniff::No);
        assert_eq!(of("read: IOPS=5"), Sniff::No);
        assert_eq!(of(""), Sniff::No);
    }
}
