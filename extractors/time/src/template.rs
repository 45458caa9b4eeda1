//! What `-f` of GNU and of busybox asks for: `%e %U %MKB`, known from the command line.

use prill_core::scan::unit;
use prill_core::{MetricSink, Printed};

use crate::posix;
use crate::value::{clock, count, lower, utilization};
use crate::verbose::{self, BLOCK, FAULT, MESSAGE, SWITCH, unused};

/// A format, in lines; without those that are empty.
pub(crate) struct Template {
    lines: Vec<Vec<Part>>,
}

enum Part {
    Text(String),
    /// `%e`
    Field(char),
}

impl Template {
    /// The format that the arguments of time say, up to the command that it runs; `None` where they say none.
    pub(crate) fn of(arguments: &[String]) -> Option<Self> {
        let mut found = None;
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--" => break,
                "-f" | "--format" => found = words.next().map(String::as_str),
                "-o" | "--output" => _ = words.next(),
                _ if word.starts_with("--format=") => found = word.split_once('=').map(|(_, format)| format),
                _ if word.starts_with("-f") => found = Some(&word[2..]),
                _ if word.starts_with('-') => {}
                _ => break,
            }
        }
        found.map(Self::parse).filter(|template| template.fields() > 0)
    }

    fn parse(format: &str) -> Self {
        let mut template = Self { lines: vec![vec![]] };
        let mut chars = format.chars();
        while let Some(c) = chars.next() {
            match c {
                '%' => match chars.next() {
                    Some('%') | None => template.text('%'),
                    Some(field) => template.lines.last_mut().into_iter().for_each(|line| line.push(Part::Field(field))),
                },
                '\\' => match chars.next() {
                    Some('t') => template.text('\t'),
                    Some('n') => template.lines.push(vec![]),
                    Some(other) => template.text(other),
                    None => template.text('\\'),
                },
                '\n' => template.lines.push(vec![]),
                c => template.text(c),
            }
        }
        template.lines.retain(|line| !line.is_empty());
        template
    }

    fn text(&mut self, c: char) {
        let Some(line) = self.lines.last_mut() else { return };
        match line.last_mut() {
            Some(Part::Text(text)) => text.push(c),
            _ => line.push(Part::Text(c.to_string())),
        }
    }

    fn fields(&self) -> usize {
        self.lines.iter().flatten().filter(|part| matches!(part, Part::Field(field) if *field != 'C')).count()
    }

    /// Where in `lines` the format stands: the last place, as a command that is timed has printed before.
    pub(crate) fn find(&self, lines: &[&str]) -> Option<usize> {
        let last = lines.len().checked_sub(self.lines.len())?;
        (0..=last).rev().find(|at| self.lines.iter().zip(&lines[*at..]).all(|(parts, line)| fields(parts, line).is_some()))
    }

    /// How many lines it takes.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Puts in the numbers of `lines`, of which each fits.
    pub(crate) fn push(&self, lines: &[&str], out: &mut MetricSink) {
        for (parts, line) in self.lines.iter().zip(lines) {
            for (field, token) in fields(parts, line).into_iter().flatten() {
                push(field, token, out);
            }
            out.ignore(line, "text of the format");
        }
    }
}

/// The letters of the fields of a line, with what stands there; `None` when the line does not fit.
fn fields<'t>(parts: &[Part], line: &'t str) -> Option<Vec<(char, &'t str)>> {
    let mut found = Vec::new();
    let mut rest = line;
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Text(text) => rest = rest.strip_prefix(text.as_str())?,
            Part::Field('C') => {
                let end = match parts.get(index + 1) {
                    Some(Part::Text(text)) => rest.rfind(text.as_str())?,
                    Some(Part::Field(_)) => return None,
                    None => rest.len(),
                };
                rest = &rest[end..];
            }
            Part::Field(field) => {
                let token = token(*field, rest)?;
                found.push((*field, token));
                rest = &rest[token.len()..];
            }
        }
    }
    rest.is_empty().then_some(found)
}

/// What a field prints at the start of `text`: `0.50`, `0:00.50`, `?%`; of busybox `0m 0.50s`.
fn token(field: char, text: &str) -> Option<&str> {
    let digits = |from: usize| text[from..].bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b':')).count();
    let first = digits(0);
    let end = match field {
        'E' | 'T' if text[first..].starts_with("m ") => {
            let end = first + 2 + digits(first + 2);
            end + text[end..].strip_prefix('s').map(|_| 1)?
        }
        'P' if text.starts_with("?%") => 2,
        'P' => first + text[first..].strip_prefix('%').map(|_| 1)?,
        _ => first,
    };
    (end > 0).then_some(&text[..end])
}

fn push(field: char, token: &str, out: &mut MetricSink) {
    match field {
        'e' => lower("elapsed", None, unit::SECOND, token, out),
        'E' => verbose::elapsed(token, out),
        'U' => lower("cpu_time", Some(("mode", "user")), unit::SECOND, token, out),
        'S' => lower("cpu_time", Some(("mode", "system")), unit::SECOND, token, out),
        // busybox'.
        'T' if posix::time(token).is_some() => {
            clock("cpu_time", Some(("mode", "system")), &posix::time(token).unwrap_or_default(), out);
        }
        'P' => utilization(token.trim_end_matches('%'), out),
        'M' => lower("rss.max", None, unit::KIB, token, out),
        't' => unused("rss.mean", None, unit::KIB, token, out),
        'K' => unused("memory.mean", None, unit::KIB, token, out),
        'X' => unused("rss.mean", Some(("kind", "text")), unit::KIB, token, out),
        'D' => unused("rss.mean", Some(("kind", "data")), unit::KIB, token, out),
        'p' => unused("rss.mean", Some(("kind", "stack")), unit::KIB, token, out),
        'F' => count("page_fault.count", Some(("kind", "major")), FAULT, token, out),
        'R' => count("page_fault.count", Some(("kind", "minor")), FAULT, token, out),
        'W' => unused("swap.count", None, Printed::base("{swap}"), token, out),
        'w' => count("context_switch.count", Some(("kind", "voluntary")), SWITCH, token, out),
        'c' => count("context_switch.count", Some(("kind", "involuntary")), SWITCH, token, out),
        'I' => count("io.count", Some(("op", "read")), BLOCK, token, out),
        'O' => count("io.count", Some(("op", "write")), BLOCK, token, out),
        's' => unused("socket.message.count", Some(("op", "send")), MESSAGE, token, out),
        'r' => unused("socket.message.count", Some(("op", "receive")), MESSAGE, token, out),
        'k' => unused("signal.count", None, Printed::base("{signal}"), token, out),
        _ => out.ignore(token, "setting, or exit status"),
    }
}
