//! What tells rows apart that would be read as one another, and metrics that would have one name.

use std::collections::{BTreeMap, BTreeSet};

use super::line::Line;
use super::name;
use super::row::{Metric, Role, Row};
use super::unit::{self, Unit};

/// Rows that say too little, and rows of one shape that mean different things, are read below their headings only, which are
/// given back; where there is none, only the first of such rows can be read.
pub(super) fn sections(rows: &mut Vec<Row>, lines: &[Line<'_>]) -> Vec<Row> {
    let mut sections: Vec<Row> = Vec::new();
    let shapes: Vec<String> = rows.iter().map(Row::shape).collect();
    let twice = |at: usize| shapes.iter().filter(|shape| **shape == shapes[at]).count() > 1;
    for (at, row) in rows.iter_mut().enumerate() {
        let Some(heading) = row.heading.filter(|_| twice(at) || row.leans) else { continue };
        let start = Row::open(&lines[heading]);
        let known = sections.iter().position(|section| section.shape() == start.shape());
        row.section = Some(known.unwrap_or(sections.len()));
        if known.is_none() {
            sections.push(start);
        }
    }
    let sectioned: BTreeSet<String> = rows.iter().filter(|row| row.section.is_some()).map(Row::shape).collect();
    rows.retain(|row| row.section.is_some() || !sectioned.contains(&row.shape()));
    let mut seen: BTreeSet<(String, Option<usize>)> = BTreeSet::new();
    rows.retain(|row| seen.insert((row.shape(), row.section)));
    sections
}

/// Takes out rows of nothing but numbers that have the shape of lines which are no rows: those stand below another heading, which says
/// something else, and would be given this one's names and units.
pub(super) fn strangers(rows: &mut Vec<Row>, lines: &[Line<'_>]) {
    let told: BTreeSet<usize> = rows.iter().flat_map(|row| row.lines.iter().copied()).collect();
    let shapes: BTreeSet<String> =
        lines.iter().filter(|line| !told.contains(&line.at)).map(|line| Row::open(line).shape()).collect();
    rows.retain(|row| {
        let shape = row.shape();
        let bare = row.section.is_none() && shape.chars().all(|c| "{} ".contains(c));
        !bare || !shapes.contains(&shape)
    });
}

/// Rows that come again below headings which differ in one part, `Benchmark 1: sleep 1` and `Benchmark 2: sleep 2`, are
/// labelled with it. Gives the places of these headings.
pub(super) fn instances(rows: &mut [Row], sections: &mut Vec<Row>, lines: &[Line<'_>]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let rowed: BTreeSet<usize> = rows.iter().flat_map(|row| row.lines.iter().copied()).collect();
    for row in rows.iter_mut().filter(|row| row.repeated && row.section.is_none()) {
        let above = |at: &usize| (0..*at).rev().find(|above| !rowed.contains(above) && lines[*above].is_heading());
        let Some(heads) = row.lines.iter().map(above).collect::<Option<Vec<usize>>>() else { continue };
        let texts: Vec<&str> = heads.iter().map(|head| lines[*head].text).collect();
        let distinct: BTreeSet<&str> = texts.iter().copied().collect();
        let Some((prefix, suffix)) = common(&texts).filter(|_| distinct.len() == texts.len()) else { continue };
        let words = name::words(prefix);
        let key = words.last().map(|word| name::key(word)).filter(|key| !key.is_empty()).unwrap_or_else(|| "section".to_owned());
        let start = Row::around(&lines[heads[0]], prefix, suffix, &key);
        let known = sections.iter().position(|section| section.parts == start.parts);
        row.section = Some(known.unwrap_or(sections.len()));
        row.labels.push((key.clone(), format!("{{{key}}}")));
        row.repeated = false;
        if known.is_none() {
            sections.push(start);
        }
        found.extend(heads);
    }
    found
}

/// What all of the texts start and end with, up to a word; the start must say something.
fn common<'t>(texts: &[&'t str]) -> Option<(&'t str, &'t str)> {
    let first = *texts.first()?;
    let between = |c: char| !c.is_alphanumeric() && c != '.';
    let same = |text: &str| first.chars().zip(text.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    let shared = &first[..texts.iter().map(|text| same(text)).min()?];
    let prefix = &shared[..shared.char_indices().rfind(|(_, c)| between(*c)).map_or(0, |(at, c)| at + c.len_utf8())];
    let rest = &first[prefix.len()..];
    let back = |text: &str| {
        let pairs = rest.chars().rev().zip(text[prefix.len()..].chars().rev());
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>()
    };
    let tail = &rest[rest.len() - texts.iter().map(|text| back(text)).min()?..];
    let suffix = tail.find(between).map_or("", |at| &tail[at..]);
    let says = prefix.chars().filter(|c| !c.is_whitespace()).count() > 1;
    let middle = texts.iter().all(|text| text.len() > prefix.len() + suffix.len());
    (says && middle).then_some((prefix, suffix))
}

/// Tells metrics of different lines apart that have the same name and labels: by the remark or the first word of a line,
/// else by a number.
pub(super) fn names(rows: &mut [Row]) {
    let mut taken = Taken::default();
    for at in 0..rows.len() {
        for index in 0..rows[at].metrics().count() {
            let Some(owner) = taken.owner(rows, at, index, "") else {
                taken.take(rows, at, index, "", at);
                continue;
            };
            let free = |word: &String| taken.owner(rows, at, index, word).is_none();
            let mine = remark(&rows[at].example).filter(free);
            let theirs =
                remark(&rows[owner].example).filter(|word| mine.is_none() && remark(&rows[at].example).as_ref() != Some(word));
            match (mine, theirs.filter(free)) {
                (Some(word), _) => {
                    taken.take(rows, at, index, &word, at);
                    change(&mut rows[at], index, |metric| metric.name = format!("{word}.{}", metric.name));
                }
                (None, Some(word)) => {
                    taken.take(rows, at, index, &word, owner);
                    taken.take(rows, at, index, "", at);
                    let name = rows[at].metrics().nth(index).map(|metric| metric.name.clone()).unwrap_or_default();
                    let renamed = rows[owner].metrics_mut().find(|metric| metric.name == name);
                    renamed.into_iter().for_each(|metric| metric.name = format!("{word}.{name}"));
                }
                (None, None) => {
                    let number = taken.number(rows, at, index);
                    change(&mut rows[at], index, |metric| metric.labels.push(("part".to_owned(), number.to_string())));
                }
            }
        }
    }
}

/// Which row has which name with which labels.
#[derive(Default)]
struct Taken(BTreeMap<String, usize>);

impl Taken {
    /// The row whose metric would be the same as this one with `word` in front. Rows whose labels differ are apart already.
    fn owner(&self, rows: &[Row], at: usize, index: usize, word: &str) -> Option<usize> {
        let apart = |owner: usize| {
            let differ = |seen: &String| !seen.is_empty() && !rows[at].seen.contains(seen);
            owner != at && rows[owner].seen.iter().all(differ)
        };
        identities(&rows[at], index, word)
            .iter()
            .find_map(|identity| self.0.get(identity).copied().filter(|owner| !apart(*owner)))
    }

    fn take(&mut self, rows: &[Row], at: usize, index: usize, word: &str, owner: usize) {
        self.0.extend(identities(&rows[at], index, word).into_iter().map(|identity| (identity, owner)));
    }

    fn number(&mut self, rows: &[Row], at: usize, index: usize) -> usize {
        let identity = identities(&rows[at], index, "").concat();
        (2..).find(|n| self.0.insert(format!("{identity} {n}"), at).is_none()).unwrap_or(2)
    }
}

fn change(row: &mut Row, index: usize, change: impl FnOnce(&mut Metric)) {
    if let Some(metric) = row.metrics_mut().nth(index) {
        change(metric);
    }
}

/// Name and labels of a metric, with `word` in front; of a percentile all that are printed.
fn identities(row: &Row, index: usize, word: &str) -> Vec<String> {
    let name = row.metrics().nth(index).map_or("", |metric| &metric.name);
    let dot = if word.is_empty() { "" } else { "." };
    let identity = |name: &str| format!("{word}{dot}{name} {:?}", row.labels);
    let plain = |token: &String| prill_core::scan::percentile::stat(token).unwrap_or_default();
    match row.numbers().find(|number| number.role == Role::Percentile).filter(|_| name.contains('{')) {
        None => vec![identity(name)],
        Some(all) => all.tokens.iter().map(|token| identity(&name.replace("p{percentile}", &plain(token)))).collect(),
    }
}

/// What a line says of all its numbers: the words in brackets, or its first.
fn remark(line: &str) -> Option<String> {
    let inner = line.split(['[', '(']).skip(1).filter_map(|after| after.split_once([']', ')']).map(|(inner, _)| inner));
    let wordy = |inner: &&str| {
        unit::of_word(inner) == Unit::Unsaid && !inner.contains(|c: char| c.is_ascii_digit() || c == '/' || c == '=')
    };
    let first = line.split_whitespace().next().filter(|word| word.chars().all(char::is_alphabetic));
    let name = |text: &str| {
        let words: Vec<String> = name::words(text).into_iter().filter(|word| name::stat(word).is_none()).collect();
        name::slug(&words.join(" "))
    };
    inner.filter(wordy).chain(first).map(name).find(|slug| slug.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_differ_in_one_part() {
        assert_eq!(common(&["== SET ==", "== GET =="]), Some(("== ", " ==")));
        assert_eq!(common(&["run 1: a", "run 12: b"]), Some(("run ", "")));
        assert_eq!(common(&["│ µ1 │", "│ µ2 ┃"]), None, "one sign is no heading");
        assert_eq!(common(&["a", "b"]), None);
    }

    proptest::proptest! {
        #[test]
        fn what_is_common_is_common(texts in proptest::collection::vec("[ab1│µ =:]{0,9}", 1..4)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            if let Some((prefix, suffix)) = common(&texts) {
                proptest::prop_assert!(texts.iter().all(|text| text.starts_with(prefix) && text.ends_with(suffix)));
            }
        }
    }
}
