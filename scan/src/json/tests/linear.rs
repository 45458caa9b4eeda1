//! Hostile input is read in linear time: counted in bytes looked at, not by a clock.

use super::super::steps;
use super::*;

/// How often each byte may be looked at. The reader passes over a document at most twice: to find it and to read it.
const LIMIT: usize = 12;

fn assert_linear(text: &str) {
    steps::take();
    let _ = read(text);
    let steps = steps::take();
    assert!(steps <= LIMIT * text.len() + 100, "{} steps for {} bytes of {:?}", steps, text.len(), &text[..text.len().min(60)]);
    let _ = documents(text);
    let steps = steps::take();
    assert!(steps <= LIMIT * text.len() + 100, "{} steps for {} bytes of {:?}", steps, text.len(), &text[..text.len().min(60)]);
}

#[test]
fn a_long_run_of_anything() {
    for part in [
        "[",
        "{",
        "]",
        "}",
        "\"",
        "\\",
        "{\"",
        "[\"",
        "{\"a\":",
        "{\"a\":[",
        "{\"a\":{\"a\":",
        "[{",
        "[{\"a\":1},",
        "{\"a\":1}",
        "{\"a\":1,",
        "{\"a\":1,\"x\"y",
        "{\"a\":1,\"x\"y ",
        "{\"a\":1,\"b\":\"x\"y\"",
        "{\"a\":1 b ",
        "{\"a\":1,\"b\":x ",
        "{\"a\":1,\"b\":x\n",
        "{\"a\":1,\"b\":\"\n",
        "{\"a\":1,\"b\":[x,",
        "[1,",
        "[1 ",
        "[1]",
        "[1] ",
        "[]",
        "{}",
        "{} ",
        "[\n",
        "{\n",
        "   {",
        "[    ",
        "{\"a\\",
        "{\"a\\\"",
        "[\"\\",
        ",\"",
        ",\"a",
        "{\"\n",
        "{\"\n\":",
        "{\"a\":\"\n{\",",
        "{\"a\":1,\"\n{\",",
        "{\":\",\":\",",
        "{\"\n{\":\",\",\":\":",
        "é{",
        "{\"é\":é",
        "{\"a\":1,\"b\":5,5",
        "{\"a\":1,\"b\":,",
        "[{\"a\":1}x",
        "[{\"a\":1,\"a\":2}",
        "{\"a\":1}\n{\"a\":",
        "{\"a\":1,\"b\"",
        "{\"a\":1,\"b\",",
        "{\"a\" {",
        "x",
        " ",
        "\n",
        "nan,",
        "{\"a\":nan,",
    ] {
        assert_linear(&part.repeat(3_000 / part.len()));
        assert_linear(&format!("{{\"a\":1,\"b\":{}", part.repeat(3_000 / part.len())));
        assert_linear(&format!("{{\"a\":1,\"b\":\"{}", part.repeat(3_000 / part.len())));
        assert_linear(&format!("{}{{\"a\":1}}", part.repeat(3_000 / part.len())));
    }
}

#[test]
fn objects_of_any_size() {
    let same = "\"a\":1,".repeat(1_000);
    assert_linear(&format!("{{{same}\"b\":2}}"));
    let members: Vec<String> = (0..1_000).map(|n| format!("\"k{n}\":{n}")).collect();
    assert_linear(&format!("{{{}}}", members.join(",")));
    let escaped: Vec<String> = (0..1_000).map(|n| format!("\"\\u0061{n}\":{n}")).collect();
    assert_linear(&format!("{{{}}}", escaped.join(",")));
    let long = "k".repeat(10_000);
    assert_linear(&format!("{{\"{long}\":1,\"{long}\":2}}"));
}

#[test]
fn the_count_counts() {
    steps::take();
    let text = format!("{{\"a\": [{}1]}}", "1, ".repeat(1000));
    let _ = read(&text);
    assert!(steps::take() >= text.len() / 2);
}
