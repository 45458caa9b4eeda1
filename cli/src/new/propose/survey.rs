//! What can be seen of an output as a whole.

use std::collections::BTreeSet;

use super::Mark;
use super::line::Line;
use super::row::Row;
use super::token::Kind;
use super::unit::{Sort, Unit};

/// `word: ` where at least half of the lines with numbers start with it.
pub(super) fn prefix(texts: &[&str]) -> String {
    let first = |text: &str| {
        text.split_once(": ")
            .map(|(word, _)| format!("{word}: "))
            .filter(|word| !word.contains(char::is_whitespace) || word.trim_end().split(' ').count() == 1)
    };
    let Some(word) = texts.iter().find_map(|text| first(text)) else { return String::new() };
    let with = texts.iter().filter(|text| text.starts_with(&word)).count();
    if with > 3 && with * 2 > texts.iter().filter(|text| !text.trim().is_empty()).count() { word } else { String::new() }
}

/// The kinds of units that come in several sizes. A tool that prints `2 s` once and `3 ms` elsewhere need not scale its units,
/// but for one line, or lines that are otherwise the same.
pub(super) fn scales(lines: &[Line<'_>]) -> BTreeSet<(Sort, bool)> {
    let mut seen: BTreeSet<(String, (Sort, bool), String)> = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        let all: Vec<_> = (0..line.numbers.len()).filter_map(|index| scale(line, index)).collect();
        let mut shape = line.text.to_owned();
        for number in line.numbers.iter().rev() {
            let (from, to) = number.unit_word();
            shape.replace_range(from..to, "");
            shape.replace_range(number.start..number.end, "");
        }
        let shape = shape.split_whitespace().collect::<Vec<_>>().join(" ");
        for (key, unit) in all {
            seen.insert((format!("line {at}"), key, unit.clone()));
            if unit != "s" {
                seen.insert((String::new(), key, unit.clone()));
            }
            seen.insert((format!("shape {shape}"), key, unit));
        }
    }
    let all: Vec<_> = seen.into_iter().collect();
    all.windows(2).filter(|pair| pair[0].0 == pair[1].0 && pair[0].1 == pair[1].1).map(|pair| pair[0].1).collect()
}

/// The kind of the unit of a number, and the unit as it is printed, where it could be read again from there.
pub(super) fn scale(line: &Line<'_>, index: usize) -> Option<((Sort, bool), String)> {
    let number = &line.numbers[index];
    let (from, to) = number.unit_word();
    let word = &line.text[from..to];
    let Unit::Clear(unit, sort @ (Sort::Time | Sort::Bytes | Sort::Throughput)) = &number.after.unit else { return None };
    let same = prill_core::scan::unit::spelled(word).ok() == prill_core::scan::unit::spelled(unit).ok();
    same.then(|| ((*sort, from == number.end), word.to_owned()))
}

/// The line that tells such an output from others: one that names the tool, else the wordiest heading or pattern.
pub(super) fn mark(name: &str, lines: &[Line<'_>], rows: &[Row]) -> Option<Mark> {
    let headings =
        lines.iter().take(200).filter(|line| line.has_words() && !line.tokens.iter().any(|token| token.kind == Kind::Loose));
    let of = |line: &Line<'_>| {
        let plain = || Row::open(line);
        rows.iter().find(|row| row.example == line.text).map_or_else(plain, Row::bare)
    };
    let named = headings
        .clone()
        .find(|line| line.text.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| word == name));
    if let Some(line) = named {
        return Some(Mark { row: of(line), sure: true });
    }
    let letters = |line: &&Line<'_>| line.text.chars().filter(|c| c.is_alphabetic()).count().min(40);
    let known = |line: &&Line<'_>| rows.iter().any(|row| row.example == line.text) || line.numbers.is_empty();
    let line = headings.filter(known).max_by_key(letters)?;
    (letters(&line) >= 6).then(|| Mark { row: of(line), sure: false })
}
