use prill_core::scan::{Line, Search};

/// A line of the log: `stress-ng: metrc: [26710] cpu  791 ...`. `--log-brief` leaves out all before the message, `--timestamp`
/// puts a time of day behind the name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogLine<'t> {
    /// What stands before the message.
    pub(crate) prefix: &'t str,
    /// `info`, `metrc`, `debug`, `error`, `fail`, `warn`; nothing when the line does not say.
    pub(crate) level: Option<&'t str>,
    /// The message, with the blanks that it starts with.
    pub(crate) text: &'t str,
    /// Whether a line feed ended it.
    pub(crate) ended: bool,
}

const LEVELS: &[&str] = &["metrc", "info", "debug", "error", "fail", "warn"];

impl<'t> LogLine<'t> {
    pub(crate) fn parse(line: Line<'t>) -> Self {
        let bare = Self { prefix: "", level: None, text: line.text, ended: line.ended };
        let Some(after) = after_name(line.text) else { return bare };
        let mut rest = after;
        if let Some((word, more)) = rest.split_once(' ')
            && word.split(':').count() == 3
            && word.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b'.')
        {
            rest = more;
        }
        let level = LEVELS.iter().find_map(|level| rest.strip_prefix(level)?.strip_prefix(':').map(|more| (*level, more)));
        if let Some((_, more)) = level {
            rest = more.trim_start();
        }
        if let Some((pid, more)) = rest.strip_prefix('[').and_then(|r| r.cut("] "))
            && pid.trim().bytes().all(|b| b.is_ascii_digit())
        {
            rest = more;
        }
        let prefix = &line.text[..line.text.len() - rest.len()];
        Self { prefix, level: level.map(|(level, _)| level), text: rest, ended: line.ended }
    }

    /// Whether the line starts with the name of the program.
    pub(crate) fn is_signed(&self) -> bool {
        !self.prefix.is_empty()
    }

    /// The words of the message; the last one is left out when the end of the text may have cut it.
    pub(crate) fn words(&self) -> Vec<&'t str> {
        let mut words: Vec<&str> = self.text.split_whitespace().collect();
        if !self.ended && self.text.ends_with(|c: char| c.is_ascii_digit() || c == '.') {
            words.pop();
        }
        words
    }
}

fn after_name(text: &str) -> Option<&str> {
    let (name, after) = text.cut(": ")?;
    (name == "stress-ng" || name.ends_with("/stress-ng")).then_some(after)
}

/// Whether a word is meant to be a number: `370,04` and `-nan` too.
pub(crate) fn is_numeric(word: &str) -> bool {
    let word = word.trim_start_matches(['-', '+']);
    word.starts_with(|c: char| c.is_ascii_digit()) || word.starts_with("nan") || word.starts_with("inf")
}
