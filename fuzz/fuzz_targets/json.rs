//! Any text as JSON: what serde_json reads is read whole, with the same numbers, and places are inside of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prill_core::scan::json::{Document, End, Finish, Node, Reader};
use serde_json::Value;

fuzz_target!(|text: &str| {
    let mut reader = Reader::new(text);
    let numbers = loop {
        let mut numbers = 0;
        while let Some(event) = reader.next_event() {
            assert!(event.span().end <= text.len());
            numbers += usize::from(event.number().is_some());
        }
        match reader.finish() {
            Finish::Done(_) => break numbers,
            Finish::Again(second) => reader = *second,
        }
    };
    let document = Document::read(text);
    assert_eq!(document.root().map_or(0, count), numbers, "the two readers differ");
    if let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str::<Value>(text)
        && is_told_apart(&value)
    {
        assert_eq!(document.end(), End::Whole);
        assert_eq!(numbers, known(&value), "serde_json reads another document");
    }
});

/// Whether the first bracket is surely a document's: one with a member that has a value.
fn is_told_apart(value: &Value) -> bool {
    value.as_object().is_some_and(|members| !members.is_empty())
}

fn count(node: Node<'_, '_>) -> usize {
    usize::from(node.number().is_some())
        + node.members().map(|(_, node)| count(node)).chain(node.items().map(count)).sum::<usize>()
}

fn known(value: &Value) -> usize {
    match value {
        Value::Number(_) => 1,
        Value::Array(items) => items.iter().map(known).sum(),
        Value::Object(members) => members.values().map(known).sum(),
        _ => 0,
    }
}
