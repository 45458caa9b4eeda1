//! The summary, of `TextResultFormat.java`.

use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::number;

use crate::put::{Part, Place};

/// The head of the table: `Benchmark  (size)  Mode  Cnt  Score   Error  Units`.
#[derive(Debug)]
pub(crate) struct Head<'t> {
    parameters: Vec<&'t str>,
}

const MODES: [&str; 4] = ["thrpt", "avgt", "sample", "ss"];

impl<'t> Head<'t> {
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let mut words = line.split_whitespace().peekable();
        if words.next() != Some("Benchmark") {
            return None;
        }
        let mut parameters = Vec::new();
        while let Some(name) = words.peek().and_then(|word| word.strip_prefix('(')?.strip_suffix(')')) {
            parameters.push(name);
            words.next();
        }
        let rest: Vec<&str> = words.collect();
        // Until 1.5 the samples were not called `Cnt`; before 1.0 there was `Mean` and `Mean error`.
        let known =
            rest.first() == Some(&"Mode") && rest.last() == Some(&"Units") && (rest.contains(&"Score") || rest.contains(&"Mean"));
        known.then_some(Self { parameters })
    }

    /// Reads a row; false when the line is none.
    pub(crate) fn row(&self, line: &'t str, source: Option<&'static str>, out: &mut MetricSink) -> bool {
        let Some(row) = Row::parse(line) else { return false };
        let mut words = row.before.split_whitespace();
        let Some(name) = words.next() else { return false };
        let values: Vec<&str> = words.collect();
        let pairs = if values.len() == self.parameters.len() {
            let pairs = self.parameters.iter().zip(&values).filter(|(_, value)| **value != "N/A");
            pairs.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(", ")
        } else {
            values.join(" ")
        };
        let (benchmark, label) = name.split_once(':').map_or((name, None), |(name, label)| (name, Some(label)));
        let parameters = (!pairs.is_empty()).then_some(pairs.as_str());
        let samples = row.count.and_then(|count| count.parse().ok());
        let place = Place { benchmark, label, parameters, source, samples, ..Place::default() };
        if let Some(count) = row.count.filter(|_| label.is_none()) {
            place.count(count, out);
        }
        match row.score {
            Score::Number(token) => place.put(Part::Score, token, row.unit, out),
            Score::Power(token) => {
                out.note(code::BELOW_RESOLUTION, token, format!("the score of {name} is told by its power of ten alone"));
            }
        }
        if let Some(error) = row.error {
            place.put(Part::Margin, error, row.unit, out);
        }
        true
    }
}

/// A row, but for what stands before the mode.
#[derive(Debug)]
struct Row<'t> {
    before: &'t str,
    count: Option<&'t str>,
    score: Score<'t>,
    error: Option<&'t str>,
    unit: &'t str,
}

#[derive(Debug)]
enum Score<'t> {
    Number(&'t str),
    /// `≈ 10⁻⁵`: less than the last decimal.
    Power(&'t str),
}

impl<'t> Row<'t> {
    fn parse(line: &'t str) -> Option<Self> {
        let (before, after) = MODES.iter().filter_map(|mode| split_word(line, mode)).max_by_key(|(before, _)| before.len())?;
        let words: Vec<&str> = after.split_whitespace().collect();
        let (unit, words) = words.split_last()?;
        let (error, words) = match words {
            [rest @ .., sign, error] if *sign == "\u{b1}" => (Some(*error), rest),
            // A terminal without the sign.
            [rest @ .., sign, error] if ["?", "+-"].contains(sign) => (Some(*error), rest),
            // Before 1.0 there was no sign, and always a count.
            [count, score, error] if number::is_token(score) && number::is_token(error) && is_count(count) => {
                (Some(*error), &words[..2])
            }
            _ => (None, words),
        };
        let (score, words) = match words {
            [rest @ .., sign, "0"] if *sign == "\u{2248}" || *sign == "?" => (Score::Number(words.last()?), rest),
            [rest @ .., sign, power] if *sign == "\u{2248}" => (Score::Power(power), rest),
            [rest @ .., score] => (Score::Number(score), rest),
            [] => return None,
        };
        let count = match words {
            [] => None,
            [count] if is_count(count) => Some(*count),
            _ => return None,
        };
        let is_number = match score {
            Score::Number(token) => token.starts_with(|c: char| c.is_ascii_digit() || "-N\u{221e}".contains(c)),
            Score::Power(_) => true,
        };
        is_number.then_some(Self { before, count, score, error, unit })
    }
}

fn is_count(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// What stands before and after the last `word` of `line` that stands alone.
fn split_word<'t>(line: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let found = line.rmatch_indices(word).find(|(at, _)| {
        let alone = |c: Option<char>| c.is_some_and(char::is_whitespace);
        alone(line[..*at].chars().next_back()) && alone(line[at + word.len()..].chars().next())
    });
    found.map(|(at, _)| (&line[..at], &line[at + word.len()..]))
}
