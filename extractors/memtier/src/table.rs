use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number};

use crate::put::{Kind, Place, put, run_of};

/// A line that only memtier_benchmark prints.
pub(crate) fn is_mark(line: &str) -> bool {
    let head = line.starts_with("Type ") && line.has(" Ops/sec ") && line.has(" Hits/sec ") && line.has("KB/sec");
    head || line.starts_with("[RUN #") && line.has(" threads: ") && line.has(" msec latency")
}

/// The text, line by line.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) known: bool,
    pub(crate) cut: bool,
    run: Option<String>,
    part: Part,
    source: Option<&'static str>,
}

/// What the lines that follow belong to.
#[derive(Debug)]
enum Part {
    /// Settings, and whatever stands before the first table.
    Front,
    /// The rows below a head.
    Table(Vec<Kind>),
    /// The rows of the distribution: a command, milliseconds, and the share of requests that took no longer.
    Distribution,
}

impl Page {
    pub(crate) fn new(source: Option<&'static str>) -> Self {
        Self { known: false, cut: false, run: None, part: Part::Front, source }
    }

    pub(crate) fn line(&mut self, line: Line<'_>, out: &mut MetricSink) {
        let text = line.trimmed();
        self.known |= is_mark(line.text) || line.text.starts_with("[RUN #");
        if is_mark(line.text) && !text.starts_with('[') {
            self.part = Part::Table(columns(text));
            // The percentiles of the head are names.
            out.ignore(text, "head of the table");
        } else if text.starts_with("Request Latency Distribution") {
            self.part = Part::Distribution;
        } else if text == "ALL STATS" || text.has(" RESULTS") && text.starts_with(|c: char| c.is_ascii_uppercase()) {
            (self.run, self.part) = (run_of(text.before(" (")), Part::Front);
            out.ignore(text, "label");
        } else if text.starts_with("[RUN #") || text.starts_with("Writing results to") {
            out.ignore(text, "progress");
        } else if is_failure(text) {
            self.known = true;
            out.tool_failed(text, format!("memtier_benchmark says: {text}"));
            out.ignore(text, "message");
        } else {
            self.below(line, out);
        }
    }

    fn below(&mut self, line: Line<'_>, out: &mut MetricSink) {
        let text = line.trimmed();
        match &self.part {
            Part::Table(_) | Part::Distribution if text.bytes().all(|b| matches!(b, b'-' | b'=')) => {}
            Part::Table(columns) => {
                let place = Place { run: self.run.as_deref(), source: self.source, ..Place::default() };
                self.cut |= !line.ended || !row(text, columns, place, out);
            }
            Part::Distribution => {
                self.cut |= !line.ended;
                out.ignore(text, "bucket of the distribution");
            }
            Part::Front if is_setting(text) => out.ignore(text, "setting"),
            Part::Front => self.cut |= self.known && !line.ended,
        }
    }
}

/// The kinds of the columns below `Type`: a head of one word, or of several before `Latency`.
fn columns(head: &str) -> Vec<Kind> {
    let mut kinds = Vec::new();
    let mut words = head.split_whitespace().skip(1).peekable();
    while let Some(word) = words.next() {
        if word == "Avg." || Kind::percentile(word).is_some() {
            words.next_if_eq(&"Latency");
        }
        kinds.push(match word {
            "Avg." | "Latency" => Kind::of_key("Latency"),
            _ => Kind::of_key(word),
        });
    }
    kinds
}

/// Puts in a row; false when it has not as many numbers as the head says.
fn row(text: &str, columns: &[Kind], place: Place<'_>, out: &mut MetricSink) -> bool {
    // The name of a command may hold blanks.
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(first) = words.len().checked_sub(columns.len()).filter(|first| *first > 0) else { return false };
    let cells = &words[first..];
    if !cells.iter().all(|cell| *cell == "---" || number::is_token(cell) || cell.has("nan")) {
        return false;
    }
    let name = text[..cells[0].as_ptr().addr() - text.as_ptr().addr()].trim();
    out.ignore(name, "label");
    let command = (name != "Totals").then_some(name);
    let is_idle =
        columns.iter().zip(cells).any(|(kind, cell)| *kind == Kind::Rate && cell.bytes().all(|b| matches!(b, b'0' | b'.')));
    let mut placeholders = 0;
    for (kind, cell) in columns.iter().zip(cells).filter(|(_, cell)| **cell != "---") {
        if is_idle && matches!(kind, Kind::Latency(_)) {
            out.ignore(cell, "placeholder");
            placeholders += 1;
        } else {
            put(kind, cell, Place { command, ..place }, out);
        }
    }
    if placeholders > 0 {
        // `Waits` is printed whether there are any or not.
        let message = format!("{name} has no latency: there was no such request");
        if command.is_some() { out.note(code::NO_SAMPLES, name, message) } else { out.warn(code::NO_SAMPLES, name, message) }
    }
    true
}

/// `4         Threads`, above the first table.
fn is_setting(text: &str) -> bool {
    let what = number::leading(text).map_or("", |(_, rest)| rest.trim_start());
    let known = ["Threads", "Connections per thread", "Requests per client", "Seconds", "Requests per thread"];
    known.iter().any(|word| what.starts_with(word))
}

fn is_failure(text: &str) -> bool {
    ["connection error: ", "error: ", "client: ", "server ", "memtier_benchmark: ", "Usage: memtier_benchmark"]
        .iter()
        .any(|start| text.starts_with(start))
        || text.has("error response: ")
}
