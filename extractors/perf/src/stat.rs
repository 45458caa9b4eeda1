//! `perf stat`: its table, the rows of `-x` and the objects of `-j`, with the text of the command around them.

mod counter;
mod csv;
mod derived;
mod footer;
mod json;
mod place;
mod text;

use prill_core::diagnostic::code;
use prill_core::scan::Line;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Span, Stream, Streams, Text};

use crate::called::called;
use counter::{Counter, Said};

/// The format of `perf stat`.
pub struct PerfStat;

const HEADING: &str = "Performance counter stats for ";

impl Extractor for PerfStat {
    fn name(&self) -> &str {
        "perf-stat"
    }

    fn summary(&self) -> &str {
        "counts of events while a command runs (perf stat): table, -x, -j, -I, -r"
    }

    fn streams(&self) -> Streams {
        // stderr, on which the command prints too; with --log-fd 1 it is stdout.
        Streams::Each
    }

    fn wraps(&self) -> bool {
        true
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        called(argv, "stat")
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_mine = |line: Line<'_>| {
            let shown = line.trimmed();
            shown.starts_with(HEADING)
                || json::is_mine(shown)
                || is_header(shown)
                || csv::any_row(line.text).is_some_and(|(row, _)| !row.counter.count.is_empty())
        };
        if text.lines().any(is_mine) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = Page { separator: csv::separator(input.argv().unwrap_or_default()), ..Page::default() };
        let mut foreign = Vec::new();
        for line in text.lines() {
            match page.line(line, out) {
                Taken::Yes => page.known = true,
                Taken::Cut => (page.known, page.cut) = (true, true),
                Taken::No if line.trimmed().is_empty() => {}
                Taken::No => {
                    page.others += usize::from(page.state == State::Table);
                    foreign.push(line.text);
                }
            }
        }
        let failed = !page.known && say_failure(&foreign, out);
        if page.known || failed {
            foreign.iter().for_each(|line| out.ignore(line, "text of the command, or words around the table"));
        }
        if page.cut || matches!(page.state, State::Heading | State::Table) {
            return Err(ExtractError::Truncated { at: text.end() });
        }
        // What the command prints on stdout is nothing to complain about.
        if page.known || failed || *input.stream() == Stream::Stdout { Ok(()) } else { Err(ExtractError::NotFound) }
    }
}

/// What became of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// It is perf's.
    Yes,
    /// It is perf's, and the end of the text cut it.
    Cut,
    /// It is not.
    No,
}

/// Where in a table a line stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Outside,
    /// The command in the heading may have several lines.
    Heading,
    Table,
    /// Below `seconds time elapsed`.
    Footer,
}

#[derive(Default)]
struct Page<'t> {
    state: State,
    known: bool,
    cut: bool,
    separator: Option<String>,
    /// Where the metrics of the last table start.
    table: Option<usize>,
    /// How many rows it has, and lines that are none.
    rows: usize,
    others: usize,
    /// The event of the last row.
    event: &'t str,
    /// What the last run of `--table` was.
    run: usize,
    said: Said<'t>,
}

