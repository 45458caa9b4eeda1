use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search};

use crate::inline::{self, Times};
use crate::template::Template;
use crate::{bsd, posix, short, verbose};

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
    /// A row of `-l` may come.
    Bsd,
    /// `usr time` and `sys time` of fish come.
    Fish,
}

/// Reads line after line of a text.
#[derive(Default)]
pub(crate) struct Page<'t> {
    state: State,
    posix: posix::Block<'t>,
    /// Some line was time's.
    pub(crate) known: bool,
    cut: bool,
    /// A block was read.
    blocks: usize,
    /// Where the metrics of this stream start.
    start: usize,
}

/// Whether only time prints such a line, or the last of such lines.
pub(crate) fn is_mark<'t>(line: &'t str, posix: &mut posix::Block<'t>) -> bool {
    short::is_first(line)
        || verbose::is_heading(line)
        || inline::is_fish(line)
        || posix.take(line) == posix::Taken::Whole
        || Times::parse(line).is_some()
}

/// What GNU and busybox say of a command that failed.
pub(crate) fn is_failure(shown: &str) -> bool {
    ["Command exited with non-zero status ", "Command terminated by signal ", "Command stopped by signal "]
        .iter()
        .any(|start| shown.strip_prefix(start).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit())))
}

impl<'t> Page<'t> {
    /// A page whose metrics are put in behind the first `start`.
    pub(crate) fn new(start: usize) -> Self {
        Self { start, ..Self::default() }
    }

    /// Reads what the command line asked for, where `lines` has it; gives the lines without it.
    pub(crate) fn template(&mut self, template: &Template, lines: Vec<Line<'t>>, out: &mut MetricSink) -> Vec<Line<'t>> {
        let shown: Vec<&str> = lines.iter().filter(|line| line.ended).map(|line| line.text).collect();
        let Some(at) = template.find(&shown) else { return lines };
        self.known = true;
        self.blocks += 1;
        if template.find(&shown[..at]).is_some() {
            out.warn(code::SEVERAL_DOCUMENTS, shown[at], "several commands were timed: the last counts");
        }
        template.push(&shown[at..], out);
        lines
            .into_iter()
            .enumerate()
            .filter(|(index, _)| !(at..at + template.len()).contains(index))
            .map(|(_, line)| line)
            .collect()
    }

    /// True when the text ends within a block.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || !matches!(self.state, State::Outside | State::Bsd)
    }

    /// Whether the line is one of time's.
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
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
        if let Some(times) = Times::parse(line.text) {
            self.begin(line.text, out);
            times.push(out);
            self.state = if times.is_bsd { State::Bsd } else { State::Outside };
            return true;
        }
        if let Some(taken) = self.rows(line, out) {
            return taken;
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

    /// Lines that follow the first of BSD's `-l` and of fish; `None` for another.
    fn rows(&mut self, line: Line<'t>, out: &mut MetricSink) -> Option<bool> {
        let fish = inline::is_fish(line.text);
        if !fish && !matches!(self.state, State::Bsd | State::Fish) {
            return None;
        }
        if !line.ended {
            // The last word shows whether a row of `-l` is whole.
            if self.state == State::Bsd && bsd::row(line.text, out) {
                return Some(true);
            }
            self.cut = true;
            out.ignore(line.text, "line that is cut");
            return Some(true);
        }
        if fish {
            self.begin(line.text, out);
            self.state = State::Fish;
        }
        let read = if self.state == State::Bsd { bsd::row(line.text, out) } else { inline::fish(line.text, out) };
        if !read || line.trimmed().starts_with("sys time") {
            self.state = State::Outside;
        }
        read.then_some(true)
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

    /// A block begins. Of several the last has the plain names: it is the outermost.
    fn begin(&mut self, place: &str, out: &mut MetricSink) {
        if self.blocks > 0 {
            out.warn(code::SEVERAL_DOCUMENTS, place, "several commands were timed: those before are labelled repetition");
            out.of_earlier_run(self.start..out.len(), self.blocks);
            self.start = out.len();
        }
        self.blocks += 1;
    }

    /// What GNU time says of a command that failed.
    fn message(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let shown = line.trimmed();
        let failed = is_failure(shown);
        let own = shown.cut(": ").is_some_and(|(program, rest)| {
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
