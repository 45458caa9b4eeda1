//! `-rf csv` and `scsv`, of `XSVResultFormat.java`.

use prill_core::{MetricSink, Span, Text};

use crate::put::{Part, Place};

/// The columns.
#[derive(Debug)]
pub(crate) struct Head<'t> {
    separator: char,
    parameters: Vec<&'t str>,
}

/// What became of a text that was searched for a table.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) known: bool,
    pub(crate) cut: bool,
}

const COLUMNS: [&str; 7] = ["Benchmark", "Mode", "Threads", "Samples", "Score", "Score Error (99.9%)", "Unit"];

impl<'t> Head<'t> {
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let separator = line.strip_prefix("\"Benchmark\"")?.chars().next()?;
        let names: Vec<&str> = line.split(separator).map(|name| name.trim_matches('"')).collect();
        // The per cent are printed as the locale has it.
        let known = names.len() >= 7 && names.iter().zip(COLUMNS).all(|(name, column)| *name == column || column.contains('('));
        let parameters = names.into_iter().skip(7).map(|name| name.strip_prefix("Param: ").unwrap_or(name));
        known.then(|| Self { separator, parameters: parameters.collect() })
    }

    fn row(&self, line: &'t str, out: &mut MetricSink) -> bool {
        let cells = cells(line, self.separator);
        let [name, _, _, samples, score, error, unit, values @ ..] = &cells[..] else { return false };
        if values.len() != self.parameters.len() || !line.starts_with('"') {
            return false;
        }
        let pairs = self.parameters.iter().zip(values).filter(|(_, value)| !value.is_empty());
        let pairs = pairs.map(|(key, value)| format!("{key}={}", value.replace("\"\"", "\""))).collect::<Vec<_>>().join(", ");
        let (benchmark, label) = name.split_once(':').map_or((*name, None), |(name, label)| (name, Some(label)));
        let parameters = (!pairs.is_empty()).then_some(pairs.as_str());
        let place = Place { benchmark, label, parameters, samples: samples.parse().ok(), ..Place::default() };
        if label.is_none() {
            place.count(samples, out);
        }
        place.put(Part::Score, score, unit, out);
        place.put(Part::Margin, error, unit, out);
        true
    }
}

pub(crate) fn read(text: &Text<'_>, report: Option<Span>, out: &mut MetricSink) -> Outcome {
    let mut outcome = Outcome::default();
    let mut head = None;
    for line in text.lines().filter(|_| report.is_none()) {
        let found = Head::parse(line.trimmed());
        if found.is_some() {
            outcome.known = true;
            head = found;
        } else if let Some(columns) = &head {
            if !line.ended && !line.text.is_empty() {
                outcome.cut = true;
            } else if !columns.row(line.trimmed(), out) {
                head = None;
            }
        }
    }
    outcome
}

/// The cells of a row, without quotes around them; one may hold the separator then.
fn cells(line: &str, separator: char) -> Vec<&str> {
    let (mut cells, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in line.char_indices().chain([(line.len(), separator)]) {
        if c == '"' {
            quoted = !quoted;
        } else if c == separator && (!quoted || at == line.len()) {
            let cell = &line[start..at];
            let inner = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
            cells.push(inner.unwrap_or(cell));
            start = at + c.len_utf8();
        }
    }
    cells
}
