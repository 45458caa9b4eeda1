//! The text of a tool: reports, each of one or more tables.

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search};
use prill_core::{ExtractError, MetricSink, Text};

use crate::column::Column;
use crate::head::{Heads, Lead};
use crate::said::Said;
use crate::table::{Of, Table};

/// What the text is about, as far as it was read.
pub(crate) struct Page<'t> {
    heads: Heads,
    tables: Vec<Table<'t>>,
    /// The columns of each table as they are printed.
    printed: Vec<&'t str>,
    /// The table that the next row belongs to.
    current: Option<usize>,
    /// The number of the report, counted from 1, and its digits.
    report: usize,
    number: String,
    /// The time of the report.
    stamp: &'t str,
    /// More than one report, or an average, was seen.
    several: bool,
    banner: bool,
    usage: bool,
    /// A device whose numbers are on the next line.
    device: Option<&'t str>,
    words: Vec<&'t str>,
    said: Said,
}

/// Reads the last run in `text`.
pub(crate) fn read(text: &Text<'_>, heads: Heads, out: &mut MetricSink) -> Result<(), ExtractError> {
    let from = last_run(text, out);
    let mut probe = MetricSink::new();
    probe.read(text, &prill_core::Stream::Stdout);
    let mut first = Page::new(heads, false);
    let _ = first.walk(text, from, &mut probe, true);
    let mut page = Page::new(heads, first.several);
    let cut = page.walk(text, from, out, false);
    if cut {
        return Err(ExtractError::Truncated { at: text.end() });
    }
    if page.tables.is_empty() && !page.banner && !page.usage {
        return Err(ExtractError::NotFound);
    }
    if page.tables.is_empty() && !page.usage {
        let whole = text.as_str().trim_end();
        out.note(code::NO_SAMPLES, &whole[whole.len()..], "the tool ended before its first report");
    }
    Ok(())
}

/// Where the last run begins: each begins with a banner. What is before it is said and ignored.
fn last_run(text: &Text<'_>, out: &mut MetricSink) -> usize {
    let all = text.as_str();
    let starts: Vec<usize> = memchr::memmem::find_iter(all.as_bytes(), b") \t").filter_map(|at| banner_at(all, at)).collect();
    let (Some(&first), Some(&last)) = (starts.first(), starts.last()) else { return 0 };
    if first == last {
        return 0;
    }
    let earlier = &all[first..last];
    let message = format!("{} runs in one output: the last counts; the first starts at byte {first}", starts.len());
    out.warn(code::SEVERAL_DOCUMENTS, &earlier[..1], message);
    out.ignore(earlier, "an earlier run in the same output");
    last
}

/// The start of the line with a `) \t` at `at`, when it is `Linux 6.1.0 (host) \t11/30/21 \t_x86_64_\t(2 CPU)`.
fn banner_at(text: &str, at: usize) -> Option<usize> {
    let start = memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[..at]).map_or(0, |end| end + 1);
    let line = &text[start..];
    let line = &line[..line.find(['\n', '\r']).unwrap_or(line.len())];
    is_banner(line.trim()).then_some(start)
}

/// What `print_gal_header` in `common.c` prints.
pub(crate) fn is_banner(line: &str) -> bool {
    let mut words = line.words();
    let name = words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()));
    let release = words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    name && release && line.has(" (") && line.has(") \t")
}

impl<'t> Page<'t> {
    fn new(heads: Heads, several: bool) -> Self {
        Self {
            heads,
            tables: Vec::new(),
            printed: Vec::new(),
            current: None,
            report: 0,
            number: String::new(),
            stamp: "",
            several,
            banner: false,
            usage: false,
            device: None,
            words: Vec::new(),
            said: Said::default(),
        }
    }

    /// Reads the lines from the byte `from` on, with `probe` until it is clear whether there are several reports. True when the
    /// text ends in the middle of a line.
    fn walk(&mut self, text: &'t Text<'_>, from: usize, out: &mut MetricSink, probe: bool) -> bool {
        let base = text.as_str().as_ptr().addr() + from;
        for line in text.lines() {
            if line.text.as_ptr().addr() < base {
                continue;
            }
            if !self.read(line, out) && !line.ended {
                return !line.text.trim().is_empty() && (self.banner || !self.tables.is_empty());
            }
            if !line.ended {
                return true;
            }
            if probe && self.several {
                return false;
            }
        }
        false
    }

