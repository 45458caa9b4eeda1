//! A described format over a text: line by line, section by section.
//!
//! - [`row`]: one line with metrics

mod row;

use std::collections::{HashMap, HashSet};

use prill_core::diagnostic::code;
use prill_core::scan::Line;
use prill_core::{ExtractError, Input, MetricSink, Sniff, Text};
use regex::Regex;

use crate::format::Format;

/// A longer line is not matched: the time that a regex takes grows with its size times the length of the text.
pub(crate) const LONGEST_LINE: usize = 16 << 10;

/// How many lines are looked at to recognise a text.
const SNIFFED: usize = 200;

pub(crate) fn sniff(format: &Format, text: &Text<'_>) -> Sniff {
    let sure = |line: Line<'_>| {
        let marks = format.marks.iter().filter(|_| line.text.len() <= LONGEST_LINE);
        marks.filter(|(_, regex)| regex.is_match(line.text)).map(|(sniff, _)| *sniff).max()
    };
    text.lines().take(SNIFFED).filter_map(sure).max().unwrap_or(Sniff::No)
}

pub(crate) fn extract(format: &Format, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let text = input.text();
    let mut reader = Reader::new(format, out);
    for line in text.lines() {
        reader.line(line);
    }
    let Reader { out, dropped, known, cut, .. } = reader;
    if !dropped.is_empty() {
        out.retain(|index| !dropped.contains(&index));
    }
    match (known, cut) {
        (_, true) => Err(ExtractError::Truncated { at: text.end() }),
        (false, _) => Err(ExtractError::NotFound),
        _ => Ok(()),
    }
}

struct Reader<'f, 't, 'o> {
    format: &'f Format,
    out: &'o mut MetricSink,
    section: Option<usize>,
    /// The captures of the header of the section.
    header: Vec<Option<&'t str>>,
    /// How often a row came with its labels.
    counts: HashMap<(usize, String), u64>,
    /// Where the last value of an identity stands, of rows of which the last counts.
    last: HashMap<String, (usize, &'t str)>,
    dropped: HashSet<usize>,
    /// The messages that were said.
    said: HashSet<usize>,
    known: bool,
    cut: bool,
    long: bool,
}

impl<'f, 't, 'o> Reader<'f, 't, 'o> {
    fn new(format: &'f Format, out: &'o mut MetricSink) -> Self {
        let (counts, last) = (HashMap::new(), HashMap::new());
        let (dropped, said) = (HashSet::new(), HashSet::new());
        Self { format, out, section: None, header: vec![], counts, last, dropped, said, known: false, cut: false, long: false }
    }

    fn line(&mut self, line: Line<'t>) {
        if line.text.len() > LONGEST_LINE {
            if !std::mem::replace(&mut self.long, true) {
                let message = format!("a line of {} bytes is not read; the limit is {LONGEST_LINE}", line.text.len());
                self.out.warn(code::MALFORMED, &line.text[..0], message);
            }
            return;
        }
        let mine = self.header(line) | (self.row(line) || self.message(line) || self.passed(line));
        self.known |= mine && !line.trimmed().is_empty();
        self.cut |= !mine && !line.ended && !line.trimmed().is_empty();
    }

    /// Switches to the section whose header this is. A section that has an end goes on until then.
    fn header(&mut self, line: Line<'t>) -> bool {
        let format = self.format;
        if let Some(end) = self.section.and_then(|section| format.sections[section].end.as_ref()) {
            if !end.is_match(line.text) {
                return false;
            }
            self.section = None;
        }
        for (number, section) in format.sections.iter().enumerate() {
            let Some(captures) = section.start.captures(line.text) else { continue };
            row::pass_over(&section.ignore, &captures, self.out);
            self.section = Some(number);
            self.header = captures.iter().map(|group| group.map(|found| found.as_str())).collect();
            return true;
        }
        false
    }

    fn row(&mut self, line: Line<'t>) -> bool {
        let format = self.format;
        let here = |section: Option<usize>, now: Option<usize>| section.is_none() || section == now;
        let rows = format.lines.iter().enumerate().filter(|(_, row)| here(row.section, self.section));
        let found = rows.filter_map(|(number, row)| Some((number, row, row.regex.captures(line.text)?))).next();
        let Some((number, row, captures)) = found else { return false };
        self.read(number, row, &captures, line);
        true
    }

    /// A line that says that the tool failed. A thousand workers may each say so: one is enough.
    fn message(&mut self, line: Line<'t>) -> bool {
        let format = self.format;
        let found = format.messages.iter().enumerate();
        let Some((number, message, captures)) = found.filter_map(|(n, m)| Some((n, m, m.regex.captures(line.text)?))).next()
        else {
            return false;
        };
        let shown = line.trimmed();
        if self.said.insert(number) {
            let value = |from| row::value(from, &captures, &self.header);
            let said = message.text.as_ref().and_then(|text| text.fill(value));
            let said = said.unwrap_or_else(|| format!("{} says: {shown}", format.head.name));
            match message.failed {
                true => self.out.tool_failed(shown, said),
                false => self.out.warn(code::DEGRADED, shown, said),
            }
        }
        self.out.ignore(shown, "message");
        true
    }

    fn passed(&mut self, line: Line<'t>) -> bool {
        let here = |section: Option<usize>| section.is_none() || section == self.section;
        let is = |regex: &Regex| regex.is_match(line.text);
        let Some(passed) = self.format.ignored.iter().find(|p| here(p.section) && is(&p.regex)) else { return false };
        if !line.text.is_empty() {
            self.out.ignore(line.text, passed.why);
        }
        true
    }
}
