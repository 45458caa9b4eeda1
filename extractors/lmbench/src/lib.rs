//! What the programs of lmbench print, alone and one after the other in a file of results, and the summary of such files.
//!
//! - [`Lmbench`]: the format
//! - `raw`: lines of the programs; `block`: what the rows below a head are; `summary`: the tables of `getsummary`
#![forbid(unsafe_code)]

mod block;
mod raw;
mod summary;

use prill_core::scan::{Line, number};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of lmbench 2 and 3.
pub struct Lmbench;

prill_core::register_extractor!(Lmbench);

/// Programs whose name has none of the usual starts.
const PROGRAMS: [&str; 8] = ["lmbench", "par_mem", "par_ops", "mhz", "tlb", "lmdd", "lmbench-run", "msleep"];

impl Extractor for Lmbench {
    fn name(&self) -> &str {
        "lmbench"
    }

    fn summary(&self) -> &str {
        "latencies and bandwidths of lmbench: its programs, files of results, the summary"
    }

    fn streams(&self) -> Streams {
        // The programs print on stderr, the summary is on stdout.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let sure = |line: Line<'_>| match line.trimmed() {
            line if summary::is_mark(line) || raw::is_mark(line) => Sniff::Certain,
            line if raw::head(line).is_some() || raw::program(line).is_some() => Sniff::Likely,
            _ => Sniff::No,
        };
        let found = text.lines().map(sure).max().unwrap_or(Sniff::No);
        // Two bare numbers may be those of `bw_mem`: the command decides.
        let mut rows = text.lines().filter(|line| !line.trimmed().is_empty()).peekable();
        let is_bare = rows.peek().is_some() && rows.all(|line| line.words().count() == 2 && line.words().all(number::is_token));
        if is_bare { Sniff::Possible } else { found }
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        argv.iter().position(|word| is_program(word))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let called = input.argv().and_then(|argv| Some(&argv[self.called_by(argv)?..])).unwrap_or_default();
        let (mut raw, mut summary) = (raw::Page::new(called), summary::Page::default());
        for line in text.lines() {
            if !summary.line(line, out) {
                raw.line(line, out);
            }
        }
        ExtractError::at_end(text, raw.known || summary.known, raw.cut || summary.cut)
    }
}

/// Whether a word of a command is a program of lmbench, with its path or without.
fn is_program(word: &str) -> bool {
    let file = word.rsplit('/').next().unwrap_or(word);
    let rest = file.strip_prefix("lat_").or_else(|| file.strip_prefix("bw_"));
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
        || PROGRAMS.contains(&file)
}

#[cfg(test)]
mod tests;
