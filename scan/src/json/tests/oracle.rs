//! Held against serde_json.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn value() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1000i32..1000).prop_map(Value::from),
        proptest::num::f64::NORMAL.prop_map(Value::from),
        (0u32..1_000_000_000).prop_map(|n| Value::from(f64::from(n) / 1e6)),
    ];
    let text = "[ -~é€😀\\\\\"\n\t\u{1}{}\\[\\],:]{0,20}";
    let leaf = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), number, text.prop_map(Value::from)];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let key = prop_oneof!["[a-z_]{1,12}", "[ -~é\"\\\\]{0,20}", Just("same".to_owned())];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((key, inner), 0..6).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

fn document() -> impl Strategy<Value = Value> {
    ("[a-z]{1,5}", value(), value()).prop_map(|(key, first, last)| serde_json::json!({ key: first, "z": last }))
}

/// The leaves as [`read`] gives them.
fn flat(value: &Value, path: &mut Vec<String>, leaves: &mut Vec<String>) {
    let mut inside = |key: String, value: &Value| {
        path.push(key);
        flat(value, path, leaves);
        path.pop();
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| inside(index.to_string(), item)),
        Value::Object(members) => members.iter().for_each(|(key, member)| inside(key.clone(), member)),
        Value::String(text) => leaves.push(format!("{}={text:?}", path.join("."))),
        other => leaves.push(format!("{}={other}", path.join("."))),
    }
}

fn expected(value: &Value) -> Vec<String> {
    let mut leaves = Vec::new();
    flat(value, &mut Vec::new(), &mut leaves);
    leaves
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_serde_json_prints_is_read_back(value in document(), before in "([^{\\[,]{0,20}\n)?", after in "(\n[^{\\[]{0,20})?") {
        let expected = expected(&value);
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            prop_assert_eq!(&leaves(&text), &expected);
            let noisy = format!("{before}{text}{after}");
            prop_assert_eq!(&leaves(&noisy), &expected);
        }
    }

    #[test]
    fn numbers_have_their_value_and_their_place(value in document()) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        let mut reader = Reader::new(&text);
        while let Some(event) = reader.next_event() {
            let Some(number) = event.number() else { continue };
            let span = event.span();
            prop_assert_eq!(&text[span.start..span.end], number.text());
            let parsed: f64 = number.text().parse().unwrap();
            prop_assert_eq!(number.value().to_bits(), parsed.to_bits());
            if let Some(value) = event.small_number() {
                prop_assert_eq!(value.to_bits(), parsed.to_bits());
                prop_assert!(!number.is_big_integer());
            }
        }
    }

    #[test]
    fn the_tape_is_the_tree(value in document()) {
        let text = value.to_string();
        let document = Document::read(&text);
        prop_assert!(same(document.root().unwrap(), &value));
    }

    #[test]
    fn of_duplicates_the_same_one_counts(members in proptest::collection::vec(("[ab]{0,2}|\\\\u0061b?", 0u32..100), 0..120)) {
        let members: Vec<String> = members.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
        let text = format!("{{\"a\": {{{}}}, \"x\": 1}}", members.join(","));
        let value: Value = serde_json::from_str(&text).unwrap();
        let (mut found, outcome) = read(&text);
        found.sort_unstable();
        prop_assert_eq!(&found, &expected(&value));
        let repeated = members.len() + 1 - value["a"].as_object().unwrap().len() - 1;
        prop_assert_eq!(outcome.problems.iter().count() + outcome.problems.omitted(), repeated);
    }

    #[test]
    fn nothing_is_invented_when_a_document_is_cut(value in document(), part in 0.0..1.0) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        let mut cut = (text.len() as f64 * part) as usize;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let (found, _) = read(&text[..cut]);
        let all = expected(&value);
        prop_assert_eq!(&found[..], &all[..found.len()]);
    }

    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survives(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_syntax_breaks_it(text in "[{}\\[\\]\",:\\\\ \n0-9a-z.é-]{0,200}") {
        survives(&text);
    }

    #[test]
    fn no_tokens_break_it(tokens in proptest::collection::vec(
        proptest::sample::select(&["{", "}", "[", "]", ",", ":", "\"a\"", "\"", "1", "-2.5", "nan", "x", "\n", " ", "\"b\":", "{\"a\":1,", "\\"][..]),
        0..60,
    )) {
        survives(&tokens.concat());
    }
}

/// Reads `text` in all ways, and checks what must hold for any text.
fn survives(text: &str) {
    let (leaves, outcome) = read(text);
    assert_eq!(outcome.document.is_none(), Document::read(text).root().is_none());
    assert!(outcome.document.is_some() || leaves.is_empty(), "{text}");
    for problem in outcome.problems.iter() {
        assert!(text.get(problem.span.start..problem.span.end).is_some(), "{text}: {problem:?}");
    }
    for (span, _) in documents(text) {
        assert!(text.get(span.start..span.end).is_some());
        let _ = Document::at(text, span.start);
    }
    // What serde_json takes for a document is one.
    if let Ok(value @ Value::Object(_)) = serde_json::from_str::<Value>(text)
        && value.as_object().is_some_and(|members| !members.is_empty())
        && outcome.problems.count(ProblemKind::DuplicateKey { first: crate::Span::default() }) == 0
    {
        assert_eq!(leaves, expected(&value), "{text}");
    }
}

fn same(node: Node<'_, '_>, value: &Value) -> bool {
    match value {
        Value::Null => node.kind() == Kind::Null,
        Value::Bool(bool) => node.bool() == Some(*bool),
        Value::Number(number) => node.number().is_some_and(|found| found.text() == number.to_string()),
        Value::String(text) => node.as_str().is_some_and(|found| found == text.as_str()),
        Value::Array(items) => {
            node.kind() == Kind::Array
                && node.items().count() == items.len()
                && node.items().zip(items).all(|(node, value)| same(node, value))
        }
        Value::Object(members) => {
            node.kind() == Kind::Object
                && node.members().count() == members.len()
                && members.iter().all(|(key, value)| node.get(key).is_some_and(|node| same(node, value)))
        }
    }
}
