use super::*;
use crate::extract::{ExtractError, Input, MetricSink, auto};

/// Recognises a text that holds its mark.
struct Marked {
    name: &'static str,
    mark: &'static str,
    sniff: Sniff,
    wraps: bool,
}

impl Extractor for Marked {
    fn name(&self) -> &str {
        self.name
    }

    fn summary(&self) -> &str {
        "a mark"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.as_str().contains(self.mark) { self.sniff } else { Sniff::No }
    }

    fn wraps(&self) -> bool {
        self.wraps
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        out.metric("a").push(&input.text().as_str()[..1]);
        Ok(())
    }
}

const fn tool(name: &'static str, mark: &'static str, sniff: Sniff) -> Marked {
    Marked { name, mark, sniff, wraps: false }
}

fn registry() -> Registry {
    let formats = [
        tool("one", "rows", Sniff::Likely),
        tool("two", "rows", Sniff::Likely),
        tool("sure", "banner", Sniff::Certain),
        Marked { wraps: true, ..tool("outer", "real", Sniff::Likely) },
        Marked { wraps: true, ..tool("timid", "maybe", Sniff::Possible) },
    ];
    formats.into_iter().fold(Registry::bare(), |registry, format| registry.with(format).unwrap())
}

fn best(stdout: &str, argv: &[&str]) -> Vec<String> {
    let argv: Vec<String> = argv.iter().map(|&word| word.to_owned()).collect();
    let captures = Captures::new().with(Stream::Stdout, stdout.as_bytes());
    let captures = if argv.is_empty() { captures } else { captures.with_argv(argv) };
    recognise(&registry(), &captures).best().iter().map(|c| c.format.clone()).collect()
}

#[test]
fn the_surest_is_best_and_equals_are_tied() {
    assert_eq!(best("1 rows banner", &[]), ["sure"]);
    assert_eq!(best("1 rows", &[]), ["one", "two"]);
    assert_eq!(best("1", &[]), [""; 0]);
}

#[test]
fn the_command_decides_a_tie_and_nothing_else() {
    assert_eq!(best("1 rows", &["/usr/bin/two", "-q"]), ["two"]);
    assert_eq!(best("1 rows", &["sudo", "two"]), ["two"]);
    assert_eq!(best("1 rows", &["two", "one"]), ["two"], "the word that stands first");
    assert_eq!(best("1 rows", &["three"]), ["one", "two"]);
    assert_eq!(best("1 rows banner", &["two"]), ["sure"], "a mark in the text is better evidence");
    assert_eq!(best("1", &["two"]), ["two"], "where the text says nothing, the command does");
}

#[test]
fn a_tool_that_wraps_another_is_the_outer_one() {
    assert_eq!(best("1 banner real", &[]), ["outer"]);
    assert_eq!(best("1 banner real", &["outer", "sure"]), ["outer"]);
    assert_eq!(best("1 banner maybe", &[]), ["sure"], "a wrapper that is only possible wraps nothing");
}

#[test]
fn a_tie_says_what_decides_it() {
    let rows = Captures::new().with(Stream::Stdout, &b"1 rows"[..]);
    let said = |captures: &Captures<'_>| auto(&registry(), captures, &[]).diagnostics[0].message.clone();
    assert_eq!(
        said(&rows),
        "one and two recognise the output equally well: name one with --as, or give the command that printed it with --argv"
    );
    let three = rows.clone().with_argv(vec!["three".to_owned()]);
    assert_eq!(said(&three), "one and two recognise the output equally well: name one with --as");
    let two = rows.with_argv(vec!["two".to_owned()]);
    assert_eq!(auto(&registry(), &two, &[]).format, "two");
}

#[test]
fn a_candidate_says_how_it_is_known() {
    let captures = Captures::new().with(Stream::Stderr, &b"1 banner real"[..]).with_argv(vec!["outer".to_owned()]);
    let recognition = recognise(&registry(), &captures);
    let said: Vec<String> = recognition.candidates().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["outer (likely by its stderr; its tool runs another; word 1 of the command)", "sure (certain by its stderr)"]
    );
}

#[test]
fn a_mark_is_found_wherever_it_stands_in_a_long_text() {
    let filler = "nothing\n".repeat(4000);
    for text in [format!("1 banner\n{filler}"), format!("{filler}1 banner\n"), format!("{filler}1 banner\n{filler}")] {
        assert_eq!(best(&text, &[]), ["sure"]);
    }
    assert_eq!(best(&format!("1 banner\n{filler}real\n"), &[]), ["outer"], "a wrapper ends the text");
    assert_eq!(best(&format!("1 rows\n{filler}"), &[]), ["one", "two"]);
}

#[test]
fn of_a_text_that_stands_for_both_streams_the_first_is_named() {
    let bytes = b"1 banner";
    let captures = Captures::new().with(Stream::Stdout, &bytes[..]).with(Stream::Stderr, &bytes[..]);
    assert_eq!(recognise(&registry(), &captures).best()[0].stream, Stream::Stdout);
}
