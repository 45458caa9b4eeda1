//! What a record is of.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// What a record is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The name of the run folder that it was written into: all records of one `cargo test`, nextest or `prill run`.
    pub run: String,
    /// The package of the test.
    #[serde(default)]
    pub package: Option<String>,
    /// The program: a test binary as nextest calls it, such as `prill::it`, or `prill`.
    pub binary: String,
    /// The test, with its module; none for a `prill run`.
    #[serde(default)]
    pub test: Option<String>,
    /// Which try of the test it is, from 1: nextest repeats what failed.
    #[serde(default = "first")]
    pub attempt: u32,
    /// What is varied from one record of the test to the next.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
}

/// The source that was measured, as far as git knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The commit that is checked out.
    #[serde(default)]
    pub commit: Option<String>,
    /// Whether tracked files differ from it; none where nobody could say in time.
    #[serde(default)]
    pub dirty: Option<bool>,
}

fn first() -> u32 {
    1
}

impl Identity {
    /// Of the test `path` (its crate and modules first, as `module_path!` has it) of `package`, as this process runs it: nextest
    /// says which binary and which attempt it is (nexte.st/docs/configuration/env-vars).
    #[must_use]
    pub fn of_test(package: Option<&str>, path: &str) -> Self {
        let says = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let test = path.split_once("::").map_or(path, |(_, test)| test);
        Self {
            package: package.map(str::to_owned),
            binary: says("NEXTEST_BINARY_ID").unwrap_or_else(|| binary(package, &env::current_exe().unwrap_or_default())),
            test: Some(test.to_owned()),
            attempt: says("NEXTEST_ATTEMPT").and_then(|attempt| attempt.parse().ok()).unwrap_or(1),
            ..Self::default()
        }
    }

    /// Of something that `prill` itself runs.
    #[must_use]
    pub fn of_command() -> Self {
        Self { binary: "prill".to_owned(), attempt: 1, ..Self::default() }
    }
}

/// What nextest would call a test binary: its package, and the name of the target where that is another one. Cargo puts a hash
/// behind the name of the file.
fn binary(package: Option<&str>, program: &Path) -> String {
    let file = program.file_name().unwrap_or_default().to_string_lossy();
    let target = match file.rsplit_once('-') {
        Some((target, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => target,
        _ => &file,
    };
    match package {
        Some(package) if package.replace('-', "_") == target => package.to_owned(),
        Some(package) => format!("{package}::{target}"),
        None => target.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binaries_are_called_as_nextest_calls_them() {
        for (package, program, id) in [
            (Some("prill"), "/t/deps/it-0123456789abcdef", "prill::it"),
            (Some("prill-core"), "/t/deps/prill_core-0123456789abcdef", "prill-core"),
            (None, "/t/deps/my-bench", "my-bench"),
        ] {
            assert_eq!(binary(package, Path::new(program)), id);
        }
    }
}
