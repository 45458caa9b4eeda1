//! What `time` prints, of GNU and of the shells, with the text of the command around it.
//!
//! - [`Time`]: the format
//! - `short`: the two lines of GNU time; `verbose`: its `-v`; `posix`: `real`, `user`, `sys`
//! - `value`: a number, and times such as `1:02.50` and `1m2.500s`
#![forbid(unsafe_code)]

mod posix;
mod short;
mod value;
mod verbose;

use prill_core::diagnostic::code;
use prill_core::scan::Line;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Span, Stream, Streams, Text};

/// The format of `time`.
pub struct Time;

impl Extractor for Time {
    fn name(&self) -> &str {
        "time"
    }

    fn summary(&self) -> &str {
        "what a command took: GNU time, time -v, time -p, the shells' time"
    }

    fn streams(&self) -> Streams {
        // stderr, on which the command prints too; stdout where the two were joined.
        Streams::Each
    }

    fn wraps(&self) -> bool {
        true
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut posix = posix::Block::default();
        let mut lines = text.lines().map(|line| line.text);
        if lines.any(|line| short::is_first(line) || verbose::is_heading(line) || posix.take(line) == posix::Taken::Whole) {
            Sniff::Certain
        } else {
            Sniff::No
        }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = Page { start: out.len(), ..Page::default() };
        let mut foreign = Vec::new();
        for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
            if !page.line(line, out) {
                foreign.push(line.text);
            }
        }
        if page.known {
            foreign.iter().for_each(|line| out.ignore(line, "text of the command"));
        }
        if page.cut || page.state != State::Outside {
            return Err(ExtractError::Truncated { at: text.end() });
        }
        // What the command prints on stdout is nothing to complain about.
        if page.known || *input.stream() == Stream::Stdout { Ok(()) } else { Err(ExtractError::NotFound) }
    }
}

/// Where in a block a line stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Outside,
    /// The second of two lines comes.
    Short,
    /// A row of `-v` comes.
    Verbose,
    /// `user` or `sys` comes.
    Posix,
}

#[derive(Default)]
struct Page<'t> {
    state: State,
    posix: posix::Block<'t>,
    known: bool,
    cut: bool,
    /// A block was read.
    blocks: usize,
    /// Where the metrics of this stream start.
    start: usize,
}

impl<'t> Page<'t> {
    /// Whether the line is one of time's.
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let taken = self.message(line, out) || self.block(line, out);
        self.known |= taken;
        taken
    }

    fn block(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        if self.state == State::Verbose {
            return self.verbose(line, out);
        }
        if self.state == State::Short && line.ended && short::second(line.text, out) {
            self.state = State::Outside;
            return true;
        }
        let is_posix = self.posix.take(line.text);
        if !line.ended && (is_posix != posix::Taken::No || self.state == State::Short) {
            self.cut = true;
            out.ignore(line.text, "line that is cut");
            return true;
        }
        match is_posix {
            posix::Taken::Whole => {
                self.begin(self.posix.first(), out);
                self.posix.push(out);
                self.state = State::Outside;
                return true;
            }
            posix::Taken::Part => {
                self.state = State::Posix;
                return true;
            }
            posix::Taken::No if self.state == State::Posix => self.state = State::Outside,
            posix::Taken::No => {}
        }
        if verbose::is_heading(line.text) {
            self.begin(line.text, out);
            out.ignore(line.text, "command");
            self.state = State::Verbose;
            return true;
        }
        if !short::is_first(line.text) {
            return false;
        }
        if !line.ended {
            self.cut = true;
            out.ignore(line.text, "line that is cut");
            return true;
        }
        self.begin(line.text, out);
        short::first(line.text, out);
        self.state = State::Short;
        true
    }

    fn verbose(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        if !line.ended {
            self.cut = true;
            out.ignore(line.text, "line that is cut");
        } else if verbose::row(line.text, out) {
            self.state = State::Outside;
        }
        true
    }

    /// A block begins. Of several the last counts: it is the outermost.
    fn begin(&mut self, place: &str, out: &mut MetricSink) {
        if self.blocks > 0 {
            out.warn(code::SEVERAL_DOCUMENTS, place, "several commands were timed: the last counts");
            take_back(self.start, "a command that does not count", out);
        }
        self.blocks += 1;
    }

    /// What GNU time says of a command that failed.
    fn message(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let shown = line.trimmed();
        let failed = ["Command exited with non-zero status ", "Command terminated by signal ", "Command stopped by signal "]
            .iter()
            .any(|start| shown.strip_prefix(start).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit())));
        let own = shown.split_once(": ").is_some_and(|(program, rest)| {
            (program == "time" || program.ends_with("/time"))
                && ["cannot run ", "unrecognized option", "invalid option", "missing program", "Try "]
                    .iter()
                    .any(|s| rest.starts_with(s))
        });
        if self.state == State::Verbose || !(failed || own) {
            return false;
        }
        out.tool_failed(shown, format!("time says: {shown}"));
        out.ignore(shown, "message");
        true
    }
}

/// Takes the metrics from the one numbered `start` on back: a later block counts in their place.
fn take_back(start: usize, why: &'static str, out: &mut MetricSink) {
    let spans: Vec<Span> =
        out.metrics().iter().skip(start).flat_map(|m| m.spans().iter().copied().chain([m.span()]).collect::<Vec<_>>()).collect();
    out.truncate(start);
    spans.into_iter().for_each(|span| out.ignore_span(span, why));
}

prill_core::register_extractor!(Time);

#[cfg(test)]
mod tests;