    /// Reads a line; false when it is nothing that the tool prints.
    fn read(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        if text.is_empty() {
            return false;
        }
        if self.again(text) {
            out.ignore(text, "header");
            return true;
        }
        if let Some(table) = self.current
            && self.row(table, line, text, out)
        {
            return true;
        }
        self.words.clear();
        self.words.extend(text.words());
        if line.ended && self.begin(text) {
            out.ignore(text, "header");
            return true;
        }
        self.other(text, line.ended, out)
    }

    /// Whether the line is the header of a table that was there before. Which it is then.
    fn again(&mut self, line: &'t str) -> bool {
        let Some(table) = self.printed.iter().position(|printed| line.ends_with(printed)) else { return false };
        let before = &line[..line.len() - self.printed[table].len()];
        let lead = before.words().count();
        if lead > 3 || before.ends_with(|c: char| !c.is_ascii_whitespace()) {
            return false;
        }
        if let Lead::Words(count) = &mut self.tables[table].head.lead {
            *count = lead;
        }
        self.enter(table);
        true
    }

    /// Whether the words of the line are the header of a new table.
    fn begin(&mut self, line: &'t str) -> bool {
        let Some(head) = (self.heads)(&self.words) else { return false };
        let Some(first) = head.names.first() else { return false };
        let start = first.as_ptr().addr() - line.as_ptr().addr();
        self.printed.push(&line[start..]);
        self.tables.push(Table::new(head));
        self.enter(self.tables.len() - 1);
        true
    }

    /// Without times, a table that comes again begins a report.
    fn enter(&mut self, table: usize) {
        self.current = Some(table);
        self.device = None;
        if self.tables[table].head.lead != Lead::None {
            return;
        }
        if self.tables[table].report == self.report {
            self.next_report();
        }
        self.tables[table].report = self.report;
    }

    fn next_report(&mut self) {
        self.report += 1;
        self.number = self.report.to_string();
        self.several |= self.report > 1;
    }

    /// Whether the line is a row of the table, which is read then.
    fn row(&mut self, table: usize, line: Line<'t>, text: &'t str, out: &mut MetricSink) -> bool {
        let head = &self.tables[table].head;
        let count = self.tables[table].words();
        self.words.clear();
        self.words.extend(text.words().take(count + 4));
        // The last number of a line that is cut may be half of one.
        if !line.ended {
            self.words.pop();
        }
        let lead = head.lead(&self.words);
        if head.lead == Lead::None && self.named_above(table, count, line.ended) {
            return true;
        }
        let labels = keys(&self.tables[table].head.columns);
        self.fill(table, lead, count);
        let (found, need) = (self.words.len(), lead + count);
        let fits = match (line.ended, self.tables[table].has_command()) {
            (true, false) => found == need,
            (true, true) => found > need,
            (false, _) => found > lead && found <= need && labels <= found - lead,
        };
        if !fits || !self.is_row(table, lead) {
            return false;
        }
        if memchr::memchr(b',', text.as_bytes()).is_some() && self.words[lead..].iter().take(count).any(|w| is_comma(w)) {
            self.said.comma(text, out);
            return true;
        }
        let command = if found > need { &text[self.words[need].as_ptr().addr() - text.as_ptr().addr()..] } else { "" };
        self.explain(table, lead, text, command, out);
        let extreme = if lead > 0 { self.stamp(text, lead) } else { None };
        let command = command.trim_start_matches("|__");
        let words = &self.words[lead..found.min(need)];
        let of = match extreme {
            Some(of) => of,
            None if self.several => Of::Interval(&self.number),
            None => Of::Run,
        };
        self.tables[table].put(words, command, of, &mut self.said, out);
        true
    }

    /// A device in a line of its own, as `-h` had it until sysstat 11.5; its numbers are on the next one.
    fn named_above(&mut self, table: usize, count: usize, ended: bool) -> bool {
        if !matches!(self.tables[table].head.columns.first(), Some(Column::Key(_))) || count < 3 {
            return false;
        }
        if let ([name], None, true) = (self.words.as_slice(), self.device, ended) {
            self.device = Some(name);
            return true;
        }
        let device = self.device.take();
        if let Some(device) = device.filter(|_| self.words.len() + 1 == count || !ended) {
            self.words.insert(0, device);
        }
        false
    }

    /// `mpstat -T` leaves the place of the processor blank in the row of all.
    fn fill(&mut self, table: usize, lead: usize, count: usize) {
        let place = |column: &&Column<'_>| matches!(column, Column::Other("where the processor is"));
        let blank = self.tables[table].head.columns.iter().filter(place).count();
        if blank > 0 && self.words.len() + blank == lead + count {
            self.words.splice(lead + 1..lead + 1, std::iter::repeat_n("", blank));
        }
    }

