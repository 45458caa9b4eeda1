//! What is said once, however often it happens.

use prill_core::MetricSink;
use prill_core::diagnostic::code;

/// What was said already.
#[derive(Debug, Default)]
pub(crate) struct Said {
    absent: bool,
    comma: bool,
    unknown: Vec<String>,
    broken: usize,
}

/// How many rows that cannot be read are shown.
const SHOWN: usize = 16;

impl Said {
    /// `word` stands for a number that was not measured.
    #[cold]
    pub(crate) fn absent(&mut self, word: &str, out: &mut MetricSink) {
        if !std::mem::replace(&mut self.absent, true) {
            out.note(
                code::NO_SAMPLES,
                word,
                format!("`{word}` stands where nothing was measured: no metric here, and in other rows"),
            );
        }
        out.ignore(word, "nothing was measured");
    }

    /// A column that nobody knows.
    #[cold]
    pub(crate) fn unknown(&mut self, column: &str, word: &str, out: &mut MetricSink) {
        out.ignore(word, "a column that nobody knows");
        if self.unknown.iter().all(|known| known != column) && self.unknown.len() < SHOWN {
            out.warn(code::UNKNOWN_UNIT, word, format!("nobody knows what the column `{column}` measures: it is left out"));
            self.unknown.push(column.to_owned());
        }
    }

    /// The numbers of `row` have decimal commas.
    #[cold]
    pub(crate) fn comma(&mut self, row: &str, out: &mut MetricSink) {
        if !std::mem::replace(&mut self.comma, true) {
            let message = "the numbers have decimal commas, which are not read: run the tool with LC_ALL=C";
            out.warn(code::NOT_A_NUMBER, row, message);
        }
        out.ignore(row, "decimal commas");
    }

    /// A row that does not fit its table.
    #[cold]
    pub(crate) fn broken(&mut self, row: &str, out: &mut MetricSink) {
        self.broken += 1;
        match self.broken {
            ..=SHOWN => out.warn(code::MALFORMED, row, "a line that is no row of the table above it"),
            n if n == SHOWN + 1 => out.warn(code::MALFORMED, row, "more lines that are no rows, from here on"),
            _ => {}
        }
    }
}
