//! The skeleton of a crate for a new format, in a repository of its own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use prill_core::OutputFormat;

use crate::args::NewExtractor;
use crate::formats_file;
use crate::io::Io;
use crate::status::{Failure, Status};

/// The files of the crate and their text, with what [`fill`] fills in.
const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("templates/Cargo.toml.in")),
    ("README.md", include_str!("templates/README.md.in")),
    (".gitignore", "/target\n*.snap.new\n"),
    ("src/lib.rs", include_str!("templates/lib.rs.in")),
    ("src/main.rs", include_str!("templates/main.rs.in")),
    ("tests/samples.rs", include_str!("templates/samples.rs.in")),
    ("snapshots/first.snap", include_str!("templates/first.snap.in")),
    ("samples/first/stdout", include_str!("templates/stdout.in")),
    ("samples/first/stderr", ""),
    ("samples/first/argv.json", "[\"{name}\"]\n"),
    ("samples/first/exit_code", "0\n"),
    ("samples/first/meta.json", include_str!("templates/meta.json.in")),
    ("samples/first/expect.json", include_str!("templates/expect.json.in")),
];

/// Makes the crate `prill-extract-NAME` in the folder `dir`, which must not exist: a format that reads a made-up sample, the
/// tests that every format has, and one that fails and says what to do next. It depends on the published crates of this
/// version, or on the sources in the folder `prill`.
///
/// # Errors
/// When `name` is no name of a format, `dir` exists, `prill` is no folder, or a file cannot be written.
pub fn extractor(name: &str, dir: &Path, prill: Option<&Path>) -> Result<()> {
    ensure!(
        is_format_name(name),
        "call a format `{name}`: a name is lower-case letters, digits and single hyphens, as in stress-ng"
    );
    ensure!(!dir.exists(), "make {}: it is there already", dir.display());
    let prill = prill.map(|path| path.canonicalize().with_context(|| format!("find the prill sources in {}", path.display())));
    let prill = prill.transpose()?;
    for (file, template) in FILES {
        let path = dir.join(file);
        let parent = path.parent().unwrap_or(dir);
        fs::create_dir_all(parent).with_context(|| format!("make {}", parent.display()))?;
        fs::write(&path, fill(template, name, prill.as_deref())).with_context(|| format!("write {}", path.display()))?;
    }
    Ok(())
}

pub(crate) fn run(args: &NewExtractor, files: &[PathBuf], io: &mut Io<'_>) -> Result<Status, Failure> {
    let name = &args.name;
    if let Some(place) = formats_file::registry(files)?.place(name) {
        let taken = anyhow::anyhow!("make a format called `{name}`: there is one, registered by {place}; take another name");
        return Err(Failure::usage(taken));
    }
    let dir = args.path.clone().unwrap_or_else(|| PathBuf::from(format!("prill-extract-{name}")));
    extractor(name, &dir, args.prill_path.as_deref()).map_err(Failure::usage)?;
    writeln!(io.out, "made {}; its tests say what to do next: cd {} && cargo test", dir.display(), dir.display())?;
    Ok(Status::Fine)
}

fn fill(template: &str, name: &str, prill: Option<&Path>) -> String {
    let dependency = |folder: &str, more: &str| {
        let version = env!("CARGO_PKG_VERSION");
        match prill {
            Some(prill) => format!("{{ path = {:?}, version = \"{version}\"{more} }}", prill.join(folder)),
            None => format!("{{ version = \"{version}\"{more} }}"),
        }
    };
    template
        .replace("{core}", &dependency("core", ""))
        .replace("{cli}", &dependency("cli", ", optional = true"))
        .replace("{testkit}", &dependency("extractors/testkit", ""))
        .replace("{name}", name)
        .replace("{ident}", &name.replace('-', "_"))
        .replace("{Type}", &type_name(name))
}

/// `stress-ng` is `StressNg`.
fn type_name(name: &str) -> String {
    name.split('-').map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

fn is_format_name(name: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(word) && name != OutputFormat::AUTO.name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_formats_are_plain() {
        for bad in ["", "Fio", "a b", "-a", "a-", "a--b", "1a", "auto", "../x", "ü"] {
            assert!(!is_format_name(bad), "{bad}");
        }
        assert!(is_format_name("perf-bench") && is_format_name("iperf3"));
    }

    #[test]
    fn without_sources_the_published_crates_of_this_version_are_used() {
        let manifest = fill(FILES[0].1, "my-bench", None);
        let version = env!("CARGO_PKG_VERSION");
        assert!(manifest.contains(&format!("prill-core = {{ version = \"{version}\" }}\n")), "{manifest}");
        assert!(manifest.contains(&format!("prill-cli = {{ version = \"{version}\", optional = true }}\n")), "{manifest}");
        assert!(FILES.iter().all(|(_, text)| !fill(text, "my-bench", None).contains("{name}")));
    }
}
