//! A described format over a text: line by line, section by section.
//!
//! - [`row`]: one line with metrics
//! - [`known`]: the metrics that come again with every line, which are looked up once

mod known;
mod row;

use std::collections::{HashMap, HashSet};

use crate::format::Format;
use crate::pattern::{self, Captures};
use crate::template::From;
use known::{Filled, Known};
use prill_core::diagnostic::code;
use prill_core::extract::LabelSet;
use prill_core::scan::{Line, Search as _};
use prill_core::{ExtractError, Input, MetricSink, Sniff, Text};

/// A longer line is not matched: the time that a regex takes grows with its size times the length of the text.
pub(crate) const LONGEST_LINE: usize = 16 << 10;

/// A text up to this length is searched as a whole for the words that the regexes need.
const SHORT: usize = 64 << 10;

/// How many lines are looked at to recognise a text.
const SNIFFED: usize = 200;

pub(crate) fn sniff(marks: &[(Sniff, pattern::Pattern)], text: &Text<'_>) -> Sniff {
    let short = text.as_str().len() <= SHORT;
    let marks: Vec<_> = marks.iter().filter(|(_, regex)| !short || text.as_str().has(regex.needs())).collect();
    if marks.is_empty() {
        return Sniff::No;
    }
    let sure = |line: Line<'_>| {
        let marks = marks.iter().filter(|_| line.text.len() <= LONGEST_LINE);
        marks.filter(|(_, regex)| regex.is_match(line.text)).map(|(sniff, _)| *sniff).max()
    };
    text.lines().take(SNIFFED).filter_map(sure).max().unwrap_or(Sniff::No)
}

pub(crate) fn extract(format: &Format, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let text = input.text();
    let mut places = Places::of(format);
    let mut reader = Reader::new(format, out);
    for line in text.lines() {
        reader.line(line, &mut places);
    }
    let Reader { out, mut dropped, known, cut, .. } = reader;
    if !dropped.is_empty() {
        dropped.sort_unstable();
        out.retain(|index| dropped.binary_search(&index).is_err());
    }
    match (known, cut) {
        (_, true) => Err(ExtractError::Truncated { at: text.end() }),
        (false, _) => Err(ExtractError::NotFound),
        _ => Ok(()),
    }
}

/// Room for the captures of each regex that has some.
struct Places {
    sections: Vec<pattern::Places>,
    lines: Vec<pattern::Places>,
    messages: Vec<pattern::Places>,
}

impl Places {
    fn of(format: &Format) -> Self {
        Self {
            sections: format.sections.iter().map(|section| section.start.places()).collect(),
            lines: format.lines.iter().map(|row| row.regex.places()).collect(),
            messages: format.messages.iter().map(|message| message.regex.places()).collect(),
        }
    }
}

