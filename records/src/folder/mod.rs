//! Where records are: run folders, and the names in them.
//!
//! - [`root`]: the folder that holds the run folders
//! - [`RunFolder`]: that of one `cargo test`, nextest or `prill run`, which all its processes agree on
//! - [`Claim`]: a name in it that nobody else has
//!
//! ```text
//! target/prill/                               the root
//!     .runs/cargo-4242-991                    who started it -> the name of its run folder
//!     .live/4243-1.ring                       results of a process that has not closed its record yet
//!     2026-11-29T07-40-12Z-4242/              a run folder
//!         run.json                            the host and the source, once for all
//!         prill.it/                           a test binary
//!             wakeups_stay_short.prill.json   the record of a test
//!             wakeups_stay_short.raw/         its raw output
//! ```

mod claim;
mod place;
mod run;

use std::fs;
use std::path::{Path, PathBuf};

pub use claim::Claim;
pub use place::root;
pub use run::{Facts, RunFolder};

/// What the name of a record ends in.
pub const RECORD: &str = ".prill.json";

/// The folder of the rings that are being written, below the root.
pub(crate) const LIVE: &str = ".live";

/// The folders of rings in `root`: that of the run folders in it, and those of run folders that were named by hand, which have
/// their rings in themselves.
#[must_use]
pub fn lives(root: &Path) -> Vec<PathBuf> {
    let runs = fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path());
    [root.to_owned()].into_iter().chain(runs).map(|folder| folder.join(LIVE)).filter(|live| live.is_dir()).collect()
}

/// The folder of the names that processes agreed on, below the root.
const AGREED: &str = ".runs";

/// The host and the source, in a run folder.
const FACTS: &str = "run.json";

/// A name that is one component of a path, and readable: `a::b` becomes `a.b`.
pub(crate) fn file_name(name: &str) -> String {
    /// With what is put behind it, a name stays within the 255 bytes of Linux's file systems.
    const LONGEST: usize = 180;
    let plain = |c: char| if c.is_alphanumeric() || "_-.+@=,".contains(c) { c } else { '_' };
    let mut text: String = name.replace("::", ".").chars().map(plain).collect();
    while text.len() > LONGEST {
        text.pop();
    }
    if text.starts_with('.') || text.is_empty() {
        text.insert(0, '_');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_readable_and_one_component() {
        for (name, file) in [
            ("formats::damage::cut", "formats.damage.cut"),
            ("a/../b", "a_.._b"),
            ("..", "_.."),
            ("", "_"),
            ("case 1: \"x\"", "case_1___x_"),
            ("größe", "größe"),
        ] {
            assert_eq!(file_name(name), file);
        }
        assert!(file_name(&"ä".repeat(300)).len() <= 180);
    }
}
