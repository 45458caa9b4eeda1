use std::path::Path;

use prill_scan::Text;

use super::{ExtractError, MetricSink};
use crate::metric::Stream;

/// One output format: captured text in, metrics out.
///
/// An extractor is pure. It starts no process, opens no file and reads neither clock nor environment, so that a kept
/// output gives the same metrics for ever.
pub trait Extractor: Sync {
    /// What an [`super::OutputFormat`] names: `schbench`.
    fn name(&self) -> &str;

    /// One line for a list of formats.
    fn summary(&self) -> &str;

    /// Which streams the numbers are in.
    fn streams(&self) -> Streams {
        Streams::StdoutThenStderr
    }

    /// Whether `text` is this format's. Cheap: it looks for a mark, it does not parse.
    fn sniff(&self, text: &Text<'_>) -> Sniff;

    /// True for a tool that runs another and prints beside it, as `time` and `perf stat` do: such an output is its own.
    fn wraps(&self) -> bool {
        false
    }

    /// The place of the word of `argv` that calls the tool, which decides where the text alone cannot. A program of the format's
    /// name, unless said otherwise.
    fn called_by(&self, argv: &[String]) -> Option<usize> {
        argv.iter().position(|word| Path::new(word).file_name().is_some_and(|file| file == self.name()))
    }

    /// Reads the numbers of `input` into `out`.
    ///
    /// # Errors
    /// When the text is not this format's, breaks it, or ends in its middle; what was whole before is in `out`.
    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError>;
}

/// Which streams an extractor reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Streams {
    /// The standard output alone.
    Stdout,
    /// The standard error output alone.
    Stderr,
    /// The standard output; the standard error output only when the first left no metric and the second is not empty.
    StdoutThenStderr,
    /// Both, one after the other, never merged.
    Each,
}

/// How sure a format is that a text is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sniff {
    /// Not mine.
    No,
    /// I could read it, but so could others.
    Possible,
    /// It looks like mine.
    Likely,
    /// It carries a mark that only my tool prints.
    Certain,
}

/// The text of one stream, and what is known of where it came from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    text: &'a Text<'a>,
    stream: &'a Stream,
    argv: Option<&'a [String]>,
}

impl<'a> Input<'a> {
    /// `text` as the text of `stream`, printed by the command `argv` where that is known.
    #[must_use]
    pub fn new(text: &'a Text<'a>, stream: &'a Stream, argv: Option<&'a [String]>) -> Self {
        Self { text, stream, argv }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'a Text<'a> {
        self.text
    }

    /// The stream it was captured from.
    #[must_use]
    pub fn stream(&self) -> &'a Stream {
        self.stream
    }

    /// The command that printed it: program and arguments, where they are known.
    #[must_use]
    pub fn argv(&self) -> Option<&'a [String]> {
        self.argv
    }
}
