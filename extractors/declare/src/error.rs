use std::fmt::Write as _;
use std::ops::Range;

/// What is wrong with the description of a format, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("read the format at {origin}:{line}:{column}: {cause}\n{excerpt}  = {remedy}")]
pub struct DeclareError {
    /// The file, or whatever the text was said to come from.
    pub origin: String,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub cause: String,
    /// What to do about it.
    pub remedy: String,
    excerpt: String,
}

/// A text, and where it came from: what errors point into.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'t> {
    pub(crate) origin: &'t str,
    pub(crate) text: &'t str,
}

/// Of a longer line only this much around the place is shown.
const SHOWN: usize = 100;

impl Source<'_> {
    pub(crate) fn error(&self, span: Range<usize>, cause: impl Into<String>, remedy: impl Into<String>) -> DeclareError {
        let start = floor(self.text, span.start);
        let from = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let to = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let line = self.text[..from].matches('\n').count() + 1;
        let column = self.text[from..start].chars().count() + 1;
        let width = self.text[start..floor(self.text, span.end.clamp(start, to))].chars().count();
        let excerpt = excerpt(self.text[from..to].trim_end_matches('\r'), line, column, width);
        DeclareError { origin: self.origin.to_owned(), line, column, cause: cause.into(), remedy: remedy.into(), excerpt }
    }
}

/// The line with carets under the place.
fn excerpt(shown: &str, line: usize, column: usize, width: usize) -> String {
    let skip = (column - 1).saturating_sub(SHOWN / 2);
    let part: String = shown.chars().skip(skip).take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let number = line.to_string();
    let (margin, before) = (" ".repeat(number.len()), " ".repeat(column - 1 - skip));
    let carets = "^".repeat(width.clamp(1, SHOWN / 2));
    let mut out = String::new();
    let _ = write!(out, "{margin} |\n{number} | {part}\n{margin} | {before}{carets}\n");
    out
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_points_at_its_place() {
        let source = Source { origin: "x.toml", text: "name = \"a\"\nunit = \"KB\"\n" };
        assert_eq!(
            source.error(18..22, "no such unit", "write kB").to_string(),
            "read the format at x.toml:2:8: no such unit\n  |\n2 | unit = \"KB\"\n  |        ^^^^\n  = write kB"
        );
    }

    #[test]
    fn any_place_of_any_text_can_be_shown() {
        let text = format!("\u{b5}\u{b5}\r\n\t{}\n", "\u{b5}".repeat(300));
        for start in 0..text.len() + 3 {
            for len in [0, 1, 500] {
                let error = Source { origin: "", text: &text }.error(start..start + len, "c", "r");
                assert!(error.to_string().lines().all(|l| l.chars().count() < 2 * SHOWN), "{error}");
            }
        }
    }
}