    /// Whether what stands in the first column of numbers may be one.
    fn is_row(&self, table: usize, lead: usize) -> bool {
        let head = &self.tables[table].head;
        let number = |column: &Column<'_>| matches!(column, Column::Value(_) | Column::Named(..) | Column::Unknown);
        let Some(at) = head.columns.iter().position(number) else { return true };
        let Some(word) = self.words.get(lead + at) else { return self.words.len() > lead };
        word.starts_with(|c: char| c.is_ascii_digit() || "-+.".contains(c)) || word.eq_ignore_ascii_case("nan")
    }

    /// Says of what is no metric in the row why it is none.
    fn explain(&self, table: usize, lead: usize, text: &'t str, command: &'t str, out: &mut MetricSink) {
        let head = &self.tables[table].head;
        let other = |column: &Column<'_>| matches!(column, Column::Key(_) | Column::Other(_));
        let keys = head.columns.iter().take_while(|column| other(column)).count();
        if let Some(first) = self.words.get(lead + keys) {
            let before = &text[..(first.as_ptr().addr().wrapping_sub(text.as_ptr().addr())).min(text.len())];
            if !before.is_empty() {
                out.ignore(before, "time and label");
            }
        }
        for (column, word) in head.columns.iter().zip(&self.words[lead..]).skip(keys) {
            match column {
                Column::Other(why) => out.ignore(word, why),
                Column::Key(_) => out.ignore(word, "label"),
                _ => {}
            }
        }
        if !command.is_empty() {
            out.ignore(command, "label");
        }
    }

    /// Looks at the time of a row; `Some` for one that is about the whole run. The words for that are translated, times are
    /// not: they begin with a digit.
    fn stamp(&mut self, text: &'t str, lead: usize) -> Option<Of<'static>> {
        let last = self.words[lead - 1];
        let stamp = &text[..last.as_ptr().addr() + last.len() - text.as_ptr().addr()];
        if !stamp.starts_with(|c: char| c.is_ascii_digit()) {
            self.several = true;
            return Some(match stamp {
                "Minimum:" => Of::Extreme("min"),
                "Maximum:" => Of::Extreme("max"),
                _ => Of::Run,
            });
        }
        if stamp != self.stamp {
            self.stamp = stamp;
            self.next_report();
        }
        None
    }

    /// A line that is no part of a table; false when it is nothing of the tool's.
    fn other(&mut self, text: &'t str, ended: bool, out: &mut MetricSink) -> bool {
        if is_banner(text) {
            self.banner = true;
            out.ignore(text, "the system, the date, and how many processors it has");
        } else if text.starts_with("Usage: ") || FAILURES.iter().any(|failure| text.starts_with(failure)) {
            out.tool_failed(text, format!("the tool says: {text}"));
            self.usage = true;
            out.ignore(text, "a message");
        } else if self.usage || text.has("LINUX RESTART") {
            out.ignore(text, "a message");
        } else if (self.banner || self.current.is_some()) && is_date(text) {
            out.ignore(text, "date");
        } else if self.current.is_some() && ended {
            self.said.broken(text, out);
        } else {
            return false;
        }
        true
    }
}

/// How many columns a row must have so that all its labels are known.
fn keys(columns: &[Column<'_>]) -> usize {
    columns.iter().rposition(|column| matches!(column, Column::Key(_) | Column::Command)).map_or(1, |at| at + 1)
}

/// `0,50`.
fn is_comma(word: &str) -> bool {
    word.contains(',') && word.starts_with(|c: char| c.is_ascii_digit() || c == '-')
}

/// The line above each report of `iostat -t`: `11/30/2021 03:16:15 PM`, `2021-11-30T15:16:15-0800`, `Time: 03:16:15 PM`.
fn is_date(line: &str) -> bool {
    let time = line.starts_with("Time: ") || line.starts_with(|c: char| c.is_ascii_digit());
    time && line.contains(':') && line.len() < 48
}

/// What the tools say when they give up: `iostat.c`, `mpstat.c`, `pidstat.c`, `sar.c`, `sa_common.c`.
const FAILURES: &[&str] = &[
    "Cannot ",
    "Requested activities not available",
    "Invalid ",
    "Not that many processors!",
    "End of data collecting unexpected",
    "End of system activity file unexpected",
    "Inconsistent input data",
    "Error while reading system activity file",
];
