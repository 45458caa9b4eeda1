//! Rows of values with commas between, below a row of headings.

use prill_core::scan::number;

use super::kind;
use super::line::{Key, unit_in};
use super::name;
use super::row::{Form, Number, Part, Row};

/// The cells of a line; none when it is no such row.
fn cells(line: &str) -> Option<Vec<(&str, bool)>> {
    let cells: Vec<(&str, bool)> = line
        .split(',')
        .map(|cell| cell.strip_prefix('"').and_then(|c| c.strip_suffix('"')).map_or((cell, false), |inner| (inner, true)))
        .collect();
    let plain = |(cell, _): &(&str, bool)| !cell.contains(['"', '\t']) && cell.trim() == *cell;
    (cells.len() > 2 && cells.iter().all(plain)).then_some(cells)
}

/// The rows below the headings in `lines[head]`, as one pattern, and how many lines that are.
pub(super) fn rows(lines: &[&str], head: usize) -> Option<(Row, usize)> {
    let headings = cells(lines[head])?;
    let wordy = |(cell, _): &(&str, bool)| cell.chars().any(char::is_alphabetic) && !number::is_token(cell);
    if !headings.iter().all(wordy) {
        return None;
    }
    let mut whole: Option<Row> = None;
    let mut count = 0;
    for (at, line) in lines.iter().enumerate().skip(head + 1) {
        let Some(cells) = cells(line).filter(|cells| cells.len() == headings.len()) else { break };
        let row = row(at, line, &headings, &cells);
        match &mut whole {
            Some(whole) if whole.shape() == row.shape() => whole.merge(row),
            Some(_) => break,
            None => whole = Some(row),
        }
        count += 1;
    }
    let whole = whole.filter(|row| row.metrics().next().is_some())?;
    Some((whole, count))
}

fn row(at: usize, line: &str, headings: &[(&str, bool)], cells: &[(&str, bool)]) -> Row {
    let mut row = Row::empty(at, line);
    let mut text = String::new();
    let mut taken = Vec::new();
    for ((heading, _), (cell, quoted)) in headings.iter().zip(cells) {
        if !row.parts.is_empty() || !text.is_empty() {
            text.push(',');
        }
        if *quoted {
            text.push('"');
        }
        let (key, unit) = unit_in(heading);
        let mut slug = name::slug(heading);
        if taken.contains(&slug) || slug.is_empty() {
            slug = format!("column{}", taken.len() + 1);
        }
        let part = if number::is_token(cell) {
            let role = kind::role(&Key { text: key.to_owned(), unit }, "value", false);
            Some(Part::Number(Number { capture: slug.clone(), role, form: Form::of(cell), tokens: vec![(*cell).to_owned()] }))
        } else if row.labels.is_empty() && !cell.is_empty() {
            row.labels.push((slug.clone(), format!("{{{slug}}}")));
            row.seen.push((*cell).to_owned());
            Some(Part::Label { capture: slug.clone(), several: true })
        } else {
            text.push_str(cell);
            None
        };
        taken.push(slug);
        if let Some(part) = part {
            if !text.is_empty() {
                row.parts.push(Part::Text(std::mem::take(&mut text)));
            }
            row.parts.push(part);
        }
        if *quoted {
            text.push('"');
        }
    }
    if !text.is_empty() {
        row.parts.push(Part::Text(text));
    }
    if row.seen.is_empty() {
        row.seen.push(String::new());
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_by_their_headings() {
        let lines = ["\"test\",\"rps\",\"avg_latency_ms\"", "\"SET\",\"58139.53\",\"0.544\"", "\"GET\",\"5.5\",\"0.5\"", ""];
        let (row, count) = rows(&lines, 0).unwrap();
        assert_eq!(count, 2);
        let named: Vec<_> = row.metrics().map(|m| (m.name.as_str(), m.polarity)).collect();
        assert_eq!(named, [("request.rate", "higher"), ("latency.mean", "lower")]);
        assert_eq!(
            super::super::toml::pattern(&row),
            "^\"(?<test>[^\"]+)\",\"(?<request_rate>[0-9.]+)\",\"(?<avg_latency_ms>[0-9.]+)\"$"
        );
    }
}
