use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use prill_core::coverage::Coverage;
use prill_core::extract::Captures;
use prill_core::{Diagnostic, Extraction, Fate, OutputFormat, Polarity, Stream, Text};

use super::facts::{Facts, Known};
use crate::args::Sources;

/// Everything there is to show of one run.
#[derive(Debug)]
pub(super) struct Report<'a> {
    pub(super) extraction: &'a Extraction,
    /// Stream by stream.
    pub(super) parts: Vec<Part<'a>>,
    /// Of all streams.
    pub(super) summary: Summary,
}

/// One stream.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) stream: Stream,
    /// The stream, and the file that it was read from.
    pub(super) name: String,
    /// What people and editors find a place in it by.
    pub(super) path: String,
    /// How long it is, how it was read, and what is not shown as it is.
    pub(super) how: String,
    pub(super) text: Text<'a>,
    pub(super) facts: Facts<'a>,
    /// Nothing where the format does not read it.
    pub(super) summary: Option<Summary>,
}

/// How many numbers there are, and what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Summary {
    pub(super) claimed: usize,
    pub(super) ignored: BTreeMap<&'static str, usize>,
    pub(super) unexplained: usize,
}

impl<'a> Report<'a> {
    pub(super) fn new(extraction: &'a Extraction, streams: Vec<(Stream, &'a [u8])>, sources: &Sources) -> Self {
        let captures = streams.iter().fold(Captures::new(), |all, (stream, bytes)| all.with(stream.clone(), *bytes));
        let coverage = Coverage::of(extraction, &captures);
        let parts = streams.into_iter().map(|(stream, bytes)| Part::new(extraction, &coverage, stream, bytes, sources));
        Self { extraction, parts: parts.collect(), summary: Summary::of(&coverage, |_| true) }
    }

    /// The diagnostics that stand at no place of the text.
    pub(super) fn placeless(&self) -> impl Iterator<Item = &'a Diagnostic> {
        let shown = |d: &&Diagnostic| self.parts.iter().any(|part| d.stream.as_ref() == Some(&part.stream));
        self.extraction.diagnostics.iter().filter(move |d| d.span.is_none() || !shown(d))
    }

    /// What the arrows mean, of those that are there.
    pub(super) fn legend(&self) -> Option<String> {
        let any = |is: fn(Polarity) -> bool| self.extraction.metrics.iter().any(|metric| is(metric.polarity()));
        let words = [
            (any(|p| p == Polarity::Lower), "↓ lower is better"),
            (any(|p| p == Polarity::Higher), "↑ higher is better"),
            (any(|p| matches!(p, Polarity::Target(_))), "→ this is best"),
            (any(|p| p == Polarity::Unknown), "? nobody said which is better"),
            (any(|p| p == Polarity::Informational), "no sign: neither is better"),
        ];
        let words: Vec<&str> = words.iter().filter(|(any, _)| *any).map(|(_, word)| *word).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

impl<'a> Part<'a> {
    fn new(extraction: &'a Extraction, coverage: &Coverage, stream: Stream, bytes: &'a [u8], sources: &Sources) -> Self {
        let text = Text::new(bytes);
        // A stream in which the format found nothing of its own is as foreign as one that it does not read.
        let read = extraction.read.contains(&stream)
            && (extraction.metrics.iter().any(|m| *m.stream() == stream)
                || coverage.numbers().iter().any(|n| n.stream == stream));
        let facts = Facts::of(extraction, coverage, &stream, read, &text);
        let path = path(sources, &stream);
        let name = path.map_or_else(|| stream.to_string(), |path| format!("{stream} {}", path.display()));
        let path = path.map_or_else(|| stream.to_string(), |path| path.display().to_string());
        let how = how(bytes, &extraction.format, extraction.read.contains(&stream));
        let summary = read.then(|| Summary::of(coverage, |of| *of == stream));
        Self { stream, name, path, how, text, facts, summary }
    }
}

impl Part<'_> {
    /// Where each line starts.
    pub(super) fn line_starts(&self) -> Vec<usize> {
        let ends = self.text.raw().iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
    }
}

/// The file that `stream` was read from.
fn path<'s>(sources: &'s Sources, stream: &Stream) -> Option<&'s Path> {
    let named = match stream {
        Stream::Stdout => sources.stdout.as_ref(),
        Stream::Stderr => sources.stderr.as_ref(),
        Stream::File(None) => sources.output_file.first(),
        Stream::File(Some(name)) => sources.output_file.iter().find(|path| path.to_string_lossy() == **name),
    };
    named.or(sources.file.as_ref()).map(|path| path.as_path()).filter(|path| *path != Path::new("-"))
}

fn how(bytes: &[u8], format: &str, read: bool) -> String {
    let unit = if bytes.len() == 1 { "byte" } else { "bytes" };
    let mut how = format!("{} {unit}, ", bytes.len());
    if format == OutputFormat::AUTO.name() {
        how.push_str("no format recognised");
    } else {
        how.push_str(if read { "read as " } else { "not read by " });
        how.push_str(format);
    }
    let odd = [
        (bytes.windows(2).any(|pair| pair == b"\r\n"), "CRLF line ends"),
        (bytes.contains(&0x1b), "escape sequences"),
        (bytes.contains(&0), "NUL bytes"),
        (std::str::from_utf8(bytes).is_err(), "not all UTF-8"),
    ];
    for (_, word) in odd.iter().filter(|(is, _)| *is) {
        how.push_str(", ");
        how.push_str(word);
    }
    how
}

impl Summary {
    fn of(coverage: &Coverage, which: impl Fn(&Stream) -> bool) -> Self {
        let mut summary = Self::default();
        for number in coverage.numbers().iter().filter(|number| which(&number.stream)) {
            match number.fate {
                Fate::Claimed => summary.claimed += 1,
                Fate::Ignored(why) => *summary.ignored.entry(why).or_default() += 1,
                Fate::Unexplained => summary.unexplained += 1,
            }
        }
        summary
    }

    /// How many are no metrics on purpose.
    pub(super) fn ignored(&self) -> usize {
        self.ignored.values().sum()
    }

    pub(super) fn numbers(&self) -> usize {
        self.claimed + self.ignored() + self.unexplained
    }

    /// Why numbers are no metrics, the most frequent reason first.
    pub(super) fn reasons(&self) -> Vec<(&'static str, usize)> {
        let mut reasons: Vec<_> = self.ignored.iter().map(|(why, count)| (*why, *count)).collect();
        reasons.sort_by_key(|(_, count)| Reverse(*count));
        reasons
    }

    /// `97.3 %`, rounded down: 100 % is all of them.
    pub(super) fn explained(&self) -> String {
        let numbers = self.numbers();
        if numbers == 0 {
            return "-".to_owned();
        }
        let permille = 1000 * (numbers - self.unexplained) / numbers;
        match permille % 10 {
            0 => format!("{} %", permille / 10),
            tenth => format!("{}.{tenth} %", permille / 10),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (claimed, ignored, unexplained) = (self.claimed, self.ignored(), self.unexplained);
        write!(f, "numbers: {}, of which {claimed} claimed, {ignored} ignored, {unexplained} unexplained", self.numbers())?;
        if self.numbers() > 0 { write!(f, " ({} explained)", self.explained()) } else { Ok(()) }
    }
}

impl Facts<'_> {
    /// Whether there is a metric in the stream.
    pub(super) fn any_metric(&self) -> bool {
        self.tokens(0, usize::MAX).iter().any(|token| matches!(token.known, Known::Claimed(_)))
    }
}
