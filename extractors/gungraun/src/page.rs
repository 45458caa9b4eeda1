use prill_core::scan::{Line, Search};
use prill_core::{MetricSink, Span, Text};

use crate::field::Field;
use crate::put::{self, Place};

/// The lines of a text.
pub(crate) struct Page<'t> {
    /// Whether any line is the tool's.
    pub(crate) known: bool,
    /// The text ends within a line of the tool's.
    pub(crate) cut: bool,
    /// The program, for people.
    program: &'static str,
    /// The last line that is not indented: a benchmark, when fields follow.
    title: &'t str,
    tool: Option<String>,
    /// Processes, threads and parts are listed one by one.
    segment: Option<usize>,
    /// Fields that compare with another benchmark.
    comparing: bool,
}

/// The last line, since 0.16.
pub(crate) fn is_end(line: &str) -> bool {
    line.starts_with("Gungraun result: ") || line.starts_with("Iai-Callgrind result: ")
}

impl<'t> Page<'t> {
    /// Reads what is in none of `places`.
    pub(crate) fn read(text: &'t Text<'_>, places: &[Span], program: &'static str, out: &mut MetricSink) -> Self {
        let mut page = Self { known: false, cut: false, program, title: "", tool: None, segment: None, comparing: false };
        let mut places = places.iter().peekable();
        for line in text.lines() {
            let span = out.span_of(line.text);
            while places.next_if(|place| place.end <= span.start).is_some() {}
            if places.peek().is_none_or(|place| span.end <= place.start) {
                page.line(line, out);
            }
        }
        page
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.text;
        let field = Field::parse(text);
        if field.is_some() && !line.ended || self.known && !line.ended && text.starts_with([' ', '|']) {
            (self.known, self.cut) = (true, true);
            return out.ignore(text, "line that is cut");
        }
        match field {
            Some(field) => {
                self.known = true;
                if !self.comparing {
                    self.put(&field, out);
                }
            }
            None if text.starts_with("  ") || text.starts_with('|') => self.indented(text),
            None => self.title(text.trim(), out),
        }
        out.ignore(text, "an earlier run, a name or a text");
    }

    fn put(&self, field: &Field<'_>, out: &mut MetricSink) {
        let Some(new) = field.new else { return };

        let segment = self.segment.map(|segment| segment.to_string());
        let place = Place { benchmark: benchmark(self.title), tool: self.tool.as_deref(), segment: segment.as_deref() };
        put::put(field.kind, place, new, field.change, out);
    }

    fn indented(&mut self, text: &str) {
        let text = text.trim_start_matches(['|', ' ', '-', '=']);
        let heading = text.split_once(' ').filter(|(_, rest)| rest.ends_with("==="));
        if let Some((tool, _)) = heading {
            let tool = tool.to_ascii_lowercase();
            self.tool = (tool != "callgrind").then_some(tool);
            self.segment = None;
        } else if text.starts_with("Comparison with ") {
            self.comparing = true;
        } else if text == "## Total" {
            self.segment = None;
        } else if text.starts_with("## ") {
            self.segment = Some(self.segment.unwrap_or(0) + 1);
        }
    }

    fn title(&mut self, text: &'t str, out: &mut MetricSink) {
        if text.is_empty() {
            return;
        }
        if is_end(text) {
            self.known = true;
        }
        let failures = [
            "Performance has regressed: ",
            "Failed to launch valgrind. ",
            "Unexpected error while launching valgrind. ",
            "gungraun_runner: Error: ",
            "gungraun-runner: Error: ",
            "iai_callgrind_runner: Error: ",
            "error: ",
            "thread '",
        ];
        if text == "Regressions:" || failures.iter().any(|failure| text.starts_with(failure)) {
            out.tool_failed(text, format!("{} says: {text}", self.program));
        }
        (self.title, self.tool, self.segment, self.comparing) = (text, None, None, false);
    }
}

/// `file::group::function id:the arguments`: the path and the id. The arguments may be cut, and are the same for the same id.
fn benchmark(title: &str) -> &str {
    let id = title.split_once(' ').and_then(|(path, rest)| Some((path, rest.split_once(':')?.0)));
    match id {
        Some((path, id)) if path.has("::") && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') => {
            &title[..path.len() + 1 + id.len()]
        }
        _ => title,
    }
}