struct Reader<'f, 't, 'o> {
    format: &'f Format,
    out: &'o mut MetricSink,
    section: Option<usize>,
    /// The captures of the header of the section.
    header: Vec<Option<&'t str>>,
    /// The labels of the line.
    labels: Filled<'f>,
    /// The cells of each row, as they came.
    cells: Vec<Vec<Known>>,
    /// What is looked up in them.
    key: String,
    /// The labels of the line before, without the number that counts the lines.
    before: (Filled<'f>, Option<LabelSet>),
    /// How often a row came with its labels, and the last of these, for which nothing needs to be looked up.
    counts: HashMap<(usize, LabelSet), u64>,
    count: Option<((usize, LabelSet), u64)>,
    /// Where the last value of an identity stands, of rows of which the last counts.
    last: HashMap<(usize, LabelSet), (usize, &'t str)>,
    /// Those that were, by their numbers.
    dropped: Vec<usize>,
    /// The numbers of the names.
    names: HashMap<String, usize>,
    /// The messages that were said.
    said: HashSet<usize>,
    known: bool,
    cut: bool,
    long: bool,
}

impl<'f, 't, 'o> Reader<'f, 't, 'o> {
    fn new(format: &'f Format, out: &'o mut MetricSink) -> Self {
        let cells = format.lines.iter().map(|row| row.cells.iter().map(|_| Known::default()).collect()).collect();
        let (counts, last) = (HashMap::new(), HashMap::new());
        let (dropped, names, said) = (Vec::new(), HashMap::new(), HashSet::new());
        let (section, header, labels, key) = (None, vec![], Filled::default(), String::new());
        let (known, cut, long) = (false, false, false);
        Self {
            format,
            out,
            section,
            header,
            labels,
            cells,
            key,
            before: Default::default(),
            counts,
            count: None,
            last,
            dropped,
            names,
            said,
            known,
            cut,
            long,
        }
    }

    fn line(&mut self, line: Line<'t>, places: &mut Places) {
        if line.text.len() > LONGEST_LINE {
            if !std::mem::replace(&mut self.long, true) {
                let message = format!("a line of {} bytes is not read; the limit is {LONGEST_LINE}", line.text.len());
                self.out.warn(code::MALFORMED, &line.text[..0], message);
            }
            return;
        }
        let mine = self.header(line, places) | (self.row(line, places) || self.message(line, places) || self.passed(line));
        self.known |= mine && !line.trimmed().is_empty();
        self.cut |= !mine && !line.ended && !line.trimmed().is_empty();
    }

    /// Switches to the section whose header this is. A section that has an end goes on until then.
    fn header(&mut self, line: Line<'t>, places: &mut Places) -> bool {
        let format = self.format;
        if let Some(end) = self.section.and_then(|section| format.sections[section].end.as_ref()) {
            if !end.is_match(line.text) {
                return false;
            }
            self.section = None;
        }
        for (number, (section, places)) in format.sections.iter().zip(&mut places.sections).enumerate() {
            let Some(captures) = section.start.captures(line.text, places) else { continue };
            row::pass_over(&section.ignore, captures, self.out);
            self.section = Some(number);
            self.header = captures.all().collect();
            return true;
        }
        false
    }

    fn row(&mut self, line: Line<'t>, places: &mut Places) -> bool {
        let format = self.format;
        for (number, (row, places)) in format.lines.iter().zip(&mut places.lines).enumerate() {
            if !self.is_here(row.section) {
                continue;
            }
            if let Some(captures) = row.regex.captures(line.text, places) {
                self.read(number, row, captures, line);
                return true;
            }
        }
        false
    }

    /// A line that says that the tool failed. A thousand workers may each say so: one is enough.
    fn message(&mut self, line: Line<'t>, places: &mut Places) -> bool {
        let format = self.format;
        for (number, (message, places)) in format.messages.iter().zip(&mut places.messages).enumerate() {
            let Some(captures) = message.regex.captures(line.text, places) else { continue };
            let shown = line.trimmed();
            if self.said.insert(number) {
                let said = message.text.as_ref().and_then(|text| text.fill(|from| self.value(from, captures)));
                let said = said.unwrap_or_else(|| format!("{} says: {shown}", format.head.name));
                match message.failed {
                    true => self.out.tool_failed(shown, said),
                    false => self.out.warn(code::DEGRADED, shown, said),
                }
            }
            self.out.ignore(shown, "message");
            return true;
        }
        false
    }

    fn passed(&mut self, line: Line<'t>) -> bool {
        let mut ignored = self.format.ignored.iter();
        let Some(passed) = ignored.find(|p| self.is_here(p.section) && p.regex.is_match(line.text)) else { return false };
        if !line.text.is_empty() {
            self.out.ignore(line.text, passed.why);
        }
        true
    }

    /// Whether what wants this section is looked for.
    fn is_here(&self, section: Option<usize>) -> bool {
        section.is_none() || section == self.section
    }

    /// The text of a capture.
    fn value(&self, from: From, captures: Captures<'t, '_>) -> Option<&'t str> {
        match from {
            From::Line(group) => captures.get(group),
            From::Header(group) => self.header.get(group).copied().flatten(),
        }
    }
}
