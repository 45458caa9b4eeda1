//! The first of two steps: which lines there are.
//!
//! Which run a table belongs to and whether it is an interval's or the final one is known only from what follows it, so its
//! numbers wait here until then.

use prill_core::scan::{Lines, percentile};

use crate::line::{Line, is_broken, is_cut, line};
use crate::message::{Message, is_bad_option, message};
use crate::runs::Block;

/// A line outside the rows, and the rows below it when it is a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark<'t> {
    /// The line, trimmed; [`Mark::line`] takes it apart. There are as many as a text has lines, and most of what they say is
    /// of runs and tables that do not count, so no more of it is kept.
    pub(crate) text: &'t str,
    /// Where in [`Outline::rows`] the table's end; they start where those of the mark before end.
    rows: u32,
    pub(crate) kind: LineKind,
    /// Whether the line with minimum and maximum is there.
    pub(crate) complete: bool,
}

/// What can be said of a line without its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    Header,
    Rps,
    Other,
}

/// Everything there is, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outline<'t> {
    /// The lines under the headers.
    pub(crate) rows: Vec<&'t str>,
    pub(crate) marks: Vec<Mark<'t>>,
    /// Which marks belong together.
    pub(crate) blocks: Vec<Block>,
    /// Whether a line says that a rate was asked for.
    pub(crate) rate: bool,
    /// Lines whose numbers are settings, or the help text.
    pub(crate) settings: Vec<&'t str>,
    /// Failures and shortages: the kind and the line.
    pub(crate) messages: Vec<(Message, &'t str)>,
    /// Lines that start like ours and cannot be read.
    pub(crate) broken: Vec<&'t str>,
    /// Rows above the first header.
    pub(crate) stray: Vec<&'t str>,
    /// Whether the text ends in the middle of a line of ours.
    pub(crate) cut: bool,
}

impl<'t> Mark<'t> {
    /// What the line says.
    pub(crate) fn line(&self) -> Option<Line<'t>> {
        line(self.text)
    }
}

impl<'t> Outline<'t> {
    /// Reads on in `text`, which is the end of the output when `last`.
    pub(crate) fn read(&mut self, text: &'t str, last: bool) {
        self.rows.reserve((text.len() / 40).min(1 << 16));
        let (text, number_cut) = if last { without_cut_number(text) } else { (text, false) };
        let mut pass = Pass { out: self, table: false, usage: false, before: "" };
        let mut unread = false;
        for line in Lines::new(text) {
            unread = pass.line(line.text, line.ended || !last) == Read::No && !line.ended;
        }
        let tail = text.rsplit('\n').next().unwrap_or_default().trim();
        self.cut |= last && (number_cut && (is_cut(tail) || is_row(tail)) || unread && !tail.is_empty() && is_cut(tail));
    }

    /// The rows of the mark with this number, down to the one with minimum and maximum.
    pub(crate) fn rows_of(&self, mark: usize) -> &[&'t str] {
        let start = mark.checked_sub(1).map_or(0, |before| self.marks[before].rows);
        &self.rows[start as usize..self.marks[mark].rows as usize]
    }

    fn add(&mut self, text: &'t str, line: &Line<'t>) {
        let kind = match line {
            Line::Header(_) => LineKind::Header,
            Line::Rps { .. } => LineKind::Rps,
            _ => LineKind::Other,
        };
        self.rate |= matches!(line, Line::Rps { summary: Some(_), .. } | Line::ThreadGoal(_));
        Block::add_to(&mut self.blocks, self.marks.len(), line);
        let rows = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.marks.push(Mark { text, rows, kind, complete: false });
    }

    /// True when there is nothing of schbench.
    pub(crate) fn is_empty(&self) -> bool {
        self.marks.is_empty() && self.messages.is_empty() && self.stray.is_empty() && self.broken.is_empty()
    }
}

#[derive(PartialEq, Eq)]
enum Read {
    Yes,
    No,
}

struct Pass<'o, 't> {
    out: &'o mut Outline<'t>,
    /// Whether the last mark is a header whose table goes on.
    table: bool,
    usage: bool,
    before: &'t str,
}

