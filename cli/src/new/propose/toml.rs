//! A proposal as the TOML file of a format.

use std::fmt::Write as _;

use prill_core::Stream;

use super::row::{Form, Gap, Metric, Number, Part, Role, Row};
use super::unit::Unit;
use super::{Passed, Proposal};

/// The file. It stands on its own, and says what is left to decide.
pub(crate) fn write(proposal: &Proposal) -> String {
    let mut out = String::new();
    let Proposal { name, .. } = proposal;
    // What a tool says of its failure is on stderr, whatever stream its numbers are on.
    let stream = if proposal.stream == Stream::Stdout { "stdout-then-stderr" } else { "stderr" };
    let _ = write!(
        out,
        "# Proposed by `prill new extractor` from an output of {name}. Above each pattern stands the line that it was made from.\n\
         # Check every name, unit and polarity. docs/declare.md of prill has all keys.\n\
         name = \"{name}\"\nsummary = \"the numbers that {name} prints\"\nstreams = \"{stream}\"\n"
    );
    if let Some(mark) = &proposal.mark {
        let _ = write!(out, "\n[sniff]\n{} = [{}]\n", if mark.sure { "certain" } else { "likely" }, quoted(&pattern(&mark.row)));
    }
    let names = section_names(&proposal.sections);
    for (start, name) in proposal.sections.iter().zip(&names) {
        let _ =
            write!(out, "\n# {}\n[[section]]\nname = \"{name}\"\nstart = {}\n", comment(&start.example), quoted(&pattern(start)));
    }
    for row in &proposal.rows {
        line(&mut out, row, &names);
    }
    for Passed { row, why } in &proposal.passed {
        let _ = write!(out, "\n# {}\n[[ignore]]\nregex = {}\nwhy = \"{why}\"\n", comment(&row.example), quoted(&pattern(row)));
    }
    out
}

/// What the sections are called: after the first words of their headings.
fn section_names(sections: &[Row]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (number, start) in sections.iter().enumerate() {
        let words = start.example.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let slug = super::name::slug(words);
        let taken = slug.is_empty() || names.contains(&slug);
        names.push(if taken { format!("section{}", number + 1) } else { slug });
    }
    names
}

fn line(out: &mut String, row: &Row, sections: &[String]) {
    let _ = writeln!(out, "\n# {}", comment(&row.example));
    for remark in remarks(row) {
        let _ = writeln!(out, "# {remark}");
    }
    let _ = writeln!(out, "[[line]]\nregex = {}", quoted(&pattern(row)));
    if let Some(number) = row.section {
        let _ = writeln!(out, "section = \"{}\"", sections[number]);
    }
    if !row.labels.is_empty() {
        let _ = writeln!(out, "labels = {}", table(&row.labels));
    }
    if row.repeated {
        let _ = writeln!(out, "repeat = \"repetition\"");
    }
    let ignored: Vec<_> = row
        .numbers()
        .filter_map(|n| if let Role::Ignored(why) = &n.role { Some((n.capture.clone(), why.clone())) } else { None })
        .collect();
    if !ignored.is_empty() {
        let _ = writeln!(out, "ignore = {}", table(&ignored));
    }
    for number in row.numbers() {
        let Role::Metric(metric) = &number.role else { continue };
        let _ = writeln!(out, "metrics.{} = {}", number.capture, cell(row, number, metric));
    }
}

fn cell(row: &Row, number: &Number, metric: &Metric) -> String {
    let unit = match (&metric.unit, row.unit_of(&number.capture).filter(|_| metric.scaled)) {
        (_, Some(capture)) => format!(", unit_from = \"{capture}\""),
        (Unit::Clear(unit, _), None) => format!(", unit = \"{unit}\""),
        _ => String::new(),
    };
    let labels = if metric.labels.is_empty() { String::new() } else { format!(", labels = {}", table(&metric.labels)) };
    format!("{{ name = \"{}\"{unit}, polarity = \"{}\"{labels} }}", metric.name, metric.polarity)
}

/// What the author has to decide.
pub(super) fn remarks(row: &Row) -> Vec<String> {
    let unclear = |metric: &Metric| match &metric.unit {
        Unit::Unclear(word, either) => {
            Some(format!("{}: `{word}` does not say whether 1000 or 1024 is meant; give it the unit {either}", metric.name))
        }
        _ => None,
    };
    row.metrics().filter_map(unclear).chain(row.open.iter().cloned()).collect()
}

fn table(entries: &[(String, String)]) -> String {
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key} = \"{value}\"")).collect();
    format!("{{ {} }}", entries.join(", "))
}

fn comment(line: &str) -> String {
    line.replace(|c: char| c.is_control() && c != '\t', " ")
}

/// A literal string, which needs no escapes but for the apostrophe that would end it.
fn quoted(regex: &str) -> String {
    match regex.contains('\'') {
        true if regex.contains("'''") => format!("'{}'", regex.replace('\'', r"\x27")),
        true => format!("'''{regex}'''"),
        false => format!("'{regex}'"),
    }
}

/// The regex of the whole line.
pub(super) fn pattern(row: &Row) -> String {
    let mut out = String::from("^");
    for (at, part) in row.parts.iter().enumerate() {
        match part {
            Part::Text(text) => out.push_str(&escaped(text)),
            Part::Gap(Gap::One) => out.push(' '),
            Part::Gap(Gap::Edge) => out.push_str(" *"),
            Part::Gap(Gap::Wide) => out.push_str(" +"),
            Part::Gap(Gap::Any) => out.push_str(if at == 0 || at + 1 == row.parts.len() { r"\s*" } else { r"\s+" }),
            Part::Number(number) => {
                if at == 0 {
                    out.push_str(" *");
                }
                let digits = digits(number.form);
                let _ = match number.role {
                    Role::Open(_) => write!(out, "{digits}"),
                    _ => write!(out, "(?<{}>{digits})", number.capture),
                };
            }
            Part::Label { capture, several } => {
                let word = match row.parts.get(at + 1) {
                    Some(Part::Text(text)) => text.chars().next().map_or_else(String::new, |c| {
                        format!(
                            "[^{}{}]+",
                            if *several { "" } else { r"\s" },
                            if "]^\\-".contains(c) { format!("\\{c}") } else { c.to_string() }
                        )
                    }),
                    _ if *several => r"\S+(?: \S+)*".to_owned(),
                    _ => r"\S+".to_owned(),
                };
                let _ = write!(out, "(?<{capture}>{word})");
            }
            Part::Rest { capture } => {
                let _ = write!(out, "(?<{capture}>.+)");
            }
            Part::Unit { capture } => {
                let _ = write!(out, "(?<{capture}>[a-zA-Z/\u{b5}]+)");
            }
            Part::Loose => out.push_str(r"\S+"),
        }
    }
    out.push('$');
    out
}

fn digits(form: Form) -> &'static str {
    match form {
        Form { grouped: true, .. } => "[0-9,.]+",
        Form { exponent: true, .. } => "[0-9.e+-]+",
        Form { signed: true, .. } => "[+-]?[0-9.]+",
        _ => "[0-9.]+",
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if r"\.+*?()|[]{}^$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
