//! `Benchmark::FORMAT` of `benchmark.rb`: `%10.6u %10.6y %10.6t %10.6r`, behind a label.

use prill_core::MetricSink;
use prill_core::extract::Series;
use prill_core::scan::{Line, Search, unit};

use crate::Seen;

/// `Benchmark::CAPTION`: the columns.
pub(crate) fn is_head(line: &str) -> bool {
    line.starts_with("user") && line.words().eq(["user", "system", "total", "real"])
}

/// A row: what a block took.
#[derive(Debug, PartialEq)]
pub(crate) struct Row<'t> {
    name: &'t str,
    /// User, system, both, and of the wall clock.
    times: [&'t str; 4],
}

impl<'t> Row<'t> {
    /// The row in `line`, read from its end: a label may hold blanks and numbers.
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let (rest, real) = line.trim_end().strip_suffix(')')?.rsplit_once('(')?;
        let (rest, total) = last(rest)?;
        let (rest, system) = last(rest)?;
        let (name, user) = last(rest)?;
        let times = [user, system, total, real.trim()];
        times.iter().all(|time| is_time(time)).then_some(Self { name: name.trim(), times })
    }
}

/// The last word, which stands at the end of ten characters, and what is before it.
fn last(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    // Ten characters away: to look at each is sooner done than to prepare a search.
    let at = text.bytes().rposition(|byte| byte == b' ').map_or(0, |at| at + 1);
    (at < text.len()).then(|| text.split_at(at))
}

/// Six decimals.
fn is_time(word: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    word.strip_prefix('-')
        .unwrap_or(word)
        .split_once('.')
        .is_some_and(|(whole, part)| digits(whole) && digits(part) && part.len() == 6)
}

/// The lines of a text.
#[derive(Default)]
pub(crate) struct Page {
    in_rehearsal: bool,
    known: bool,
    /// The times of the processor, and that of the wall clock.
    series: Option<[Series; 2]>,
}

impl Page {
    pub(crate) fn line(&mut self, line: Line<'_>, out: &mut MetricSink) -> Seen {
        let text = line.trimmed();
        if text.starts_with("Rehearsal ") && text.ends_with("--") {
            self.in_rehearsal = true;
        } else if is_head(text) {
            self.in_rehearsal = false;
        } else {
            if !line.ended {
                return if self.known && !text.is_empty() { Seen::Cut } else { Seen::Other };
            }
            let Some(row) = Row::parse(line.text) else { return Seen::Other };
            self.put(&row, out);
        }
        self.known = true;
        Seen::Mine
    }

    fn put(&mut self, row: &Row<'_>, out: &mut MetricSink) {
        let [cpu, elapsed] = self.series.get_or_insert_with(|| {
            ["cpu_time", "elapsed"].map(|name| out.metric(name).unit(unit::SECOND).lower().resolution(1e-6).series())
        });
        let phase = self.in_rehearsal.then_some("rehearsal");
        let name = (!row.name.is_empty()).then_some(row.name);
        let mut push = |series: &mut Series, mode, token| {
            let labels = [("benchmark", name), ("mode", mode), ("phase", phase)];
            let labels = out.labels(labels.into_iter().filter_map(|(key, value)| Some((key, value?))));
            out.push(series.labels(labels), token);
        };
        push(cpu, Some("user"), row.times[0]);
        push(cpu, Some("system"), row.times[1]);
        push(cpu, None, row.times[2]);
        push(elapsed, None, row.times[3]);
    }
}
