//! What `time` prints, of GNU and of the shells, with the text of the command around it.
//!
//! - [`Time`]: the format
//! - `page`: the lines; `short`: the two of GNU time; `verbose`: its `-v`; `template`: its `-f`; `posix`: `real`, `user`, `sys` on three lines
//! - `inline`: the three times on one, of zsh, csh, fish and BSD; `bsd`: its `-l`
//! - `value`: a number, and times such as `1:02.50` and `1m2.500s`
#![forbid(unsafe_code)]

mod bsd;
mod inline;
mod page;
mod posix;
mod short;
mod template;
mod value;
mod verbose;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

use page::Page;
use template::Template;

/// The format of `time`.
pub struct Time;

impl Extractor for Time {
    fn name(&self) -> &str {
        "time"
    }

    fn summary(&self) -> &str {
        "what a command took: time of GNU, busybox and BSD (-v, -p, -l, -f), and that of shells"
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
        let mut best = Sniff::No;
        for line in text.lines() {
            if page::is_mark(line.text, &mut posix) {
                return Sniff::Certain;
            }
            // Of what -f prints nothing else is known.
            if page::is_failure(line.trimmed()) {
                best = Sniff::Likely;
            }
        }
        best
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let mut page = Page::new(out.len());
        let mut lines: Vec<_> = text.lines().filter(|line| !line.trimmed().is_empty()).collect();
        let argv = input.argv().unwrap_or_default();
        if let Some(template) = self.called_by(argv).and_then(|at| Template::of(&argv[at + 1..])) {
            lines = page.template(&template, lines, out);
        }
        let mut foreign = Vec::new();
        for line in lines {
            if !page.line(line, out) {
                foreign.push(line.text);
            }
        }
        if page.known {
            foreign.iter().for_each(|line| out.ignore(line, "text of the command"));
        }
        if page.is_cut() {
            return Err(ExtractError::Truncated { at: text.end() });
        }
        // What the command prints on stdout is nothing to complain about.
        if page.known || *input.stream() == Stream::Stdout { Ok(()) } else { Err(ExtractError::NotFound) }
    }
}

prill_core::register_extractor!(Time);

#[cfg(test)]
mod tests;
