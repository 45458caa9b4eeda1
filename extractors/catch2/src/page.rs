//! The console reporter: `catch_reporter_console.cpp` of 3.x, `catch.hpp` of 2.13.

use prill_core::scan::{Line, Search};
use prill_core::{MetricSink, Text};

use crate::put::Benchmark;
use crate::row::Row;

/// The lines of a text.
#[derive(Default)]
struct Page<'t> {
    known: bool,
    cut: bool,
    /// The title of a test case is being read: its lines, and whether it has ended.
    title: Vec<&'t str>,
    part: Part,
    benchmark: Benchmark,
    /// The lines of a name that is too long for one.
    name: Vec<&'t str>,
    /// Which estimate comes next.
    next: &'static str,
    analysed: bool,
}

/// Where in a test case the reader is.
#[derive(Clone, Copy, Default, PartialEq)]
enum Part {
    #[default]
    Outside,
    Title,
    /// Between the title and a table, or behind one.
    Body,
    /// The head of a table.
    Head,
    Table,
}

/// A line that only Catch2 prints.
pub(crate) fn is_mark(line: &str) -> bool {
    line.has(" is a Catch v") && line.ends_with(" host application.")
        || line.has(" is a Catch2 v") && line.ends_with(" host application.")
        || line.starts_with("benchmark name  ") && line.has("  samples  ") && line.has("  iterations  ")
        || line.starts_with("No test cases matched '")
}

/// Whether the text is Catch2's, and whether it is cut.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> (bool, bool) {
    let mut page = Page::default();
    for line in text.lines() {
        page.line(line, out);
    }
    (page.known, page.cut)
}

fn is_rule(line: &str, of: char) -> bool {
    line.len() >= 20 && line.chars().all(|c| c == of)
}

impl<'t> Page<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if is_mark(text) {
            self.known = true;
        }
        out.ignore(line.text, "text, a place in the source or a total");
        if !line.ended && self.known && !text.is_empty() {
            self.cut = true;
            return;
        }
        match self.part {
            _ if text.starts_with("benchmark name  ") => {
                // Without analysis there is one line of heads.
                self.analysed = !text.ends_with("mean");
                self.part = Part::Head;
            }
            Part::Head if is_rule(text, '-') => {
                self.part = Part::Table;
                self.name.clear();
                self.next = "";
            }
            Part::Head => {}
            _ if is_rule(text, '-') => self.rule(),
            _ if is_rule(text, '.') || is_rule(text, '=') => self.part = Part::Body,
            Part::Title => self.title.push(line.text),
            Part::Table => self.row(line.text, out),
            Part::Outside | Part::Body => self.other(text, out),
        }
    }

    /// A rule begins a title, and ends it.
    fn rule(&mut self) {
        if self.part != Part::Title {
            self.title.clear();
            self.part = Part::Title;
            return;
        }
        self.part = Part::Body;
        let mut group = String::new();
        for line in &self.title {
            // What is left of a long line is indented less or more.
            let section = line.starts_with("  ") && !line.starts_with("   ");
            group.push_str(if group.is_empty() {
                ""
            } else if section {
                " > "
            } else {
                " "
            });
            group.push_str(line.trim());
        }
        self.benchmark.group = group;
    }

    fn row(&mut self, line: &'t str, out: &mut MetricSink) {
        match Row::parse(line) {
            Row::Begin { name, samples, iterations, time } => {
                self.name.push(name);
                self.benchmark.name = self.name.join(" ").trim().to_owned();
                self.name.clear();
                self.benchmark.counts(samples, iterations, out);
                if self.analysed {
                    self.next = "mean";
                    self.benchmark.expected(time, out);
                } else {
                    self.benchmark.time("mean", None, time, out);
                }
            }
            Row::Estimate([point, low, high]) if !self.next.is_empty() => {
                let stat = self.next;
                self.next = if stat == "mean" { "stddev" } else { "" };
                self.benchmark.time(stat, None, point, out);
                self.benchmark.time(stat, Some("low"), low, out);
                self.benchmark.time(stat, Some("high"), high, out);
            }
            Row::Estimate(_) => {}
            Row::Text(text) => match text.place("Benchmark failed (") {
                Some(at) => {
                    let name = if at > 0 { text[..at].trim() } else { &self.benchmark.name };
                    let message = format!("{}: {name}", &text[at..]);
                    out.tool_failed(text, message);
                    self.name.clear();
                }
                None if text.is_empty() => self.name.clear(),
                None => self.name.push(text),
            },
        }
    }

    fn other(&mut self, text: &str, out: &mut MetricSink) {
        let total = text.strip_prefix("test cases: ").is_some_and(|counts| {
            counts.split('|').any(|count| count.trim().ends_with(" failed") && !count.trim().starts_with("0 "))
        });
        self.known |= text == "Error(s) in input:";
        if total || text.starts_with("No test cases matched '") || text == "Error(s) in input:" {
            out.tool_failed(text, format!("Catch2 says: {text}"));
        }
    }
}
