use std::fmt;

/// What every tool's output may turn out to be, so that every format has a case of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hard {
    /// Nothing was printed on any stream.
    Empty,
    /// The output ends in its middle.
    Truncated,
    /// Another tool printed it.
    WrongTool,
    /// The tool says that it failed, or ends without a number where it fails in silence.
    ToolFailed,
}

impl Hard {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Empty, Self::Truncated, Self::WrongTool, Self::ToolFailed];

    /// The word for it: the name of a case's folder, or `shows` in its `meta.json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Truncated => "truncated",
            Self::WrongTool => "wrong-tool",
            Self::ToolFailed => "tool-failed",
        }
    }

    /// How to make a case of it.
    #[must_use]
    pub fn recipe(self) -> &'static str {
        match self {
            Self::Empty => "make an empty stdout and stderr",
            Self::Truncated => "cut a recorded output in the middle of a number",
            Self::WrongTool => "take a short output of another tool, and name that tool in meta.json",
            Self::ToolFailed => "run the tool with an argument that it refuses",
        }
    }

    /// The one that the word stands for.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|hard| hard.word() == word)
    }
}

impl fmt::Display for Hard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
