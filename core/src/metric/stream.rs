use std::fmt;
use std::sync::Arc;

/// Where text came from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// The standard output.
    Stdout,
    /// The standard error output.
    Stderr,
    /// A file that the payload wrote; with a name where there are several.
    File(Option<Arc<str>>),
}

impl fmt::Display for Stream {
    /// `stdout`, `stderr`, `file` or `file:NAME`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdout => f.write_str("stdout"),
            Self::Stderr => f.write_str("stderr"),
            Self::File(None) => f.write_str("file"),
            Self::File(Some(name)) => write!(f, "file:{name}"),
        }
    }
}