impl<'t> Page<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken {
        let shown = line.trimmed();
        if shown.starts_with(HEADING) {
            return self.heading(shown, out);
        }
        if self.state == State::Heading {
            return self.command(shown, out);
        }
        if is_header(shown) {
            return Taken::Yes;
        }
        if json::is_mine(shown) {
            let Some(counter) = json::counter(shown, out) else {
                out.ignore(line.text, "object that is cut or broken");
                return if line.ended { self.broken(shown, out) } else { Taken::Cut };
            };
            return self.row(counter, out);
        }
        if matches!(self.state, State::Table | State::Footer)
            && let Some(end) = footer::read(shown, line.ended, self.state == State::Table, &mut self.run, out)
        {
            if end == footer::Part::Elapsed {
                self.state = State::Footer;
                self.say_no_rows(shown, out);
            }
            return if end == footer::Part::Cut { Taken::Cut } else { Taken::Yes };
        }
        if let Some(row) = text::row(line.text, self.state == State::Table) {
            if !line.ended {
                out.ignore(line.text, "row that is cut");
                return Taken::Cut;
            }
            let counter = row.counter(out);
            return self.row(counter, out);
        }
        self.fields(line, out)
    }

    /// A row of `-x`.
    fn fields(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken {
        let row = match &self.separator {
            Some(separator) => csv::row(line.text, separator),
            None => csv::any_row(line.text).map(|(row, separator)| {
                self.separator = Some(separator.to_owned());
                row
            }),
        };
        match row {
            Some(row) if row.counter.count.is_empty() && self.event.is_empty() => Taken::No,
            Some(_) if !line.ended => {
                out.ignore(line.text, "row that is cut");
                Taken::Cut
            }
            Some(row) => {
                let counter = row.counter(out);
                self.row(counter, out)
            }
            None => Taken::No,
        }
    }

    fn row(&mut self, mut counter: Counter<'t>, out: &mut MetricSink) -> Taken {
        if counter.event.is_empty() {
            counter.event = self.event;
        }
        self.event = counter.event;
        self.rows += 1;
        counter.push(&mut self.said, out);
        Taken::Yes
    }

    /// A table that has lines, none of which is a row: `--metric-only`.
    fn say_no_rows(&self, place: &str, out: &mut MetricSink) {
        if self.rows == 0 && self.others > 0 {
            out.warn(code::NOT_FOUND, place, "the table has no rows of counters; that of --metric-only is not read");
        }
    }

    /// `Performance counter stats for 'sleep 0.1' (3 runs):`
    fn heading(&mut self, shown: &'t str, out: &mut MetricSink) -> Taken {
        if let Some(start) = self.table {
            out.warn(code::SEVERAL_DOCUMENTS, shown, "several tables: the last counts");
            take_back(start, "a table that does not count", out);
        }
        self.table = Some(out.len());
        self.state = State::Heading;
        (self.run, self.rows, self.others) = (0, 0, 0);
        self.command(shown, out)
    }

    fn command(&mut self, shown: &'t str, out: &mut MetricSink) -> Taken {
        if shown.ends_with("':") || shown.ends_with(" runs):") {
            self.state = State::Table;
        }
        out.ignore(shown, "command, number of runs");
        Taken::Yes
    }

    fn broken(&mut self, shown: &'t str, out: &mut MetricSink) -> Taken {
        if self.said.first("broken", "") {
            out.error(code::MALFORMED, shown, "an object of -j that is no JSON is not read");
        }
        Taken::Yes
    }
}

/// `#           time             counts unit events`
fn is_header(shown: &str) -> bool {
    shown.strip_prefix('#').is_some_and(|rest| {
        let mut words = rest.split_whitespace();
        words.next() == Some("time") && shown.ends_with(" events") && words.any(|word| word == "counts")
    })
}

/// What perf says where it counted nothing. Without a table the words can only be its own.
fn say_failure(lines: &[&str], out: &mut MetricSink) -> bool {
    let starts = [
        "Workload failed: ",
        "event syntax error: ",
        "invalid or unsupported event: ",
        "Usage: perf stat ",
        "The sys_perf_event_open() syscall ",
        "Access to performance monitoring and observability operations is limited",
        "You may not have permission to collect ",
        "No permission to enable ",
        "The --per-thread option is only available ",
        "Couldn't synthesize ",
        "failed to read counter ",
        "Cannot find metric or group `",
        "Error: unknown ",
        "perf: ",
    ];
    let said = lines.iter().map(|line| line.trim()).find(|line| starts.iter().any(|start| line.starts_with(start)));
    if let Some(line) = said {
        out.tool_failed(line, format!("perf says: {line}"));
    }
    said.is_some()
}

/// Takes the metrics from the one numbered `start` on back: a later table counts in their place.
fn take_back(start: usize, why: &'static str, out: &mut MetricSink) {
    let spans: Vec<Span> =
        out.metrics().iter().skip(start).flat_map(|m| m.spans().iter().copied().chain([m.span()]).collect::<Vec<_>>()).collect();
    out.truncate(start);
    spans.into_iter().for_each(|span| out.ignore_span(span, why));
}

prill_core::register_extractor!(PerfStat);

#[cfg(test)]
mod tests;
