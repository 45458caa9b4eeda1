//! Rows of numbers below a line of headings.

use super::kind;
use super::line::{Key, Line, unit_in};
use super::name;
use super::row::{Label, Role, Row};
use super::unit::{Sort, Unit};

/// The headings of a table, and the rows below them.
pub(super) struct Table {
    columns: Vec<String>,
    /// The heading of the labels.
    title: Option<String>,
    pub(super) rows: Vec<usize>,
}

/// Quantities that a row may be named after.
const QUANTITIES: &[&str] = &["latency", "time", "rate", "throughput", "bandwidth", "iops", "delay", "request"];

impl Table {
    /// The table whose headings are the line `head`.
    pub(super) fn at(lines: &[Line<'_>], head: usize) -> Option<Self> {
        let header = &lines[head];
        if !header.numbers.is_empty()
            || !header.has_words()
            || header.text.trim_end().ends_with([':', '.'])
            || header.text.contains(": ")
            || header.text.contains('=')
        {
            return None;
        }
        let blank = |line: &Line<'_>| !line.text.contains(char::is_alphanumeric);
        let ruled = |line: &Line<'_>| line.numbers.is_empty() && line.text.contains(['|', '\u{2502}']);
        let first = (head + 1..lines.len().min(head + 3)).find(|at| !blank(&lines[*at]) && !ruled(&lines[*at]))?;
        [split(header.text, true), split(header.text, false)].into_iter().find_map(|cells| {
            let count = lines[first].numbers.len();
            let (title, columns) = titled(cells, count, &lines[first])?;
            let is_row = |at: &usize| fits(&lines[*at], columns.len(), title.is_some());
            let rows =
                (first..lines.len()).take_while(|at| is_row(at) || lines[*at].text.contains('\u{2502}') || ruled(&lines[*at]));
            let rows: Vec<usize> = rows.filter(is_row).collect();
            // Labels of several columns: which heading is whose is not known, and nor is what the numbers are.
            let torn = rows.iter().any(|at| has_gap(&lines[*at], columns.len()));
            (!rows.is_empty() && columns.len() > 1 && !torn).then_some(Self { columns, title, rows })
        })
    }

    /// The rows as patterns. `context` is the heading above the table, which may say what is measured, and in which unit.
    pub(super) fn rows(&self, lines: &[Line<'_>], context: &str, scaled: &impl Fn(&Line<'_>, usize) -> bool) -> Vec<Row> {
        let labels: Vec<Option<Label>> = self.rows.iter().map(|at| self.label(&lines[*at])).collect();
        let named =
            self.rows.iter().zip(&labels).any(|(at, label)| label.as_ref().is_some_and(|l| names_a_quantity(&lines[*at], l)));
        let row = |(at, label): (&usize, &Option<Label>)| {
            let line = &lines[*at];
            let text = label.as_ref().map_or("", |label| &line.text[label.start..label.end]);
            let first = line.numbers.len() - self.columns.len();
            let roles = (0..line.numbers.len()).map(|index| match index.checked_sub(first) {
                Some(column) => self.role(line, index, column, if named { text } else { "" }, context, scaled(line, index)),
                None => Role::Open(String::new()),
            });
            Row::new(line, roles.collect(), label.as_ref().filter(|_| !named))
        };
        self.rows.iter().zip(&labels).map(row).collect()
    }

    fn role(&self, line: &Line<'_>, index: usize, column: usize, row: &str, context: &str, scaled: bool) -> Role {
        let printed = line.numbers[index].after.unit.clone();
        let (heading, of_column) = unit_in(&self.columns[column]);
        let (about, of_context) = unit_in(context);
        let (row, of_row) = unit_in(row);
        let named = name::of(heading, None);
        let alone = named.is_stat_alone() || heading.contains("+/-");
        // A statistic is in the unit of the table; what a column counts is not.
        let shares = named.is_stat_alone() && named.stat.as_deref() != Some("count");
        let near = if shares { [of_row, of_context] } else { [Unit::Unsaid, Unit::Unsaid] };
        let unit = [printed, of_column].into_iter().chain(near).find(|unit| *unit != Unit::Unsaid).unwrap_or_default();
        let text = match (row.is_empty(), alone) {
            (false, true) => format!("{row} {heading}"),
            (false, false) => format!("{heading} {row}"),
            (true, true) => format!("{about} {heading}"),
            (true, false) => heading.to_owned(),
        };
        let fallback = if unit.sort() == Some(Sort::Time) { "time" } else { "value" };
        kind::role(&Key { text, unit }, fallback, scaled)
    }

    /// The text before the numbers of a row.
    fn label(&self, line: &Line<'_>) -> Option<Label> {
        let first = line.numbers.len() - self.columns.len();
        let until = line.numbers[first].start;
        let text = line.text[..until].trim_end();
        let start = text.find(char::is_alphanumeric)?;
        let end = start + text[start..].trim_end_matches([':', '=', ',', ' ', '|', '\u{2502}', '\t']).len();
        let key = self.title.as_deref().map(name::key).filter(|key| !key.is_empty()).unwrap_or_else(|| "row".to_owned());
        Some(Label { start, end, key })
    }
}

/// The headings, and that of the labels when there is one more heading than numbers.
fn titled(cells: Vec<String>, count: usize, row: &Line<'_>) -> Option<(Option<String>, Vec<String>)> {
    let labelled = row.text[..row.numbers.first()?.start].contains(char::is_alphabetic);
    let known = |cell: &String| name::of(cell, None).stat.is_some();
    if cells.len() == count + 1 && labelled
        || cells.len() == count && count > 1 && !labelled && !known(&cells[0]) && cells[1..].iter().any(known)
    {
        let mut cells = cells.into_iter();
        return Some((cells.next(), cells.collect()));
    }
    (cells.len() == count).then_some((None, cells))
}

/// Whether the line is a row: so many numbers, each on its own, a label before them where one is expected.
fn fits(line: &Line<'_>, columns: usize, labelled: bool) -> bool {
    let count = line.numbers.len();
    if count == 0 {
        return false;
    }
    if line.left(0).trim().is_empty() && line.text[line.numbers[0].end.min(line.text.len())..].starts_with('%') {
        // A percentile and its value.
        return false;
    }
    if count != columns && count != columns + 1 || count == columns + 1 && !labelled {
        return false;
    }
    let first = count - columns;
    let apart = |index: usize| line.right(index).trim_matches([' ', '\t', '|', '\u{2502}']).is_empty();
    let spaced = (first..count).all(apart);
    let label = line.text[..line.numbers[first].start].contains(char::is_alphanumeric);
    spaced && (label || !labelled)
}

/// Whether what stands before the numbers of a row is more than one text.
fn has_gap(line: &Line<'_>, columns: usize) -> bool {
    let until = line.numbers[line.numbers.len() - columns].start;
    line.text[..until].trim().contains("  ")
}

fn names_a_quantity(line: &Line<'_>, label: &Label) -> bool {
    let words = name::words(&line.text[label.start..label.end]);
    words.iter().any(|word| QUANTITIES.contains(&word.as_str()))
}

/// The cells of a line of headings, by wide gaps or by any. `mean[+/-sd]` is two.
fn split(text: &str, wide: bool) -> Vec<String> {
    let text = text.replace("[+/-sd]", if wide { "  sd" } else { " sd" }).replace(['|', '\u{2502}', '\t'], "  ");
    let cells: Vec<String> = if wide {
        text.split("  ").map(|cell| cell.trim().to_owned()).collect()
    } else {
        text.split_whitespace().map(str::to_owned).collect()
    };
    cells.into_iter().filter(|cell| cell.chars().any(|c| c.is_alphanumeric() || c == '%')).collect()
}
