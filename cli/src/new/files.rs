//! The files of a new crate, and where they go.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use prill_core::OutputFormat;

/// Where the crate of a new format goes.
#[derive(Clone, Debug)]
pub enum Home {
    /// A folder of its own, which must not exist.
    Own {
        /// The folder.
        dir: PathBuf,
        /// The sources of prill to build it with; without it the published crates of this version.
        prill: Option<PathBuf>,
    },
    /// prill's own tree: `extractors/NAME` below the root.
    Tree {
        /// The root.
        root: PathBuf,
    },
}

impl Home {
    /// The folder of the crate.
    pub(super) fn dir(&self, name: &str) -> PathBuf {
        match self {
            Self::Own { dir, .. } => dir.clone(),
            Self::Tree { root } => root.join("extractors").join(name),
        }
    }

    /// The folder of the snapshots of the format: beside the lock file.
    fn snapshots(&self, name: &str) -> PathBuf {
        let above = match self {
            Self::Own { dir, .. } => dir,
            Self::Tree { root } => root,
        };
        above.join("snapshots").join(name)
    }
}

/// A file by its path in the crate, and what is in it.
pub(super) type File = (String, Vec<u8>);

/// What a crate is made of beside what every one has.
pub(super) struct Crate {
    /// The crate of prill that the format is made with: `prill-core`, and its folder.
    pub(super) base: (&'static str, &'static str),
    /// The file with the format, below `src`.
    pub(super) source: String,
    /// The stream of the first sample.
    pub(super) stream: String,
    /// The rows of the table of metrics.
    pub(super) rows: String,
    /// Texts, with what [`fill`] fills in.
    pub(super) texts: Vec<File>,
    /// What is written as it is.
    pub(super) raw: Vec<File>,
    /// The snapshots: the case, and what is in it.
    pub(super) snapshots: Vec<(String, String)>,
}

/// Writes the crate of the format `name`.
pub(super) fn write(name: &str, home: &Home, parts: Crate) -> Result<()> {
    let dir = home.dir(name);
    ensure!(!dir.exists(), "make {}: it is there already", dir.display());
    let dependency = dependencies(home, parts.base)?;
    let about = parts.rows.clone();
    let fill = |text: &str| {
        let text = dependency.iter().fold(text.to_owned(), |text, (hole, value)| text.replace(hole, value));
        text.replace("{rows}", about.trim_end())
            .replace("{source}", &parts.source)
            .replace("{stream}", &parts.stream)
            .replace("{name}", name)
            .replace("{ident}", &name.replace('-', "_"))
            .replace("{Type}", &type_name(name))
    };
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for (file, text) in shared(home) {
        files.push((dir.join(file), fill(&text).into_bytes()));
    }
    for (file, text) in &parts.texts {
        files.push((dir.join(fill(file)), fill(&String::from_utf8_lossy(text)).into_bytes()));
    }
    files.extend(parts.raw.into_iter().map(|(file, bytes)| (dir.join(file), bytes)));
    for (case, text) in &parts.snapshots {
        let path = home.snapshots(name).join(format!("{case}.snap"));
        files.push((path, format!("---\nsource: tests/conformance.rs\n---\n{}", fill(text)).into_bytes()));
    }
    files.iter().try_for_each(|(path, bytes)| put(path, bytes))
}

/// What every crate has.
fn shared(home: &Home) -> Vec<(&'static str, String)> {
    let readme = include_str!("templates/README.md.in");
    let conformance = ("tests/conformance.rs", include_str!("templates/conformance.rs.in").to_owned());
    match home {
        Home::Tree { .. } => {
            vec![("Cargo.toml", include_str!("templates/tree.toml.in").to_owned()), ("README.md", readme.to_owned()), conformance]
        }
        Home::Own { .. } => vec![
            ("Cargo.toml", include_str!("templates/Cargo.toml.in").to_owned()),
            ("README.md", readme.replacen("# {name}\n\n", include_str!("templates/about.md.in"), 1)),
            (".gitignore", "/target\n*.snap.new\n".to_owned()),
            ("src/main.rs", include_str!("templates/main.rs.in").to_owned()),
            conformance,
        ],
    }
}

/// What the holes of a manifest are filled with.
fn dependencies(home: &Home, (base, folder): (&str, &str)) -> Result<[(&'static str, String); 3]> {
    let Home::Own { prill, .. } = home else {
        return Ok([("{base}", format!("{base}.workspace = true")), ("{cli}", String::new()), ("{testkit}", String::new())]);
    };
    let found = |path: &PathBuf| path.canonicalize().with_context(|| format!("find the prill sources in {}", path.display()));
    let prill = prill.as_ref().map(found).transpose()?;
    let at = |folder: &str, more: &str| {
        let version = env!("CARGO_PKG_VERSION");
        match &prill {
            Some(prill) => format!("{{ path = {:?}, version = \"{version}\"{more} }}", prill.join(folder)),
            None => format!("{{ version = \"{version}\"{more} }}"),
        }
    };
    let base = format!("{base} = {}", at(folder, ""));
    Ok([("{base}", base), ("{cli}", at("cli", ", optional = true")), ("{testkit}", at("extractors/testkit", ""))])
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).with_context(|| format!("make {}", parent.display()))?;
    fs::write(path, bytes).with_context(|| format!("write {}", path.display()))
}

/// Refuses what cannot be the name of a format and of a crate.
pub(super) fn check_name(name: &str) -> Result<()> {
    ensure!(
        is_format_name(name),
        "call a format `{name}`: a name is lower-case letters, digits and single hyphens, as in stress-ng"
    );
    Ok(())
}

/// `stress-ng` is `StressNg`.
fn type_name(name: &str) -> String {
    name.split('-').map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

fn is_format_name(name: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let taken = [OutputFormat::AUTO.name(), OutputFormat::EXIT_CODE.name(), "all", "declare", "testkit"];
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(word) && !taken.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_formats_are_plain() {
        for bad in ["", "Fio", "a b", "-a", "a-", "a--b", "1a", "auto", "all", "../x", "ü"] {
            assert!(!is_format_name(bad), "{bad}");
        }
        assert!(is_format_name("perf-bench") && is_format_name("iperf3"));
    }

    #[test]
    fn without_sources_the_published_crates_of_this_version_are_used() {
        let home = Home::Own { dir: PathBuf::new(), prill: None };
        let version = env!("CARGO_PKG_VERSION");
        let [(_, base), (_, cli), _] = dependencies(&home, ("prill-core", "core")).unwrap();
        assert_eq!(base, format!("prill-core = {{ version = \"{version}\" }}"));
        assert_eq!(cli, format!("{{ version = \"{version}\", optional = true }}"));
    }
}
