use prill_core::MetricSink;
use prill_core::scan::number;

use super::counter::Counter;
use super::derived::Derived;
use super::place;

/// A row of the table, and the words of it that are no metric.
pub(crate) struct Row<'t> {
    pub(crate) counter: Counter<'t>,
    ignored: Vec<(&'t str, &'static str)>,
}

impl<'t> Row<'t> {
    /// The counter, the other words being no metrics.
    pub(crate) fn counter(self, out: &mut MetricSink) -> Counter<'t> {
        self.ignored.iter().for_each(|(word, why)| out.ignore(word, why));
        self.counter
    }
}

/// `[time] [CPU0|S0-D0-C0 1|comm-pid] count [unit] event [cgroup] [# derived] [( +- 3.18% )] [(45.23%)]`; a row that only has one
/// more derived number goes on at the `#`. Outside of a table only `-I` prints rows, with the time. Counts are padded to 18
/// characters, which text of the command seldom is.
pub(crate) fn row(line: &str, in_table: bool) -> Option<Row<'_>> {
    // The command may print a lot: most of its lines end here.
    if !in_table && !place::is_time(first_word(line).0) {
        return None;
    }
    let mut row = Row { counter: Counter::default(), ignored: Vec::new() };
    let rest = row.trailers(line.trim_end());
    let (body, derived) = match rest.find('#').filter(|&at| rest[..at].ends_with([' ', '\t']) || at == 0) {
        Some(at) => (&rest[..at], Derived::parse(&rest[at + 1..])),
        None => (rest, None),
    };
    row.counter.derived = derived;
    let mut body = body.trim();
    if !in_table {
        let (time, rest) = first_word(body);
        row.ignored.push((time, "time of the interval"));
        row.counter.labels.push(("interval", time));
        body = rest;
    }
    let body = row.place(body);
    if body.is_empty() {
        return (row.counter.derived.is_some() && rest.find('#') >= Some(COUNT)).then_some(row);
    }
    // Metrics that belong together have the name of their group in place of a count and an event.
    if is_group(body) && row.counter.derived.is_some() && rest.find('#') >= Some(COUNT) {
        row.counter.event = body;
        return Some(row);
    }
    let (count, rest) = count(body)?;
    let end = count.as_ptr().addr() - line.as_ptr().addr() + count.len();
    row.counter.count = count;
    (end >= COUNT && row.event(rest)).then_some(row)
}

fn is_group(body: &str) -> bool {
    body.starts_with(|c: char| c.is_ascii_alphabetic()) && !body.contains(char::is_whitespace)
}

/// The width of a count.
const COUNT: usize = 18;

impl<'t> Row<'t> {
    /// Takes what stands behind a row.
    fn trailers(&mut self, line: &'t str) -> &'t str {
        let mut rest = line;
        while let Some((inner, start)) = bracketed(rest) {
            let Some(percent) = inner.trim().strip_suffix('%') else { break };
            if let Some(noise) = percent.trim().strip_prefix("+-") {
                self.counter.noise = Some(noise.trim());
            } else if number::is_token(percent) && self.counter.noise.is_none() {
                self.counter.running = Some(percent);
            } else {
                break;
            }
            rest = rest[..start].trim_end();
        }
        rest
    }

    /// Takes the identity of a row that is one of several.
    fn place(&mut self, body: &'t str) -> &'t str {
        let (word, rest) = first_word(body);
        if let Some(label) = place::label(word) {
            self.ignored.push((word, "identity of the row"));
            self.counter.labels.push(label);
            let (processors, after) = first_word(rest);
            let is_count = number::is_token(processors) && count(after).is_some();
            if label.0 != "cpu" && is_count {
                self.ignored.push((processors, "number of processors"));
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
                self.ignored.push((thread, "identity of the row"));
                self.counter.labels.push(("thread", thread));
                return body[end..].trim_start();
            }
        }
        debug_assert!(end <= body.len());
        body
    }

    /// Takes unit, event and cgroup. A unit stands one blank behind the count; without one its column is empty.
    fn event(&mut self, rest: &'t str) -> bool {
        let gap = rest.len() - rest.trim_start().len();
        let (word, after) = first_word(rest);
        let mut text = rest.trim();
        if gap == 1 && !after.is_empty() && word.len() <= 8 {
            self.counter.unit = word;
            text = after;
        }
        let end = text.find("  ").unwrap_or(text.len());
        let (event, cgroup) = (text[..end].trim_end(), text[end..].trim());
        // Old versions show the unit of a clock in its name.
        self.counter.event = match event.strip_suffix(" (msec)") {
            Some(clock) => {
                self.counter.unit = "msec";
                clock
            }
            None => event,
        };
        if !cgroup.is_empty() {
            self.ignored.push((cgroup, "name of the cgroup"));
            self.counter.labels.push(("cgroup", cgroup));
        }
        self.counter.event.starts_with(|c: char| c.is_ascii_alphabetic() || c == '{') && !cgroup.contains("  ")
    }
}

/// The count at the start of `text`, and what follows it.
fn count(text: &str) -> Option<(&str, &str)> {
    for missing in ["<not counted>", "<not supported>"] {
        if text.starts_with(missing) {
            return Some(text.split_at(missing.len()));
        }
    }
    let (count, rest) = text.split_at(text.find(char::is_whitespace)?);
    let is_number = count.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.');
    (is_number && count.starts_with(|c: char| c.is_ascii_digit())).then_some((count, rest))
}

/// What the bracket at the end of `text` holds, and where it starts. Old versions have square ones.
fn bracketed(text: &str) -> Option<(&str, usize)> {
    let (open, close) = if text.ends_with(')') { ('(', ')') } else { ('[', ']') };
    let inner = text.strip_suffix(close)?;
    let start = inner.rfind(open)?;
    Some((&inner[start + 1..], start))
}

fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim();
    let (word, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    (word, rest.trim_start())
}
