//! `real 0.05`, `user 0.00` and `sys 0.00`, on three lines: what POSIX asks for. bash, ksh and busybox print `real 0m0.060s` where
//! nobody asks for POSIX.

use prill_core::MetricSink;
use prill_core::scan::number;

use crate::value::clock;

/// What a line is to a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    No,
    /// One of the first two lines.
    Part,
    /// The last line.
    Whole,
}

/// The times that were read so far, minutes before seconds.
#[derive(Default)]
pub(crate) struct Block<'t> {
    times: Vec<Vec<&'t str>>,
}

const NAMES: [&str; 3] = ["real", "user", "sys"];

impl<'t> Block<'t> {
    pub(crate) fn take(&mut self, line: &'t str) -> Taken {
        if self.times.len() == NAMES.len() {
            self.times.clear();
        }
        let of = |name: &str| line.strip_prefix(name)?.strip_prefix(['\t', ' ']).and_then(|rest| time(rest.trim()));
        let Some(time) = of(NAMES[self.times.len()]).or_else(|| {
            self.times.clear();
            of(NAMES[0])
        }) else {
            return Taken::No;
        };
        self.times.push(time);
        if self.times.len() == NAMES.len() { Taken::Whole } else { Taken::Part }
    }

    /// The first number.
    pub(crate) fn first(&self) -> &'t str {
        self.times.first().and_then(|time| time.first()).copied().unwrap_or_default()
    }

    pub(crate) fn push(&self, out: &mut MetricSink) {
        for (time, (name, label)) in self.times.iter().zip([
            ("elapsed", None),
            ("cpu_time", Some(("mode", "user"))),
            ("cpu_time", Some(("mode", "system"))),
        ]) {
            clock(name, label, time, out);
        }
    }
}

/// `0.05`, `1m2.500s`, `1m 2.50s`; with a decimal comma too, which is refused later.
pub(crate) fn time(text: &str) -> Option<Vec<&str>> {
    let is_number = |s: &str| number::is_token(s) || s.split_once(',').is_some_and(|(a, b)| digits(a) && digits(b));
    match text.strip_suffix('s') {
        Some(rest) => {
            let (minutes, seconds) = rest.split_once('m')?;
            let seconds = seconds.trim_start();
            (digits(minutes) && is_number(seconds)).then(|| vec![minutes, seconds])
        }
        None => (is_number(text) && text.contains(['.', ','])).then(|| vec![text]),
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
