//! What benchmarks print that valgrind runs: those of gungraun, which was iai-callgrind, and of iai, which they come from.
//!
//! - [`Gungraun`], [`Iai`]: the formats
//! - `page`: the lines of the text; `field`: one of them, `Instructions:   1734|1700   (+2.00000%) [+1.02000x]`
//! - `summary`: the JSON summaries; `kind`: what is counted; `put`: names, units and polarities
#![forbid(unsafe_code)]

mod field;
mod kind;
mod page;
mod put;
mod summary;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

use page::Page;

/// The format of gungraun, and of iai-callgrind before it had this name.
pub struct Gungraun;

impl Extractor for Gungraun {
    fn name(&self) -> &str {
        "gungraun"
    }

    fn summary(&self) -> &str {
        "Rust benchmarks under valgrind (gungraun, iai-callgrind): instructions, cache hits, allocations; JSON summaries"
    }

    fn streams(&self) -> Streams {
        Streams::StdoutThenStderr
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mark = |line: &str| {
            page::is_end(line) || summary::is_mark(line) || field::Field::parse(line).is_some_and(|field| field.is_gungraun())
        };
        if text.lines().any(|line| mark(line.text)) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        if fields(text).any(|field| field.is_iai()) {
            return Err(ExtractError::NotFound);
        }
        let summaries = summary::read(input, out);
        let page = Page::read(text, &summaries.places, "gungraun", out);
        match summaries.end {
            Err(error) => Err(error),
            Ok(()) if page.cut => Err(ExtractError::Truncated { at: text.end() }),
            Ok(()) if page.known || !summaries.places.is_empty() => Ok(()),
            Ok(()) => Err(ExtractError::NotFound),
        }
    }
}

/// The format of iai 0.1.
pub struct Iai;

impl Extractor for Iai {
    fn name(&self) -> &str {
        "iai"
    }

    fn summary(&self) -> &str {
        "Rust benchmarks under cachegrind (iai): instructions, accesses, estimated cycles"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if fields(text).any(|field| field.is_iai()) {
            return Sniff::Certain;
        }
        let mut others = fields(text).peekable();
        // `Instructions:` alone may be of either.
        if others.peek().is_some() && others.all(|field| !field.is_gungraun()) { Sniff::Possible } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        if fields(input.text()).any(|field| field.is_gungraun()) {
            return Err(ExtractError::NotFound);
        }
        let page = Page::read(input.text(), &[], "iai", out);
        match page.cut {
            true => Err(ExtractError::Truncated { at: input.text().end() }),
            false if page.known => Ok(()),
            false => Err(ExtractError::NotFound),
        }
    }
}

fn fields<'t>(text: &'t Text<'_>) -> impl Iterator<Item = field::Field<'t>> {
    text.lines().filter_map(|line| field::Field::parse(line.text))
}

prill_core::register_extractor!(Gungraun);
prill_core::register_extractor!(Iai);
