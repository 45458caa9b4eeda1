use prill_core::MetricSink;
use prill_core::scan::{Search, number, unit};

use crate::labels::{Identity, Labels};

/// Fields of one direction before its percentiles, and the percentiles (`FIO_IO_U_LIST_MAX_LEN`).
pub(super) const BEFORE_PERCENTILES: usize = 12;
pub(super) const PERCENTILES: usize = 20;

/// Fields of a direction: amount, rate, I/O rate and run time; two latency summaries; percentiles; a third summary; five
/// fields about the rate.
const FIELDS: usize = BEFORE_PERCENTILES + PERCENTILES + 4 + 5;
/// Version 5 adds the samples of the rate and five fields about the I/O rate.
const FIELDS_V5: usize = FIELDS + 6;
/// Fields that always follow the directions: cpu, depths, latencies in us and ms.
const TAIL: usize = 5 + 7 + 10 + 12;

/// One terse line, cut into its fields.
#[derive(Clone, Debug)]
pub(crate) struct Line<'t> {
    /// The whole line.
    pub(crate) text: &'t str,
    /// 2, 3, 4 or 5.
    pub(super) version: u8,
    pub(super) fields: Vec<&'t str>,
    /// The field of the group; the error and the first direction follow.
    pub(super) group: usize,
    /// The line ends before its last field is complete, or before its last field.
    pub(crate) cut: bool,
    /// How many directions have percentiles.
    pub(super) directions: usize,
}

/// True when `line` looks like a terse line: cheap, for many lines.
pub(crate) fn is_terse(line: &str) -> bool {
    let bytes = line.as_bytes();
    match bytes {
        [b'3'..=b'5', b';', rest @ ..] => rest.starts_with(b"fio-"),
        [b'2', b';', ..] => bytes.iter().filter(|b| **b == b';').count() > 40 && line.has("%="),
        _ => false,
    }
}

impl<'t> Line<'t> {
    /// The fields of `text`; `ended` says whether a line feed follows.
    ///
    /// A job's name may hold semicolons, so the fields are counted from the first percentile, whose `%=` no number has.
    pub(crate) fn parse(text: &'t str, ended: bool) -> Option<Self> {
        let text = text.trimmed();
        let version = is_terse(text).then(|| text.as_bytes()[0] - b'0')?;
        let mut fields: Vec<&str> = text.split(';').collect();
        let before_name = if version == 2 { 1 } else { 2 };
        let first = fields.iter().position(|f| f.cut("%=").is_some_and(|(p, v)| number::is_token(p) && number::is_token(v)))?;
        let group = first.checked_sub(BEFORE_PERCENTILES + 2).filter(|group| *group > before_name)?;
        // Nobody knows whether a last number at the very end of the capture is whole; one with a per cent sign is.
        let cut = !ended && fields.last().is_some_and(|f| !f.ends_with('%') && f.bytes().all(|b| b"0123456789.=%".contains(&b)));
        if cut {
            fields.pop();
        }
        let mut line = Self { text, version, fields, group, cut, directions: 0 };
        let percentile = |i: usize| line.is_percentile(line.direction(i) + BEFORE_PERCENTILES);
        line.directions = (0..).take_while(|i| percentile(*i)).count();
        line.cut |= line.fields.len() < line.direction(line.directions) + TAIL;
        Some(line)
    }

    /// The field `at`; empty when the line is too short.
    pub(super) fn field(&self, at: usize) -> &'t str {
        self.fields.get(at).copied().unwrap_or(&self.text[..0])
    }

    /// The first field of a direction, or of what follows the last.
    pub(super) fn direction(&self, number: usize) -> usize {
        self.group + 2 + number * if self.version == 5 { FIELDS_V5 } else { FIELDS }
    }

    fn is_percentile(&self, at: usize) -> bool {
        self.field(at).cut("%=").is_some_and(|(p, value)| number::is_token(p) && number::is_token(value))
    }

    /// The job's name, which spans several fields when it holds semicolons.
    pub(super) fn name(&self) -> &'t str {
        let from = self.offset(if self.version == 2 { 1 } else { 2 });
        &self.text[from..self.offset(self.group) - 1]
    }

    pub(super) fn identity(&self) -> Identity<'t> {
        Identity { name: self.name().into(), group: self.field(self.group).into(), host: None }
    }

    /// The text from field `from` up to and without field `to`.
    pub(super) fn part(&self, from: usize, to: usize) -> &'t str {
        let to = to.min(self.fields.len());
        if from >= to {
            return &self.text[..0];
        }
        let end = self.offset(to - 1) + self.fields[to - 1].len();
        &self.text[self.offset(from)..end]
    }

    /// The numbers before the first direction.
    pub(super) fn head(&self, job: &Labels<'t>, out: &mut MetricSink) {
        out.ignore(self.part(0, self.group + 1), "terse version, fio version, job and group");
        let error = self.field(self.group + 1);
        if !number::is_token(error) {
            return;
        }
        job.metric(out, "error.code").unit(unit::RATIO).lower().push(error);
        if error != "0" {
            out.tool_failed(error, format!("job `{}` failed: error {error}", self.name()));
        }
    }

    fn offset(&self, field: usize) -> usize {
        self.fields.get(field).map_or(self.text.len(), |f| f.as_ptr().addr() - self.text.as_ptr().addr())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_recognised_by_its_start() {
        assert!(is_terse("3;fio-3.33;sr;0;0;2441536"));
        assert!(is_terse(&format!("2;t2;0;0{};1.000000%=50", ";0".repeat(60))));
        assert!(!is_terse("2;not;terse"));
        assert!(!is_terse("6;fio-9.9;sr"));
        assert!(!is_terse(""));
    }

    #[test]
    fn a_name_with_semicolons_is_one_name() {
        let line = format!("3;fio-3.33;a;b;0;0{};1.000000%=2;5.000000%=2\n", ";7".repeat(12));
        let line = Line::parse(&line, true).unwrap();
        assert_eq!((line.name(), line.field(line.group), line.field(line.group + 2)), ("a;b", "0", "7"));
    }

    #[test]
    fn the_last_number_of_a_capture_does_not_count() {
        let (before, percentiles, after) = (";7".repeat(12), ";5.000000%=2".repeat(20), ";8".repeat(9 + 33));
        let text = format!("3;fio-3.33;a;0;0{before}{percentiles}{after};7");
        assert!(!Line::parse(&text, true).unwrap().cut);
        let cut = Line::parse(&text, false).unwrap();
        assert!(cut.cut);
        assert_eq!(cut.fields.last(), Some(&"8"));
        assert!(Line::parse(&text[..90], true).unwrap().cut, "a line without its tail is cut");
    }
}
