use super::*;
use crate::extract::{Sniff, Streams};
use crate::metric::Polarity;
use prill_scan::{Text, Unit};

/// `name value` on each line; `fail` is the tool's failure, a half line a truncation.
struct Pairs(Streams);

impl Extractor for Pairs {
    fn name(&self) -> &str {
        "pairs"
    }

    fn summary(&self) -> &str {
        "name and value on each line"
    }

    fn streams(&self) -> Streams {
        self.0
    }

    fn sniff(&self, _: &Text<'_>) -> Sniff {
        Sniff::Possible
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        for line in input.text().lines() {
            match line.text.split_once(' ') {
                Some((name, value)) if line.ended => out.metric(name).push(value),
                _ if out.is_empty() => return Err(ExtractError::NotFound),
                _ => return Err(ExtractError::Truncated { at: input.text().end() }),
            }
        }
        Ok(())
    }
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {} {}", m.value(), m.stream(), m.span())).collect()
}

fn codes(extraction: &Extraction) -> Vec<&'static str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

fn both(stdout: &'static str, stderr: &'static str) -> Captures<'static> {
    Captures::new().with(Stream::Stdout, stdout.as_bytes()).with(Stream::Stderr, stderr.as_bytes())
}

#[test]
fn stderr_is_read_only_when_stdout_gave_nothing() {
    let format = Pairs(Streams::StdoutThenStderr);
    let first = run(&format, &both("a 1\n", "b 2\n"), &[]);
    assert_eq!((found(&first), first.stream.clone()), (vec!["a=1 stdout 2..3".to_owned()], Some(Stream::Stdout)));
    let second = run(&format, &both("", "b 2\n"), &[]);
    assert_eq!((found(&second), second.stream.clone()), (vec!["b=2 stderr 2..3".to_owned()], Some(Stream::Stderr)));
    let third = run(&format, &both("junk", "b 2\n"), &[]);
    assert_eq!((found(&third), third.stream.clone()), (vec!["b=2 stderr 2..3".to_owned()], None));
    assert_eq!(codes(&third), [code::NOT_FOUND], "what was wrong with the first stream is kept");
}

#[test]
fn each_reads_both_apart() {
    let each = run(&Pairs(Streams::Each), &both("a 1\n", "b 2\n"), &[]);
    assert_eq!(found(&each), ["a=1 stdout 2..3", "b=2 stderr 2..3"]);
    assert_eq!(each.stream, None);
}

#[test]
fn nothing_found_is_never_silent() {
    let format = Pairs(Streams::Stdout);
    assert_eq!(codes(&run(&format, &both("", ""), &[])), [code::NO_OUTPUT]);
    let wrong = run(&format, &both("", "b 2\n"), &[]);
    assert!(wrong.diagnostics[0].message.contains("there is text on stderr"), "{}", wrong.diagnostics[0]);
    assert_eq!(codes(&run(&format, &both("junk\n", ""), &[])), [code::NOT_FOUND, code::NO_METRICS]);
}

#[test]
fn what_was_whole_before_a_break_stays() {
    let cut = run(&Pairs(Streams::Stdout), &both("a 1\nb 2", ""), &[]);
    assert_eq!(found(&cut), ["a=1 stdout 2..3"]);
    assert_eq!(codes(&cut), [code::TRUNCATED]);
}

#[test]
fn a_gap_is_never_read_across() {
    let head = Piece { bytes: b"a 1\nb 2"[..].into(), offset: 0 };
    let tail = Piece { bytes: b"c 34\n"[..].into(), offset: 1000 };
    let captures = Captures::new().with_pieces(Stream::Stdout, vec![head, tail]);
    let cut = run(&Pairs(Streams::Stdout), &captures, &[]);
    assert_eq!(found(&cut), ["c=34 stdout 1002..1004"]);
    assert_eq!(cut.diagnostics[0].span, Some(Span::new(7, 1000)));
}

#[test]
fn hints_override_what_the_format_said() {
    let hints = [MetricHint::new("a", Unit::SECOND, Polarity::Target(2.0)), MetricHint::new("z", Unit::BYTE, Polarity::Lower)];
    let hinted = run(&Pairs(Streams::Stdout), &both("a 1\n", ""), &hints);
    let a = hinted.metrics.get("a").unwrap();
    assert_eq!((a.unit(), a.polarity()), (Some(Unit::SECOND), Polarity::Target(2.0)));
    assert_eq!(codes(&hinted), [code::UNUSED_HINT]);
}
