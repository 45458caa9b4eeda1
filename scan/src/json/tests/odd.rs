use super::*;

#[test]
fn literals_that_are_no_numbers() {
    let text =
        "{\"a\":nan,\"b\":-nan,\"c\":NaN,\"d\":Infinity,\"e\":-Infinity,\"f\":inf,\"g\":-inf,\"h\":1e400,\"i\":-1e999,\"j\":5}";
    let (leaves, outcome) = read(text);
    assert_eq!(leaves.iter().filter(|leaf| leaf.ends_with("=NotFinite")).count(), 9);
    assert_eq!(leaves.last().unwrap(), "j=5");
    assert_eq!(outcome.end, End::Whole);
    assert_eq!(outcome.problems.count(ProblemKind::NotFinite), 7);
    assert_eq!(outcome.problems.count(ProblemKind::TooLarge), 2);
    assert!(problems(text).contains(&"TooLarge: 1e400".to_owned()));
    assert!(problems(text).contains(&"NotFinite: -Infinity".to_owned()));
}

#[test]
fn numbers_next_to_what_f64_holds() {
    assert_eq!(leaves("{\"a\":1.7976931348623157e308,\"b\":1e-400}"), ["a=1.7976931348623157e308", "b=1e-400"]);
    let document = Document::read("[18446744073709551616]");
    let number = document.root().unwrap().items().next().unwrap().number().unwrap();
    assert!(number.is_big_integer());
    assert_eq!(number.text(), "18446744073709551616");
}

#[test]
fn trailing_commas() {
    let text = "{\"a\":[1,2,],\"b\":{\"c\":3,\n},}";
    assert_eq!(read(text).0, ["a.0=1", "a.1=2", "b.c=3"]);
    assert_eq!(problems(text), ["TrailingComma: ,"; 3]);
}

#[test]
fn a_number_with_something_behind_it_is_no_number() {
    for junk in ["5ms", "1.2.3", "007", "1.", ".5", "+5", "0x10", "1_000", "--5", "1e", "12 abc", "370,04", "5-6", "-", "1.5,5"] {
        let text = format!("{{\"a\": 1, \"b\": {junk}, \"c\": 2}}");
        let (leaves, outcome) = read(&text);
        assert_eq!(leaves, ["a=1", "b=Invalid", "c=2"], "{text}");
        assert_eq!(outcome.end, End::Whole, "{text}");
        assert_eq!(problems(&text), [format!("Malformed {{ expected: Value }}: {junk}")], "{text}");
    }
}

#[test]
fn an_invalid_element_keeps_the_others_in_place() {
    assert_eq!(read("{\"a\": 1, \"b\": [1, oops, 3]}").0, ["a=1", "b.0=1", "b.1=Invalid", "b.2=3"]);
    assert_eq!(read("{\"a\": 1, \"b\": [1,,3]}").0, ["a=1", "b.0=1", "b.1=Invalid", "b.2=3"]);
}

#[test]
fn an_invalid_value_at_the_end_of_a_level() {
    assert_eq!(read("{\"a\": 1, \"b\": oops}").0, ["a=1", "b=Invalid"]);
    assert_eq!(read("{\"a\": 1, \"b\": {\"c\": }, \"d\": 4}").0, ["a=1", "b.c=Invalid", "d=4"]);
    assert_eq!(read("{\n  \"a\": 1,\n  \"b\": 5ms\n}\n").0, ["a=1", "b=Invalid"]);
}

#[test]
fn a_missing_comma() {
    let text = "{\n \"a\": 1\n \"b\": {\"x\": 2}\n \"c\": 3\n}";
    assert_eq!(read(text).0, ["a=1", "b.x=2", "c=3"]);
    assert_eq!(read(text).1.problems.count(ProblemKind::Malformed { expected: Expected::CommaOrEnd }), 2);
}

