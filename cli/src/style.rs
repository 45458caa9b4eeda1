//! Colours, or none.

use anstyle::{AnsiColor, Style};
use prill_core::Severity;

/// The styles of one stream; all of them empty where it has no colour.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Palette {
    /// What was extracted.
    pub(crate) mark: Style,
    /// Headings, and what matters most of a line.
    pub(crate) strong: Style,
    /// What matters least.
    pub(crate) dim: Style,
    /// Passed.
    pub(crate) good: Style,
    /// Failed, errors.
    pub(crate) bad: Style,
    /// Inconclusive, warnings.
    pub(crate) doubt: Style,
    /// Notes.
    pub(crate) note: Style,
}

impl Palette {
    pub(crate) fn new(colour: bool) -> Self {
        if !colour {
            return Self::default();
        }
        Self {
            mark: AnsiColor::Cyan.on_default().bold(),
            strong: Style::new().bold(),
            dim: Style::new().dimmed(),
            good: AnsiColor::Green.on_default().bold(),
            bad: AnsiColor::Red.on_default().bold(),
            doubt: AnsiColor::Yellow.on_default().bold(),
            note: AnsiColor::Blue.on_default().bold(),
        }
    }

    /// Of `passed` and the other words for a verdict.
    pub(crate) fn verdict(&self, word: &str) -> Style {
        match word {
            "passed" => self.good,
            "failed" => self.bad,
            "inconclusive" => self.doubt,
            _ => self.note,
        }
    }

    pub(crate) fn severity(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.bad,
            Severity::Warning => self.doubt,
            Severity::Note => self.note,
        }
    }
}
