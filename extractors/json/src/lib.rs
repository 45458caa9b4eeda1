//! Any JSON document: each finite number by its path, `jobs.0.read.iops`. For tools that no other format knows.
#![forbid(unsafe_code)]

use std::borrow::Cow;

use prill_core::extract::{Paths, Segment, json_end, say_json};
use prill_core::scan::json::{Event, Finish, Kind, Reader, Str};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Span, Text};

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
        let Some(document) = outcome.document else { return Err(ExtractError::NotFound) };
        leave(document, input, out);
        json_end(outcome.end, input)
    }
}

/// Puts in all finite numbers that `reader` delivers.
fn read(reader: &mut Reader<'_>, paths: &mut Paths<'_>) {
    let mut place = Place::default();
    while let Some(event) = reader.next_event() {
        // Nearly all that there is in a document; what is rare takes the call.
        match (event.small_number(), event.plain_key()) {
            (Some(value), Some(key)) => {
                paths.push(Segment::Plain(key), value, event.span());
                place.index += 1;
            }
            _ => place.take(event, paths),
        }
    }
}

/// Says of all other text why its digits are no metrics. Every number of the document is one, so what is left in it is text.
fn leave(document: Span, input: &Input<'_>, out: &mut MetricSink) {
    let (offset, len) = (input.text().offset(), input.text().as_str().len());
    for (start, end, why) in [
        (0, document.start, "outside of the document"),
        (document.start, document.end, "part of a key or a string, or of a member that does not count"),
        (document.end, len, "outside of the document"),
    ] {
        if start < end {
            out.ignore_span(Span::new(start + offset, end + offset), why);
        }
    }
}

/// How far the reading is.
#[derive(Default)]
struct Place {
    /// The number of the next element in the array or object that is open.
    index: usize,
    /// The same for those around it, outermost first; one is outside of the document.
    outer: Vec<usize>,
}

impl Place {
    #[inline(never)]
    fn take(&mut self, event: &Event<'_>, paths: &mut Paths<'_>) {
        if matches!(event.kind(), Kind::ObjectEnd | Kind::ArrayEnd) {
            self.index = self.outer.pop().unwrap_or_default();
            if !self.outer.is_empty() {
                paths.leave();
            }
            return;
        }
        if !matches!(event.kind(), Kind::Number | Kind::Object | Kind::Array) {
            self.index += 1;
            return;
        }
        let owned: String;
        let segment = match event.key().map(Str::text) {
            None => Segment::Index(self.index),
            Some(Cow::Borrowed(key)) => Segment::Key(key),
            Some(Cow::Owned(key)) => {
                owned = key;
                Segment::Key(&owned)
            }
        };
        self.index += 1;
        match event.kind() {
            Kind::Object | Kind::Array => {
                if !self.outer.is_empty() {
                    paths.enter(segment);
                }
                self.outer.push(std::mem::take(&mut self.index));
            }
            _ => number(event, segment, paths),
        }
    }
}

/// Puts in the number that `event` is, if it is one.
fn number(event: &Event<'_>, segment: Segment<'_>, paths: &mut Paths<'_>) {
    let Some(number) = event.number() else { return };
    let (value, span) = (number.value(), event.span());
    if number.is_big_integer() {
        paths.push_exact(segment, value, span, number.text());
    } else {
        paths.push(segment, value, span);
    }
}

#[cfg(test)]
mod tests;