#[test]
fn quotes_that_are_not_escaped() {
    // schbench does not escape its -J argument.
    for name in ["my job \"x\"", "\"x\"", "\"", "a \"b\": c", "say \"hi\", bob", "x\" y"] {
        let text = format!(
            "{{\"normal\": {{\"version\": \"6.1\",\"jobname\": \"{name}\",\"hostname\": \"vm\"}},\"int\": {{\"min\": 3}}}}"
        );
        let (leaves, outcome) = read(&text);
        assert_eq!(leaves[1], format!("normal.jobname={name:?}"), "{text}");
        assert_eq!(leaves[2..], ["normal.hostname=\"vm\"", "int.min=3"], "{text}");
        assert_eq!(outcome.problems.count(ProblemKind::UnescapedQuote), 1, "{text}");
    }
    assert_eq!(read("{\"a\":1,\"b\":\"x \"y\" z\"}").0, ["a=1", "b=\"x \\\"y\\\" z\""]);
    assert_eq!(read("{\"a\":1,\"b\":[\"x \"y\" z\", 2]}").0, ["a=1", "b.0=\"x \\\"y\\\" z\"", "b.1=2"]);
}

#[test]
fn a_string_that_swallows_the_next_line_is_broken() {
    let text = "{\"a\": 1, \"b\": \"cut\n{\"c\": 2, \"d\": \"x\"}\n";
    let (leaves, outcome) = read(text);
    assert_eq!(leaves, ["c=2", "d=\"x\""]);
    assert_eq!(outcome.problems.count(ProblemKind::OtherIncomplete), 1);
}

#[test]
fn control_characters_in_strings() {
    assert_eq!(leaves("{\"a\":\"x\ty\u{1}z\",\"b\":2}"), ["a=\"x\\ty\\u{1}z\"", "b=2"]);
    assert_eq!(leaves("{\"a\":\"two\nlines\",\"b\":2}"), ["a=\"two\\nlines\"", "b=2"]);
}

#[test]
fn byte_order_mark_and_crlf() {
    assert_eq!(leaves("\u{feff}{\r\n\t\"a\": 1,\r\n\t\"b\": [2]\r\n}\r\n"), ["a=1", "b.0=2"]);
    assert_eq!(leaves("\u{feff}[1.5, 2]"), ["0=1.5", "1=2"]);
}

#[test]
fn what_cannot_be_read_past_is_broken_where_it_stands() {
    let text = "{\"a\": 1, \"b\": oops {\"c\": 2}, \"d\": 3}";
    let (leaves, outcome) = read(text);
    assert_eq!(leaves, ["a=1"]);
    assert_eq!(outcome.end, End::Broken { at: 14, expected: Expected::Value });
    assert_eq!(read("{\"a\": 1, \"b\": 2]").1.end, End::Broken { at: 15, expected: Expected::Value });
}

#[test]
fn the_end_comes_too_early() {
    for (text, expected, at) in [
        ("{\"a\": 1, \"b\": 58", &["a=1"][..], 14),
        ("{\"a\": 1, \"b\": 58 \n", &["a=1"], 14),
        ("{\"a\": 1, \"b\": tr", &["a=1"], 14),
        ("{\"a\": 1, \"b\": \"x", &["a=1"], 14),
        ("{\"a\": 1, \"b\"", &["a=1"], 9),
        ("{\"a\": 1, \"b", &["a=1"], 9),
        ("{\"a\": 1,", &["a=1"], 8),
        ("{\"a\": {\"b\": 1}", &["a.b=1"], 14),
        ("{\"a\": {\"b\": [1, 2", &["a.b.0=1"], 16),
        ("{\"a\":", &[], 5),
    ] {
        let (leaves, outcome) = read(text);
        assert_eq!(leaves, expected, "{text}");
        assert_eq!(outcome.end, End::Truncated { at }, "{text}");
        assert_eq!(outcome.problems.count(ProblemKind::Truncated), 1, "{text}");
    }
}

#[test]
fn nesting_costs_no_stack() {
    for depth in [10_000, MAX_DEPTH] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let (leaves, outcome) = read(&text);
        assert!(leaves.is_empty());
        assert_eq!(outcome.end, End::Whole);
    }
    let text = format!("{}1{}", "{\"a\":".repeat(20_000), "}".repeat(20_000));
    assert_eq!(read(&text).0.len(), 1);
    let text = format!("{{\"x\": 1, \"y\": {}", "[".repeat(MAX_DEPTH + 1));
    assert_eq!(read(&text).1.end, End::Broken { at: 14 + MAX_DEPTH - 1, expected: Expected::LessDepth });
}
