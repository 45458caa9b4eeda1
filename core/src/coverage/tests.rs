use super::*;
use crate::extract::{self, ExtractError, Extractor, Input, MetricSink, Sniff, Streams};
use prill_scan::Text;

/// `metric VALUE`, `sum A B` and `setting VALUE` on each line; `shut` ends it.
struct Lines(Streams);

impl Extractor for Lines {
    fn name(&self) -> &str {
        "lines"
    }

    fn summary(&self) -> &str {
        "a word and a number on each line"
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
                Some(("metric", value)) => out.metric("m").push(value),
                Some(("sum", values)) => {
                    let (a, b) = values.split_once(' ').unwrap_or_default();
                    let spans = vec![out.span_of(a), out.span_of(b)];
                    out.metric("s").push_derived(3.0, spans);
                }
                Some(("settings", value)) => out.ignore(value, "setting"),
                Some(("cells", values)) => {
                    let cells: Vec<&str> = values.split(',').collect();
                    out.metric("m").push(cells[0]);
                    out.ignore(cells[1], "setting");
                }
                _ if line.text == "not mine" => return Err(ExtractError::NotFound),
                _ if line.text.starts_with("cut") => {
                    return Err(ExtractError::Truncated { at: input.text().end() });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn coverage(streams: Streams, captures: &Captures<'_>) -> Coverage {
    Coverage::of(&extract::run(&Lines(streams), captures, &[]), captures)
}

fn of(text: &str) -> Coverage {
    coverage(Streams::Stdout, &Captures::new().with(Stream::Stdout, text.as_bytes()))
}

#[test]
fn every_number_is_claimed_ignored_or_unexplained() {
    let found = of("metric 1,234.5\nsettings 4 5 sda1\nsum 1 2\nnobody 8 knows -9\n");
    assert_eq!((found.numbers().len(), found.claimed(), found.explained()), (7, 3, 5));
    assert_eq!(found.ignored(), BTreeMap::from([("setting", 2)]));
    let spans: Vec<_> = found.unexplained().map(|n| (n.span.start, n.span.end)).collect();
    assert_eq!(spans, [(48, 49), (57, 58)]);
}

#[test]
fn a_number_that_is_half_ignored_is_not_explained() {
    let text = "settings 45";
    let captures = Captures::new().with(Stream::Stdout, text.as_bytes());
    let mut extraction = extract::run(&Lines(Streams::Stdout), &captures, &[]);
    assert_eq!(Coverage::of(&extraction, &captures).explained(), 1);
    let mut sink = MetricSink::new();
    sink.read(&Text::new(text.as_bytes()), &Stream::Stdout);
    sink.ignore_span(Span::new(9, 10), "setting");
    extraction.ignored = sink.finish().2;
    assert_eq!(Coverage::of(&extraction, &captures).explained(), 0);
}

#[test]
fn a_line_that_was_cut_needs_no_further_word() {
    let found = of("metric 1\nnobody 2\ncut 3 4");
    assert_eq!((found.claimed(), found.ignored()), (1, BTreeMap::from([(CUT, 2)])));
    assert_eq!(found.unexplained().count(), 1, "the lines before it are whole");
    assert_eq!(of("nobody 3 4").unexplained().count(), 2, "nothing says that it was cut");
}

#[test]
fn what_a_carriage_return_hides_needs_no_word() {
    let found = of("metric 1\r\nprogress 2\rprogress 3\rnobody 4\r\nnobody 5\r\n");
    assert_eq!((found.claimed(), found.ignored()), (1, BTreeMap::from([(HIDDEN, 2)])));
    let unexplained: Vec<_> = found.unexplained().map(|n| n.span.start).collect();
    assert_eq!(unexplained, [39, 49]);
}

#[test]
fn what_was_not_read_does_not_count() {
    let both = |stdout: &'static str| {
        Captures::new().with(Stream::Stdout, stdout.as_bytes()).with(Stream::Stderr, &b"settings 7 x 8\n"[..])
    };
    assert_eq!(coverage(Streams::Stdout, &both("metric 1\n")).numbers().len(), 1);
    assert_eq!(coverage(Streams::StdoutThenStderr, &both("metric 1\n")).numbers().len(), 1);
    assert_eq!(coverage(Streams::Each, &both("metric 1\n")).numbers().len(), 3);
    assert_eq!(coverage(Streams::Each, &both("not mine\nbut 5")).numbers().len(), 2, "another tool's numbers");
}

#[test]
fn of_a_cut_stream_the_piece_that_was_read_counts() {
    let cut = |head: &'static str, tail: &'static str| {
        let piece = |text: &'static str, offset| Piece { bytes: text.as_bytes().into(), offset };
        Captures::new().with_pieces(Stream::Stdout, vec![piece(head, 0), piece(tail, 100)])
    };
    let spans = |found: &Coverage| found.numbers().iter().map(|n| n.span.start).collect::<Vec<_>>();
    assert_eq!(spans(&coverage(Streams::Stdout, &cut("metric 1\n", "metric 2\n"))), [107]);
    assert_eq!(spans(&coverage(Streams::Stdout, &cut("metric 1\n", "nothing 2\n"))), [7]);
}

#[test]
fn numbers_are_found_and_digits_in_words_are_not() {
    let text = "sda1 99.9th: 1,234.5 370,04 -3 x_1 (2) v1.2 4µs";
    let found: Vec<&str> = find(text).map(|span| &text[span.start..span.end]).collect();
    assert_eq!(found, ["99.9", "1,234.5", "370,04", "3", "2", "2", "4"]);
}

#[test]
fn cells_between_commas_are_numbers_of_their_own_once_one_of_them_is_said() {
    let found = of("cells 2,0.03,7,,\nmetric 1,234\n");
    let spans: Vec<_> = found.numbers().iter().map(|n| (n.span.start, n.span.end)).collect();
    assert_eq!(spans, [(6, 7), (8, 12), (13, 14), (24, 29)]);
    assert_eq!((found.claimed(), found.explained()), (2, 3));
    assert_eq!(of("nobody 2,0.03,7\n").numbers().len(), 1);
}
