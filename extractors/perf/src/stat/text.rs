use prill_core::scan::{Search, number};

use super::counter::Counter;
use super::derived::Derived;
use super::place;
use crate::writer::Writer;

/// A row of the table, and the words of it that are no metric.
pub(crate) struct Row<'t> {
    pub(crate) counter: Counter<'t>,
    ignored: [(&'t str, &'static str); 4],
}

impl<'t> Row<'t> {
    /// The counter, the other words being no metrics.
    pub(crate) fn counter(self, out: &mut Writer<'_>) -> Counter<'t> {
        self.ignored.iter().filter(|(word, _)| !word.is_empty()).for_each(|(word, why)| out.ignore(word, why));
        self.counter
    }
}

/// Where in [`Row::ignored`] each stands.
const TIME: usize = 0;
const PLACE: usize = 1;
const PROCESSORS: usize = 2;
const CGROUP: usize = 3;

/// `[time] [CPU0|S0-D0-C0 1|comm-pid] count [unit] event [cgroup] [# derived] [( +- 3.18% )] [(45.23%)]`; a row that only has one
/// more derived number goes on at the `#`. Outside of a table only `-I` prints rows, with the time. Counts are padded to 18
/// characters, which text of the command seldom is.
pub(crate) fn row(line: &str, in_table: bool) -> Option<Row<'_>> {
    // The command may print a lot: most of its lines end here.
    let is_digit = line.trim_ascii_start().as_bytes().first().is_some_and(u8::is_ascii_digit);
    if !in_table && (!is_digit || !place::is_time(first_word(line).0)) {
        return None;
    }
    let mut row = Row { counter: Counter::default(), ignored: [("", ""); 4] };
    let rest = row.trailers(line.trim_ascii_end());
    let hash = rest.find('#').filter(|&at| rest[..at].ends_with([' ', '\t']) || at == 0);
    let (body, derived) = match hash {
        Some(at) => (&rest[..at], Derived::parse(&rest[at + 1..])),
        None => (rest, None),
    };
    row.counter.derived = derived;
    let mut body = body.trim_ascii();
    if !in_table {
        let (time, rest) = first_word(body);
        row.ignored[TIME] = (time, "time of the interval");
        row.counter.whose.interval = Some(time);
        body = rest;
    }
    let body = row.place(body);
    let has_metric = row.counter.derived.is_some() && hash >= Some(COUNT);
    if body.is_empty() {
        return has_metric.then_some(row);
    }
    // Metrics that belong together have the name of their group in place of a count and an event.
    if has_metric && is_group(body) {
        row.counter.event = body;
        return Some(row);
    }
    let (count, rest) = count(body)?;
    let end = count.as_ptr().addr() - line.as_ptr().addr() + count.len();
    row.counter.count = count;
    (end >= if in_table { COUNT } else { INTERVAL + COUNT } && row.event(rest)).then_some(row)
}

/// `TopdownL1`, and where there are several kinds of processors `TopdownL1 (cpu_core)`.
fn is_group(body: &str) -> bool {
    let (name, kind) = body.split_once(' ').unwrap_or((body, "()"));
    let is_kind = kind.starts_with('(') && kind.ends_with(')') && !kind.contains(char::is_whitespace);
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains(char::is_whitespace) && is_kind
}

/// The width of a count.
const COUNT: usize = 18;
/// The width of the time that stands before it with `-I`.
const INTERVAL: usize = 16;

impl<'t> Row<'t> {
    /// Takes what stands behind a row.
    fn trailers(&mut self, line: &'t str) -> &'t str {
        let mut rest = line;
        while let Some((inner, start)) = bracketed(rest) {
            let Some(percent) = inner.trim_ascii().strip_suffix('%') else { break };
            if let Some(noise) = percent.trim_ascii().strip_prefix("+-") {
                self.counter.noise = Some(noise.trim_ascii());
            } else if number::is_token(percent) && self.counter.noise.is_none() {
                self.counter.running = Some(percent);
            } else {
                break;
            }
            rest = rest[..start].trim_ascii_end();
        }
        rest
    }

    /// Takes the identity of a row that is one of several.
    fn place(&mut self, body: &'t str) -> &'t str {
        let (word, rest) = first_word(body);
        if let Some(label) = place::label(word) {
            self.ignored[PLACE] = (word, "identity of the row");
            self.counter.whose.place = Some(label);
            let (processors, after) = first_word(rest);
            let is_count =
                number::is_token(processors) && (after.is_empty() || after.starts_with("Topdown") || count(after).is_some());
            if label.0 != "cpu" && is_count {
                self.ignored[PROCESSORS] = (processors, "number of processors");
                return after;
            }
            return rest;
        }
        if word.is_empty() || number::leading(word).is_some() || word.starts_with("<not") {
            return body;
        }
        // The name of a thread may have blanks.
        let mut end = 0;
        for word in body.split_whitespace() {
            end = word.as_ptr().addr() - body.as_ptr().addr() + word.len();
            if place::is_thread(word) {
                let thread = &body[..end];
                self.ignored[PLACE] = (thread, "identity of the row");
                self.counter.whose.place = Some(("thread", thread));
                return body[end..].trim_ascii_start();
            }
        }
        debug_assert!(end <= body.len());
        body
    }

    /// Takes unit, event and cgroup. A unit stands one blank behind the count; without one its column is empty.
    fn event(&mut self, rest: &'t str) -> bool {
        let gap = rest.len() - rest.trim_ascii_start().len();
        let (word, after) = first_word(rest);
        let mut text = rest.trim_ascii();
        if gap == 1 && !after.is_empty() && word.len() <= 8 {
            self.counter.unit = word;
            text = after;
        }
        let end = text.place("  ").unwrap_or(text.len());
        let (event, cgroup) = (text[..end].trim_ascii_end(), text[end..].trim_ascii());
        // Old versions show the unit of a clock in its name.
        self.counter.event = match event.strip_suffix(" (msec)") {
            Some(clock) => {
                self.counter.unit = "msec";
                clock
            }
            None => event,
        };
        if !cgroup.is_empty() {
            self.ignored[CGROUP] = (cgroup, "name of the cgroup");
            self.counter.whose.cgroup = Some(cgroup);
        }
        self.counter.event.starts_with(|c: char| c.is_ascii_alphabetic() || c == '{') && !cgroup.has("  ")
    }
}

/// The count at the start of `text`, and what follows it.
fn count(text: &str) -> Option<(&str, &str)> {
    for missing in ["<not counted>", "<not supported>"] {
        if text.starts_with(missing) {
            return Some(text.split_at(missing.len()));
        }
    }
    let (count, rest) = text.split_at(text.find([' ', '\t'])?);
    // Some locales group with an apostrophe or a blank that is none of ASCII's.
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}');
    (count.starts_with(|c: char| c.is_ascii_digit()) && count.chars().all(is_part)).then_some((count, rest))
}

/// What the bracket at the end of `text` holds, and where it starts. Old versions have square ones.
fn bracketed(text: &str) -> Option<(&str, usize)> {
    let (open, close) = if text.ends_with(')') { ('(', ')') } else { ('[', ']') };
    let inner = text.strip_suffix(close)?;
    let start = inner.rfind(open)?;
    Some((&inner[start + 1..], start))
}

pub(super) fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_ascii();
    let (word, rest) = text.split_at(text.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(text.len()));
    (word, rest.trim_ascii_start())
}
