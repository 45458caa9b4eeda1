//! `perf stat`: its table, the rows of `-x` and the objects of `-j`, with the text of the command around them.

mod counter;
mod csv;
mod derived;
mod footer;
mod json;
mod only;
mod place;
mod text;

use prill_core::diagnostic::code;
use prill_core::scan::Line;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

use crate::called::called;
use crate::writer::Writer;
use counter::{Counter, Said};
use only::Columns;

/// The format of `perf stat`.
pub struct PerfStat;

const HEADING: &str = "Performance counter stats for ";

impl Extractor for PerfStat {
    fn name(&self) -> &str {
        "perf-stat"
    }

    fn summary(&self) -> &str {
        "counts of events while a command runs (perf stat): table, -x, -j, -I, -r, --metric-only"
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
                || csv::any_row(line.text)
                    .is_some_and(|(row, _)| !row.counter.count.is_empty() && !row.counter.count.contains(','))
        };
        if text.lines().any(is_mine) {
            return Sniff::Certain;
        }
        if text.lines().any(|line| only::is_here(line.text)) { Sniff::Likely } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let argv = input.argv().unwrap_or_default();
        let asked = argv.iter().take_while(|word| *word != "--").any(|word| word == "--metric-only");
        let (separator, tables) = (csv::separator(argv), tables(text.as_str()));
        let mut page = Page { separator, asked, tables, ..Page::default() };
        let mut foreign = Vec::new();
        let mut writer = Writer::new(out);
        for line in text.lines() {
            match page.line(line, &mut writer) {
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
    /// The command line has `--metric-only`.
    asked: bool,
    /// The names above the rows of `--metric-only`.
    columns: Option<Columns<'t>>,
    /// How many tables there are, and the number of the last.
    tables: usize,
    table: usize,
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
    fn line(&mut self, line: Line<'t>, out: &mut Writer<'_>) -> Taken {
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
        if matches!(self.state, State::Table | State::Footer)
            && let Some(end) = footer::read(shown, line.ended, self.state == State::Table, &mut self.run, out)
        {
            if end == footer::Part::Elapsed {
                self.state = State::Footer;
                self.say_no_rows(shown, out);
            }
            return if end == footer::Part::Cut { Taken::Cut } else { Taken::Yes };
        }
        if let Some(taken) = self.row_of_columns(line, out) {
            return taken;
        }
        if shown.starts_with('{') {
            return self.object(line, out);
        }
        // Where fields were seen, or asked for, there is no table.
        if self.separator.is_some() && self.state != State::Table {
            let taken = self.fields(line, out);
            if taken != Taken::No {
                return taken;
            }
        }
        if let Some(row) = text::row(line.text, self.state == State::Table) {
            if !line.ended {
                out.ignore(line.text, "row that is cut");
                return Taken::Cut;
            }
            let counter = row.counter(out);
            return self.row(counter, out);
        }
        match self.fields(line, out) {
            Taken::No if line.ended && self.names(line.text) => Taken::Yes,
            taken => taken,
        }
    }

    /// A line that may be an object of `-j`.
    fn object(&mut self, line: Line<'t>, out: &mut Writer<'_>) -> Taken {
        let shown = line.trimmed();
        if line.ended && only::is_units(shown) {
            self.columns = Some(Columns::of_json(shown));
            return Taken::Yes;
        }
        if !json::is_mine(shown) {
            if line.ended && only::object(shown, self.asked, &mut self.said, out).is_some() {
                self.rows += 1;
                return Taken::Yes;
            }
            return Taken::No;
        }
        let Some(counter) = json::counter(shown, out) else {
            out.ignore(line.text, "object that is cut or broken");
            return if line.ended { self.broken(shown, out) } else { Taken::Cut };
        };
        self.row(counter, out)
    }

    /// A row of `--metric-only`, below its names.
    fn row_of_columns(&mut self, line: Line<'t>, out: &mut Writer<'_>) -> Option<Taken> {
        let columns = self.columns.as_ref()?;
        if !line.ended && !line.trimmed().is_empty() {
            out.ignore(line.text, "row that is cut");
            return Some(Taken::Cut);
        }
        columns.row(line.text, &mut self.said, out).then(|| {
            self.rows += 1;
            Taken::Yes
        })
    }

    /// Whether the line has the names of `--metric-only`.
    fn names(&mut self, line: &'t str) -> bool {
        // The names are the first line of a table.
        let in_table = self.state == State::Table && self.rows + self.others == 0;
        let columns = if in_table || line.trim_ascii_start().starts_with('#') {
            Columns::of_table(line, in_table)
        } else {
            Columns::of_csv(line, self.separator.as_deref(), self.asked)
        };
        if columns.is_some() {
            self.columns = columns;
            return true;
        }
        false
    }

    /// A row of `-x`.
    fn fields(&mut self, line: Line<'t>, out: &mut Writer<'_>) -> Taken {
        let row = match &self.separator {
            Some(separator) => csv::row(line.text, separator),
            None => csv::any_row(line.text).map(|(row, separator)| {
                self.separator = Some(separator.to_owned());
                row
            }),
        };
        match row {
            Some(row) if row.counter.count.is_empty() && row.counter.event.is_empty() && self.event.is_empty() => Taken::No,
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

    fn row(&mut self, mut counter: Counter<'t>, out: &mut Writer<'_>) -> Taken {
        if counter.event.is_empty() {
            counter.event = self.event;
        }
        self.event = counter.event;
        self.rows += 1;
        counter.push(&mut self.said, out);
        Taken::Yes
    }

    /// A table that has lines, none of which is a row.
    fn say_no_rows(&self, place: &str, out: &mut Writer<'_>) {
        if self.rows == 0 && self.others > 0 {
            out.sink.warn(code::NOT_FOUND, place, "the table has no rows that can be read");
        }
    }

    /// `Performance counter stats for 'sleep 0.1' (3 runs):`
    fn heading(&mut self, shown: &'t str, out: &mut Writer<'_>) -> Taken {
        self.table += 1;
        out.repetition = (self.table < self.tables).then(|| self.table.to_string());
        if self.table == 2 {
            let message =
                format!("{} tables: the last has the plain names, those before it are labelled repetition", self.tables);
            out.sink.warn(code::SEVERAL_DOCUMENTS, shown, message);
        }
        self.state = State::Heading;
        (self.run, self.rows, self.others, self.columns) = (0, 0, 0, None);
        self.command(shown, out)
    }

    fn command(&mut self, shown: &'t str, out: &mut Writer<'_>) -> Taken {
        if shown.ends_with("':") || shown.ends_with(" runs):") {
            self.state = State::Table;
        }
        out.ignore(shown, "command, number of runs");
        Taken::Yes
    }

    fn broken(&mut self, shown: &'t str, out: &mut Writer<'_>) -> Taken {
        if self.said.first("broken", "") {
            out.sink.error(code::MALFORMED, shown, "an object of -j that is no JSON is not read");
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
    let parts = [
        "--metric-only is not supported with ",
        "freeze_on_smi is not supported",
        " requires system-wide mode (-a)",
        " only available in system-wide mode",
        "System does not support topdown",
        " option is not supported with interval-print",
        "Cannot set up transaction events",
    ];
    let is_mine =
        |line: &&str| starts.iter().any(|start| line.starts_with(start)) || parts.iter().any(|part| line.contains(part));
    let said = lines.iter().map(|line| line.trim()).find(is_mine);
    if let Some(line) = said {
        out.tool_failed(line, format!("perf says: {line}"));
    }
    said.is_some()
}

/// How many headings there are.
fn tables(text: &str) -> usize {
    let starts_line = |at: usize| text[..at].trim_end_matches([' ', '\t']).chars().next_back().is_none_or(|c| c == '\n');
    text.match_indices(HEADING).filter(|(at, _)| starts_line(*at)).count()
}

prill_core::register_extractor!(PerfStat);

#[cfg(test)]
mod tests;
