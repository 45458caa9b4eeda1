//! Any JSON document: each finite number by its path, `jobs.0.read.iops`. For tools that no other format knows.
#![forbid(unsafe_code)]

use std::borrow::Cow;

use prill_core::extract::{Paths, Segment, json_end, say_json};
use prill_core::scan::json::{Event, Finish, Kind, Reader};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Text};

/// The format `json`.
#[derive(Clone, Copy, Debug)]
pub struct Json;

prill_core::register_extractor!(Json);

impl Extractor for Json {
    fn name(&self) -> &str {
        "json"
    }

    fn summary(&self) -> &str {
        "any JSON document: each number under its path, unit unknown"
    }

    /// Possible at most: a format that knows the tool knows more.
    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut reader = Reader::new(text.as_str());
        while let Some(event) = reader.next_event() {
            if event.key().is_some() {
                return Sniff::Possible;
            }
        }
        let found = match reader.finish() {
            Finish::Done(outcome) => outcome.document.is_some(),
            Finish::Again(mut second) => second.next_event().is_some(),
        };
        if found { Sniff::Possible } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let mut reader = Reader::new(input.text().as_str());
        let mut paths = out.paths();
        let outcome = loop {
            read(&mut reader, &mut paths);
            match reader.finish() {
                Finish::Done(outcome) => break outcome,
                Finish::Again(second) => {
                    paths.restart();
                    reader = *second;
                }
            }
        };
        say_json(&outcome.problems, input, out);
        if outcome.document.is_none() {
            return Err(ExtractError::NotFound);
        }
        json_end(outcome.end, input)
    }
}

/// Puts in all finite numbers that `reader` delivers.
fn read(reader: &mut Reader<'_>, paths: &mut Paths<'_>) {
    // The index of the next element at each level around this one, and at this one.
    let mut outer: Vec<usize> = Vec::new();
    let mut index = 0;
    while let Some(event) = reader.next_event() {
        match event.kind() {
            Kind::Number => number(event, index, paths),
            Kind::Object | Kind::Array => {
                if !outer.is_empty() {
                    within(event, index, |segment| paths.enter(segment));
                }
                outer.push(index + 1);
                index = 0;
                continue;
            }
            Kind::ObjectEnd | Kind::ArrayEnd => {
                index = outer.pop().unwrap_or_default();
                if !outer.is_empty() {
                    paths.leave();
                }
                continue;
            }
            Kind::String | Kind::Bool | Kind::Null | Kind::NotFinite | Kind::Invalid => {}
        }
        index += 1;
    }
}

#[inline(always)]
fn number(event: &Event<'_>, index: usize, paths: &mut Paths<'_>) {
    let Some(value) = event.value() else { return };
    within(event, index, |segment| match event.big_integer() {
        Some(exact) => paths.push_exact(segment, value, event.span(), exact),
        None => paths.push(segment, value, event.span()),
    });
}

/// The step from the array or object around it to `event`, the element number `index` of it.
#[inline(always)]
fn within(event: &Event<'_>, index: usize, step: impl FnOnce(Segment<'_>)) {
    match event.key().map(|key| key.text()) {
        None => step(Segment::Index(index)),
        Some(Cow::Borrowed(key)) => step(Segment::Key(key)),
        Some(Cow::Owned(key)) => step(Segment::Key(&key)),
    }
}

#[cfg(test)]
mod tests;
