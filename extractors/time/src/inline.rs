//! The lines on which all three times stand, of BSD's program and of shells that do not print what POSIX asks for.

use prill_core::MetricSink;
use prill_core::scan::{Search, number, unit};

use crate::posix;
use crate::value::{clock, count, lower, utilization};
use crate::verbose::{BLOCK, FAULT};

/// A line with all times. Times are minutes before seconds.
pub(crate) struct Times<'t> {
    /// The command, or what it printed on the same line.
    before: &'t str,
    elapsed: Vec<&'t str>,
    user: Vec<&'t str>,
    system: Vec<&'t str>,
    cpu: Option<&'t str>,
    /// csh goes on: `0+0k 0+0io 0pf+0w`.
    rest: &'t str,
    /// Rows of `-l` may follow.
    pub(crate) is_bsd: bool,
}

impl<'t> Times<'t> {
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let line = line.trim_end();
        match line.rsplit(' ').next()?.as_bytes() {
            b"sys" => labelled(line, " sys").map(|times| Self { is_bsd: true, ..times }),
            b"system" => labelled(line, " system"),
            b"total" => zsh(line),
            last if last.ends_with(b"w") => csh(line),
            _ => None,
        }
    }

    pub(crate) fn push(&self, out: &mut MetricSink) {
        out.ignore(self.before, "the command, or its text");
        clock("cpu_time", Some(("mode", "user")), &self.user, out);
        clock("cpu_time", Some(("mode", "system")), &self.system, out);
        clock("elapsed", None, &self.elapsed, out);
        self.cpu.into_iter().for_each(|cpu| utilization(cpu, out));
        if !self.rest.is_empty() {
            resources(self.rest, out);
        }
    }
}

/// `        0.00 real         0.00 user         0.00 sys`, and with FreeBSD's `-h` and in mksh `0.00s` and `1m2.50s`.
fn labelled<'t>(line: &'t str, last: &str) -> Option<Times<'t>> {
    let (elapsed, rest) = line.cut(" real")?;
    let (user, rest) = rest.cut(" user")?;
    let system = rest.strip_suffix(last)?;
    Some(Times { elapsed: time(elapsed)?, user: time(user)?, system: time(system)?, ..Times::before(&line[..0]) })
}

/// `sleep 1  0.00s user 0.00s system 4% cpu 1.044 total`
fn zsh(line: &str) -> Option<Times<'_>> {
    let (line, elapsed) = line.strip_suffix(" total")?.cut_last("% cpu ")?;
    let (line, cpu) = line.cut_last(" system ")?;
    let (line, system) = line.cut_last(" user ")?;
    let (before, user) = line.rsplit_once(' ').unwrap_or((&line[..0], line));
    let elapsed: Vec<&str> = elapsed.split(':').collect();
    let known = elapsed.iter().all(|part| number::is_token(part)) && number::is_token(cpu);
    known.then_some(Times { elapsed, user: time(user)?, system: time(system)?, cpu: Some(cpu), ..Times::before(before) })
}

/// `0.000u 0.001s 0:00.04 2.5%` and, behind a tab, `0+0k 0+0io 0pf+0w`
fn csh(line: &str) -> Option<Times<'_>> {
    let (times, rest) = line.cut("%\t").or_else(|| line.cut("% "))?;
    let mut words = times.rsplit(' ');
    let (cpu, elapsed, system, user) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let (user, system) = (user.strip_suffix('u')?, system.strip_suffix('s')?);
    let elapsed: Vec<&str> = elapsed.split(':').collect();
    let known = [user, system, cpu].iter().chain(&elapsed).all(|token| number::is_token(token));
    (known && parts(rest).is_some()).then_some(Times {
        elapsed,
        user: vec![user],
        system: vec![system],
        cpu: Some(cpu),
        rest,
        ..Times::before(&line[..0])
    })
}

/// `0+0k 16+8io 1pf+0w`: sizes of text and data, blocks read and written, faults and swaps.
fn parts(rest: &str) -> Option<[&str; 6]> {
    let mut words = rest.split(' ');
    let (text, data) = words.next()?.strip_suffix('k')?.split_once('+')?;
    let (read, write) = words.next()?.strip_suffix("io")?.split_once('+')?;
    let (major, swaps) = words.next()?.strip_suffix('w')?.cut("pf+")?;
    let all = [text, data, read, write, major, swaps];
    (words.next().is_none() && all.iter().all(|token| number::is_token(token))).then_some(all)
}

fn resources(rest: &str, out: &mut MetricSink) {
    let Some([text, data, read, write, major, swaps]) = parts(rest) else { return };
    count("io.count", Some(("op", "read")), BLOCK, read, out);
    count("io.count", Some(("op", "write")), BLOCK, write, out);
    count("page_fault.count", Some(("kind", "major")), FAULT, major, out);
    [text, data, swaps].into_iter().for_each(|token| out.ignore(token, "not measured by Linux"));
}

/// `0.05`, `0.05s`, `1m2.50s`, `1h2m3.50s`
fn time(text: &str) -> Option<Vec<&str>> {
    let text = text.trim();
    let Some((hours, rest)) = text.split_once('h') else { return posix::time(text).or_else(|| seconds(text)) };
    let mut parts = posix::time(rest)?;
    parts.insert(0, hours);
    (parts.len() == 3 && number::is_token(hours)).then_some(parts)
}

fn seconds(text: &str) -> Option<Vec<&str>> {
    let text = text.strip_suffix('s')?;
    number::is_token(text).then(|| vec![text])
}

impl<'t> Times<'t> {
    fn before(before: &'t str) -> Self {
        Self { before, elapsed: vec![], user: vec![], system: vec![], cpu: None, rest: &before[..0], is_bsd: false }
    }
}

/// What fish prints: `Executed in    1.01 secs      fish           external`, and below it `   usr time    1.18 millis  405.00 micros
/// 0.78 millis`: what the shell and the programs that it ran took together, and each of them.
pub(crate) fn fish(line: &str, out: &mut MetricSink) -> bool {
    let shown = line.trim();
    let named = [
        ("Executed in", "elapsed", None),
        ("usr time", "cpu_time", Some(("mode", "user"))),
        ("sys time", "cpu_time", Some(("mode", "system"))),
    ];
    let Some((rest, name, label)) = named.iter().find_map(|(key, name, label)| Some((shown.strip_prefix(key)?, name, *label)))
    else {
        return false;
    };
    let words: Vec<&str> = rest.split_whitespace().collect();
    let printed = match words.get(1) {
        Some(&"secs") => unit::SECOND,
        Some(&"mins") => unit::MINUTE,
        Some(&"millis") => unit::MS,
        Some(&"micros") => unit::US,
        _ => return false,
    };
    lower(name, label, printed, words[0], out);
    words[2..].iter().for_each(|word| out.ignore(word, "of the shell, or of the programs that it ran, alone"));
    true
}

/// The first line of fish's.
pub(crate) fn is_fish(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let starts = (words.next(), words.next()) == (Some("Executed"), Some("in"));
    starts && words.next().is_some_and(number::is_token) && matches!(words.next(), Some("secs" | "mins" | "millis" | "micros"))
}
