use prill_core::MetricSink;
use prill_core::scan::{Search, number};

use crate::put::{self, FILES, IO, Put};

/// Rates and processor shares of six tests.
const PAIRS: usize = 12;
/// Number and sizes of the files: in 1.9x and 2.x five fields, before that one.
const FILE_SETTINGS: usize = 5;
/// Six latencies of a large file and six of many files.
const LATENCIES: usize = 12;

/// The line of one run. The name of the machine may hold commas, and 1.98 has settings that are not always there, so fields are
/// counted from the end.
#[derive(Clone, Debug)]
pub(crate) struct Run<'t> {
    line: &'t str,
    fields: Vec<&'t str>,
    /// The first field of the tests of a large file, of those of many files, and of the latencies, of which there are none
    /// before 1.93.
    starts: [usize; 3],
}

/// The line above the runs of `-x`.
pub(crate) fn is_header(line: &str) -> bool {
    line.starts_with("format_version,bonnie_version,")
}

/// True for the beginning of the line of a run.
pub(crate) fn is_begun(line: &str) -> bool {
    let mut fields = line.split(',');
    let is_version = |field: Option<&str>| field.is_some_and(|f| f.starts_with("1.9") || f.starts_with("2."));
    is_version(fields.next()) && is_version(fields.next())
}

impl<'t> Run<'t> {
    /// `None` for another line.
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let line = line.trim();
        memchr::memchr(b',', line.as_bytes())?;
        if !line.has(",,") && !line.has("+++") && line.bytes().filter(|b| *b == b',').count() < 26 {
            return None;
        }
        let mut fields = Vec::with_capacity(64);
        fields.extend(line.split(','));
        let is_new = fields[0].starts_with("1.9") || fields[0].starts_with("2.");
        let (latencies, settings) = if is_new { (LATENCIES, FILE_SETTINGS) } else { (0, 1) };
        let at = fields.len().checked_sub(latencies)?;
        let files = at.checked_sub(PAIRS)?;
        let io = files.checked_sub(settings + PAIRS)?;
        let run = Self { line, fields, starts: [io, files, at] };
        let before = if is_new { 6 } else { 2 };
        (io >= before && run.is_right()).then_some(run)
    }

    fn io(&self) -> &[&'t str] {
        &self.fields[self.starts[0]..][..PAIRS]
    }

    fn files(&self) -> &[&'t str] {
        &self.fields[self.starts[1]..self.starts[2]]
    }

    fn latencies(&self) -> &[&'t str] {
        &self.fields[self.starts[2]..]
    }

    /// Whether the last field, which has no comma behind it, is known to be whole: a unit ends it.
    pub(crate) fn is_whole(&self) -> bool {
        self.latencies().last().is_some_and(|last| put::time(last).is_some() && !last.ends_with('m'))
    }

    fn is_right(&self) -> bool {
        let rates = || self.io().iter().chain(self.files());
        let is_rate = |field: &str| field.is_empty() || field.starts_with("+++") || number::is_token(field);
        let any = rates().chain(self.latencies()).any(|field| !field.is_empty());
        any && rates().all(|f| is_rate(f)) && self.latencies().iter().all(|f| f.is_empty() || put::time(f).is_some())
    }

    pub(crate) fn push(&self, put: &mut Put<'t>, out: &mut MetricSink) {
        self.ignore_settings(out);
        for (tests, pairs) in [(IO, self.io()), (FILES, self.files())] {
            for (test, pair) in tests.into_iter().zip(pairs.chunks_exact(2)) {
                // In kibibytes, whatever the table shows.
                put.rate(test, pair[0], 10, out);
                put.cpu(test, pair[1], out);
            }
        }
        for (test, latency) in IO.into_iter().chain(FILES).zip(self.latencies()) {
            put.latency(test, latency, out);
        }
        put.say(out);
    }

    fn ignore_settings(&self, out: &mut MetricSink) {
        let at = |part: &str| part.as_ptr().addr() - self.line.as_ptr().addr();
        if let (Some(io), Some(last), Some(files)) = (self.io().first(), self.io().last(), self.files().first()) {
            out.ignore(&self.line[..at(io)], "version, name or setting");
            out.ignore(&self.line[at(last) + last.len()..at(files)], "setting");
        }
    }
}
