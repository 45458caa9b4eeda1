use std::io::{self, Write};

use prill_core::{OutputFormat, Span};

use super::facts::Known;
use super::glyph::{tame, text_width};
use super::line::{Line, lines};
use super::report::{Part, Report, Summary};
use crate::io::Io;
use crate::style::Palette;
use crate::table::{Grid, diagnostics};
use prill_records::json::Object;

/// How many columns of a line are shown around a number.
const CONTEXT: usize = 60;

/// Prints how many numbers each stream has and what became of them, and then each one that nobody explained, with its place.
pub(super) fn print(io: &mut Io<'_>, report: &Report<'_>) -> io::Result<()> {
    diagnostics(io.err, io.err_look, report.placeless());
    let format = if report.extraction.format == OutputFormat::AUTO.name() { "none" } else { &report.extraction.format };
    let mut rows: Vec<[String; 7]> = Vec::new();
    for part in &report.parts {
        rows.extend(part.summary.as_ref().map(|summary| row(format, &part.stream.to_string(), summary)));
    }
    if rows.len() != 1 {
        rows.push(row(format, "all", &report.summary));
    }
    let head = ["format", "stream", "numbers", "claimed", "ignored", "unexplained", "explained"];
    Grid { head, right: [false, false, true, true, true, true, true], rows }.print(io.out, io.out_look)?;
    let dim = Palette::new(io.out_look.colour).dim;
    for (index, (why, count)) in report.summary.reasons().into_iter().enumerate() {
        let heading = if index == 0 { "\nignored\n" } else { "" };
        writeln!(io.out, "{heading}{count:6}  {why}")?;
    }
    let mut heading = "\nunexplained\n";
    for number in report.parts.iter().flat_map(unexplained) {
        let before = tame(number.before);
        let (place, after) = (format!("{}:{}:{}", number.path, number.line, number.column), tame(number.after));
        writeln!(io.out, "{heading}{place}: {dim}{before}{dim:#}{}{dim}{after}{dim:#}", number.text)?;
        heading = "";
    }
    Ok(())
}

fn row(format: &str, stream: &str, summary: &Summary) -> [String; 7] {
    let counts = [summary.numbers(), summary.claimed, summary.ignored(), summary.unexplained];
    let [numbers, claimed, ignored, unexplained] = counts.map(|count| count.to_string());
    [format.to_owned(), stream.to_owned(), numbers, claimed, ignored, unexplained, summary.explained()]
}

/// Writes the same as one JSON object; streams and spans are said as in that of `prill extract`.
pub(super) fn json(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let mut buffer = Vec::new();
    let mut object = Object::begin(&mut buffer);
    object.string("format", &report.extraction.format);
    object.integer("metrics", report.extraction.metrics.len());
    let read = report.parts.iter().filter_map(|part| Some((part, part.summary.as_ref()?)));
    object.array("streams", read, |buffer, (part, summary)| {
        let mut object = Object::begin(buffer);
        object.string("stream", &part.stream.to_string());
        object.integer("numbers", summary.numbers());
        object.integer("claimed", summary.claimed);
        object.object("ignored", |reasons| summary.ignored.iter().for_each(|(why, count)| reasons.integer(why, count)));
        object.integer("unexplained", summary.unexplained);
        object.end();
    });
    object.array("unexplained", report.parts.iter().flat_map(unexplained), |buffer, number| {
        let mut object = Object::begin(buffer);
        object.string("stream", &number.stream);
        object.raw("span", format_args!("[{},{}]", number.span.start, number.span.end));
        object.integer("line", number.line);
        object.integer("column", number.column);
        object.string("text", number.text);
        object.end();
    });
    object.end();
    buffer.push(b'\n');
    out.write_all(&buffer)
}

/// A number that nobody explained.
struct Unexplained<'a> {
    stream: String,
    path: &'a str,
    span: Span,
    /// Both counted from 1, the column in characters: what editors jump to.
    line: usize,
    column: usize,
    before: &'a str,
    text: &'a str,
    after: &'a str,
}

fn unexplained<'a>(part: &'a Part<'a>) -> impl Iterator<Item = Unexplained<'a>> {
    lines(&part.text, &part.facts).flat_map(move |line: Line<'a>| {
        let open = line.tokens.iter().filter(|token| matches!(token.known, Known::Unexplained));
        open.map(move |token| {
            let (from, to) = line.place(token.span);
            let (before, text, after) = (&line.text[..from], &line.text[from..to], &line.text[to..]);
            let column = before.chars().count() + 1;
            let before = last(before, CONTEXT / 2);
            let after = first(after, CONTEXT.saturating_sub(text_width(before) + text.len()));
            Unexplained {
                stream: part.stream.to_string(),
                path: &part.path,
                span: token.span,
                line: line.number,
                column,
                before: before.trim_start(),
                text,
                after: after.trim_end(),
            }
        })
    })
}

/// The first `count` characters.
fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

/// The last `count` characters.
fn last(text: &str, count: usize) -> &str {
    text.char_indices().rev().take(count).last().map_or("", |(at, _)| &text[at..])
}
