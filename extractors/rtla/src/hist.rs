//! The summary below a histogram: `count:`, `min:`, `avg:` and `max:`, with a column for each processor and context.

use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Printed};

use crate::value::{Place, Quantity, latency};

/// What is known of the histogram that is being read.
#[derive(Default)]
pub(crate) struct Summary<'t> {
    printed: Option<Printed>,
    noise: bool,
    columns: Vec<Place<'t>>,
    /// The rows, which are put in when `count` has said which columns are empty.
    rows: Vec<(&'static str, Vec<&'t str>)>,
    /// Numbers stood where no header had named the columns.
    nameless: Option<&'t str>,
}

pub(crate) fn is_title(shown: &str) -> bool {
    matches!(shown, "# RTLA timerlat histogram" | "# RTLA osnoise histogram")
}

const ROWS: [&str; 5] = ["over", "count", "min", "avg", "max"];

impl<'t> Summary<'t> {
    pub(crate) fn line(&mut self, shown: &'t str, out: &mut MetricSink) -> bool {
        if is_title(shown) {
            self.noise = shown.has("osnoise");
            return true;
        }
        if let Some(rest) = shown.strip_prefix("# Time unit is ") {
            self.printed = Some(if rest.starts_with("nanoseconds") { unit::NS } else { unit::US });
            return true;
        }
        if shown.starts_with("# Duration:") {
            out.ignore(shown, "duration");
            return true;
        }
        if let Some(columns) = header(shown) {
            self.flush(out);
            self.columns = columns;
            out.ignore(shown, "numbers of the processors");
            return true;
        }
        let Some((title, values)) = shown.split_once(':') else { return false };
        let Some(row) = ROWS.iter().find(|row| **row == title) else { return false };
        let words: Vec<&str> = values.split_whitespace().collect();
        if words.is_empty() || !words.iter().all(|word| number::is_token(word) || *word == "-") {
            return false;
        }
        self.rows.push((row, words));
        true
    }

    /// Puts in the rows that were read under one header.
    fn flush(&mut self, out: &mut MetricSink) {
        let rows = std::mem::take(&mut self.rows);
        let counts = rows.iter().find(|(row, _)| *row == "count").map(|(_, words)| words.clone()).unwrap_or_default();
        for (row, words) in rows {
            for (column, token) in words.into_iter().enumerate() {
                let empty = token == "-" || counts.get(column).is_some_and(|count| *count == "0");
                match self.columns.get(column) {
                    None => {
                        out.ignore(token, "of no known processor");
                        self.nameless = self.nameless.or(Some(token));
                    }
                    Some(place) if empty && row == "max" => {
                        place.none(if self.noise { "noise.duration" } else { "timer.latency" }, token, out);
                        out.ignore(token, "placeholder");
                    }
                    Some(_) if empty && row != "count" && row != "over" => out.ignore(token, "placeholder"),
                    Some(place) => self.push(*place, row, token, out),
                }
            }
        }
    }

    fn push(&self, place: Place<'t>, row: &str, token: &str, out: &mut MetricSink) {
        // Without a header nobody says the unit; a microsecond is what is printed without --nano.
        let printed = self.printed.unwrap_or(unit::US);
        let quantity = match (row, self.noise) {
            ("count", false) => Some(Quantity::informational("timer.count", Printed::base("{cycle}"))),
            ("count", true) => Some(Quantity::lower("noise.count", Printed::base("{interruption}"))),
            ("over", _) => Some(Quantity::lower("histogram.overflow.count", Printed::base("{sample}"))),
            ("min", true) => Some(Quantity::lower("noise.duration.min", printed)),
            ("avg", true) => Some(Quantity::lower("noise.duration.mean", printed)),
            ("max", true) => Some(Quantity::lower("noise.duration.max", printed)),
            (stat, false) => latency(stat, printed),
            _ => None,
        };
        match quantity {
            Some(quantity) => place.push(quantity, token, out),
            None => out.ignore(token, "row that is not known"),
        }
    }

    /// Puts in what is left, and says what cannot be told.
    pub(crate) fn finish(mut self, out: &mut MetricSink) {
        self.flush(out);
        let Some(token) = self.nameless else { return };
        if token == "0" && self.noise {
            return Place::default().none("noise.duration", token, out);
        }
        let message = "the summary has no header that says whose its columns are: it is not read";
        out.warn(prill_core::diagnostic::code::NOT_FOUND, token, message);
    }
}

/// The columns of `Index   IRQ-000   Thr-000   CPU-001`, or of `ALL:        IRQ       Thr       Usr`.
fn header(shown: &str) -> Option<Vec<Place<'_>>> {
    let (words, all) = match shown.strip_prefix("ALL:") {
        Some(rest) => (rest, true),
        None => (shown.strip_prefix("Index").unwrap_or(shown), false),
    };
    let columns: Option<Vec<Place<'_>>> = words.split_whitespace().map(|word| column(word, all)).collect();
    columns.filter(|columns| !columns.is_empty() || all)
}

fn column(word: &str, all: bool) -> Option<Place<'_>> {
    let (kind, cpu) = if all { (word, None) } else { word.split_once('-').map(|(kind, cpu)| (kind, Some(cpu)))? };
    let context = match kind {
        "IRQ" => Some("irq"),
        "Thr" => Some("thread"),
        "Usr" => Some("user"),
        "CPU" => None,
        _ => return None,
    };
    // Processors are numbered 000, 001, 002 here, and 0, 1, 2 elsewhere.
    let cpu = match cpu {
        Some(cpu) if cpu.bytes().all(|b| b.is_ascii_digit()) && !cpu.is_empty() => {
            Some(cpu.trim_start_matches('0')).map(|short| if short.is_empty() { "0" } else { short })
        }
        Some(_) => return None,
        None => None,
    };
    Some(Place { cpu, context })
}
