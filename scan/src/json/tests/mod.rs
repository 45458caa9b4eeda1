//! What the reader promises, told by a flat list of leaves: `jobs.0.read.iops=5863.6`.

use super::*;

mod corpus;
mod document;
mod duplicates;
mod finding;
mod linear;
mod odd;
mod oracle;

/// The leaves of the document in `text`, and what else there is to say.
fn read(text: &str) -> (Vec<String>, Outcome) {
    drain(Reader::new(text))
}

fn drain(mut reader: Reader<'_>) -> (Vec<String>, Outcome) {
    loop {
        let mut path = Path::default();
        let mut leaves = Vec::new();
        while let Some(event) = reader.next_event() {
            path.leaf(event, &mut leaves);
        }
        match reader.finish() {
            Finish::Done(outcome) => return (leaves, outcome),
            Finish::Again(second) => reader = *second,
        }
    }
}

#[derive(Default)]
struct Path {
    segments: Vec<String>,
    counts: Vec<usize>,
}

impl Path {
    fn leaf(&mut self, event: &Event<'_>, leaves: &mut Vec<String>) {
        let kind = event.kind();
        if matches!(kind, Kind::ObjectEnd | Kind::ArrayEnd) {
            self.segments.pop();
            self.counts.pop();
            return;
        }
        let segment = match (event.key(), self.counts.last_mut()) {
            (Some(key), _) => key.text().into_owned(),
            (None, Some(count)) => {
                *count += 1;
                (*count - 1).to_string()
            }
            (None, None) => String::new(),
        };
        self.segments.push(segment);
        if matches!(kind, Kind::Object | Kind::Array) {
            self.counts.push(0);
            return;
        }
        let value = match kind {
            Kind::NotFinite | Kind::Invalid => format!("{kind:?}"),
            Kind::String => format!("{:?}", event.string().unwrap()),
            _ => event.text().to_owned(),
        };
        leaves.push(format!("{}={value}", self.segments[1..].join(".")));
        self.segments.pop();
    }
}

/// The leaves, for a text that is fine.
fn leaves(text: &str) -> Vec<String> {
    let (leaves, outcome) = read(text);
    assert_eq!(outcome.end, End::Whole, "{text}");
    assert!(outcome.problems.is_empty(), "{text}: {:?}", outcome.problems);
    leaves
}

/// The problems as `kind: the text they are about`.
fn problems(text: &str) -> Vec<String> {
    let (_, outcome) = read(text);
    outcome
        .problems
        .iter()
        .map(|problem| format!("{:?}: {}", problem.kind, &text[problem.span.start..problem.span.end]))
        .collect()
}

#[test]
fn every_token_has_its_place() {
    let text = " {\"a b\" : [1, -2.5e3,true], \"c\":\"x\\ty\", \"d\":{}, \"e\": null}\r\n";
    let mut reader = Reader::new(text);
    let mut seen = Vec::new();
    while let Some(event) = reader.next_event() {
        let key = event.key().map_or_else(String::new, |key| format!("{}@{} ", key.raw(), key.span()));
        seen.push(format!("{key}{:?} {}", event.kind(), event.text()));
        assert_eq!(&text[event.span().start..event.span().end], event.text());
    }
    let expected = [
        "Object {",
        "a b@3..6 Array [",
        "Number 1",
        "Number -2.5e3",
        "Bool true",
        "ArrayEnd ]",
        "c@29..30 String \"x\\ty\"",
        "d@41..42 Object {",
        "ObjectEnd }",
        "e@49..50 Null null",
        "ObjectEnd }",
    ];
    assert_eq!(seen, expected);
    let Finish::Done(outcome) = reader.finish() else { panic!("read twice") };
    assert_eq!(outcome.document, Some(crate::Span::new(1, text.len() - 2)));
}

#[test]
fn a_reader_may_be_left_early() {
    let mut reader = Reader::new("{\"a\":1} x {\"b\":2}");
    assert_eq!(reader.next_event().map(Event::kind), Some(Kind::Object));
    assert!(matches!(reader.finish(), Finish::Again(_)));
}
