//! `AES-128-GCM      44125.60k   172611.29k ...` below `type             16 bytes     64 bytes ...`

use prill_core::diagnostic::code;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Printed};

/// The sizes of the blocks that are being processed.
#[derive(Default)]
pub(crate) struct Table<'t> {
    pub(crate) sizes: Vec<&'t str>,
}

pub(crate) fn is_title(shown: &str) -> bool {
    shown == "The 'numbers' are in 1000s of bytes per second processed."
}

impl<'t> Table<'t> {
    /// The lines above the rows.
    pub(crate) fn header(&mut self, shown: &'t str, out: &mut MetricSink) -> bool {
        if is_title(shown) {
            out.ignore(shown, "unit");
            return true;
        }
        let Some(rest) = shown.strip_prefix("type ") else { return false };
        let words: Vec<&str> = rest.split_whitespace().collect();
        if words.is_empty() || !words.chunks(2).all(|pair| matches!(pair, [size, "bytes"] if is_size(size))) {
            return false;
        }
        self.sizes = words.into_iter().step_by(2).collect();
        out.ignore(shown, "sizes of the blocks");
        true
    }

    /// A row: thousands of bytes a second where there is a `k`, else bytes.
    pub(crate) fn row(&self, shown: &'t str, out: &mut MetricSink) -> bool {
        let words: Vec<&str> = shown.split_whitespace().collect();
        let name = words.len().saturating_sub(self.sizes.len());
        name > 0 && self.cells(shown, &words, name, out)
    }

    /// The cells of a row that the end of the text cut: as many as there are.
    pub(crate) fn begun(&self, shown: &'t str, out: &mut MetricSink) -> bool {
        let words: Vec<&str> = shown.split_whitespace().collect();
        let cells = words.iter().rev().take_while(|word| number::is_token(speed(word).0)).count();
        let name = words.len() - cells;
        cells > 0 && cells < self.sizes.len() && name > 0 && self.cells(shown, &words, name, out)
    }

    /// Puts in the cells from the word `name` on.
    fn cells(&self, shown: &'t str, words: &[&'t str], name: usize, out: &mut MetricSink) -> bool {
        let tokens: Vec<(&str, Printed)> = words[name..].iter().map(|word| speed(word)).collect();
        if self.sizes.is_empty() || tokens.iter().any(|(token, _)| !number::is_token(token)) {
            return false;
        }
        // The name may have blanks: `des ede3`.
        let last = words[name - 1];
        let algorithm = &shown[..last.as_ptr().addr() - shown.as_ptr().addr() + last.len()];
        if algorithm.bytes().any(|b| b.is_ascii_digit()) {
            out.ignore(algorithm, "name of the algorithm");
        }
        for (size, (token, printed)) in self.sizes.iter().zip(tokens) {
            push(algorithm, size, token, printed, out);
        }
        true
    }
}

/// Puts in a throughput; a zero says that the algorithm did nothing.
pub(crate) fn push(algorithm: &str, size: &str, token: &str, printed: Printed, out: &mut MetricSink) {
    if number::value(token, printed.scale).is_none_or(|value| value <= 0.0) {
        let message = format!("throughput of {algorithm} with blocks of {size} bytes has no value: nothing was processed");
        out.warn(code::NO_SAMPLES, token, message);
        return out.ignore(token, "placeholder");
    }
    out.metric("throughput").label("algorithm", algorithm).label("block_size", size).unit(printed).higher().push(token);
}

fn speed(word: &str) -> (&str, Printed) {
    word.strip_suffix('k').map_or((word, unit::BYTE_PER_S), |token| (token, unit::KB_PER_S))
}

pub(crate) fn is_size(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}