impl<'t> Pass<'_, 't> {
    fn line(&mut self, shown: &'t str, ended: bool) -> Read {
        let text = shown.trim_ascii_start();
        match text.as_bytes().first() {
            None => return Read::Yes,
            // The last row of a cut output may have no number left: that it is cut is said once, elsewhere.
            Some(b'0'..=b'9' | b'*') if ended || percentile::row(text).is_some() => {}
            Some(b'0'..=b'9' | b'*') => return Read::Yes,
            Some(b'm' | b'O') if is_extremes(text) => {
                self.row(text, true);
                return Read::Yes;
            }
            _ => {
                let read = self.other(text.trim_ascii_end());
                self.before = text.trim_ascii_end();
                return read;
            }
        }
        self.row(text, false);
        Read::Yes
    }

    #[inline(always)]
    fn row(&mut self, text: &'t str, last: bool) {
        match self.out.marks.last_mut() {
            Some(mark) if self.table => {
                self.out.rows.push(text);
                mark.rows += 1;
                if last {
                    mark.complete = text.trim_ascii_end().ends_with(|c: char| c.is_ascii_digit());
                    self.table = false;
                }
            }
            None if is_row(text) => self.out.stray.push(text.trim_ascii_end()),
            _ => {}
        }
    }

    fn other(&mut self, text: &'t str) -> Read {
        if let Some(line) = line(text) {
            self.usage = false;
            self.table = matches!(line, Line::Header(_));
            self.out.add(text, &line);
            return Read::Yes;
        }
        if self.usage && text.starts_with('-') {
            self.out.settings.push(text);
            return Read::Yes;
        }
        match message(text) {
            Some(Message::Setting) => self.out.settings.push(text),
            Some(Message::Usage) => {
                let said = if is_bad_option(self.before) { self.before } else { text };
                self.out.messages.push((Message::Failed, said));
                self.usage = true;
            }
            Some(kind) => self.out.messages.push((kind, text)),
            None if is_broken(text) => {
                self.out.broken.push(text);
                return Read::No;
            }
            None => return Read::No,
        }
        Read::Yes
    }
}

/// True for what looks like a row of a percentile table.
pub(crate) fn is_row(text: &str) -> bool {
    let text = text.trim_start_matches(['*', ' ', '\t']);
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    digits.len() < text.len() && digits.starts_with("th")
}

/// True for the line with minimum and maximum.
pub(crate) fn is_extremes(text: &str) -> bool {
    text.starts_with("min=") || text.starts_with("Over=")
}

/// `text` without a number at its very end that may have lost digits: no line feed follows, and it has not the two decimals
/// with which schbench prints its rates.
fn without_cut_number(text: &str) -> (&str, bool) {
    let kept = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let token = &text[kept.len()..];
    let rate = token.split_once('.').is_some_and(|(whole, part)| !whole.is_empty() && part.len() == 2 && !part.contains('.'));
    if token.is_empty() || rate { (text, false) } else { (kept, true) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Outline<'_> {
        let mut outline = Outline::default();
        outline.read(text, true);
        outline
    }

    #[test]
    fn rows_belong_to_the_header_above_them() {
        let text = "noise 1\nLatency percentiles (usec)\n\t50.0th: 36\n\tmin=0, max=7\naverage rps: 1.00\n";
        let read = outline(text);
        assert_eq!(read.marks.len(), 2);
        assert_eq!(read.rows_of(0).len(), 2);
        assert_eq!(read.rows[1], "min=0, max=7");
        assert!(read.marks[0].complete && !read.cut);
        assert_eq!((read.marks[1].line(), read.rows_of(1).len()), (Some(Line::Average("1.00")), 0));
    }

    #[test]
    fn what_is_cut_is_known() {
        for (text, rows) in [
            ("Latency percentiles (usec)\n\t50.0th: 36\n\tmin=2, max=200", 2),
            ("Latency percentiles (usec)\n\t50.0th: 3", 0),
            ("Latency percentiles (usec)\n", 0),
        ] {
            let read = outline(text);
            assert_eq!((read.rows.len(), read.marks[0].complete), (rows, false), "{text}");
        }
        assert!(outline("average rps: 104.6").cut);
        assert!(outline("average rps: 104.67\nsched del").cut);
        assert!(outline("average rps: 104.67\nWakeup Latencies percentiles (usec) runtime 3 (s) (314 tota").cut);
        assert!(!outline("average rps: 104.67").cut, "rates have two decimals, so this one is whole");
        assert!(!outline("average rps: 104.67\nKilled").cut);
    }

    #[test]
    fn the_help_text_is_a_failure() {
        let read = outline("schbench: unrecognized option '--nope'\nschbench usage:\n\t-r (--runtime): (def: 30)\n");
        assert_eq!(read.messages, [(Message::Failed, "schbench: unrecognized option '--nope'")]);
        assert_eq!(read.settings, ["-r (--runtime): (def: 30)"]);
        assert_eq!(outline("schbench usage:\n").messages, [(Message::Failed, "schbench usage:")]);
    }

    #[test]
    fn rows_without_a_header_are_strays() {
        assert_eq!(outline("\t99.9th: 5 (1 samples)\n\tmin=1, max=2\n").stray, ["99.9th: 5 (1 samples)"]);
        assert_eq!(outline("99 bottles\n").stray, [""; 0]);
    }
}
