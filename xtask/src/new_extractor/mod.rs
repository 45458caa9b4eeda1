//! The crate of a new format: its folder, and the two lines that link it.

mod link;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};

use crate::workspace::Workspace;

/// What `prill new extractor` makes too.
macro_rules! shared {
    ($file:literal) => {
        include_str!(concat!("../../../cli/src/new/templates/", $file, ".in"))
    };
}

/// The files of a new format, from the root, with `{name}`, `{ident}` and `{Type}` to fill in.
const FILES: &[(&str, &str)] = &[
    ("extractors/{name}/Cargo.toml", include_str!("template/Cargo.toml.in")),
    ("extractors/{name}/README.md", include_str!("template/README.md.in")),
    ("extractors/{name}/src/lib.rs", shared!("lib.rs")),
    ("extractors/{name}/tests/next.rs", include_str!("template/next.rs.in")),
    ("extractors/{name}/samples/first/stdout", shared!("stdout")),
    ("extractors/{name}/samples/first/stderr", ""),
    ("extractors/{name}/samples/first/argv.json", "[\"{name}\"]\n"),
    ("extractors/{name}/samples/first/exit_code", "0\n"),
    ("extractors/{name}/samples/first/meta.json", shared!("meta.json")),
    ("extractors/{name}/samples/first/expect.json", shared!("expect.json")),
    ("snapshots/{name}/first.snap", shared!("first.snap")),
];

pub(crate) fn main(name: &str) -> Result<ExitCode> {
    make(name, &Workspace::load()?.root)?;
    println!("made extractors/{name} and linked it; its test says what to do next: cargo test -p prill-extract-{name}");
    Ok(ExitCode::SUCCESS)
}

fn make(name: &str, root: &Path) -> Result<()> {
    ensure!(
        is_format_name(name),
        "call a format `{name}`: a name is lower-case letters, digits and single hyphens, as in stress-ng"
    );
    let folder = root.join("extractors").join(name);
    ensure!(!folder.exists(), "make {}: it is there already", folder.display());
    for (file, template) in FILES {
        let path = root.join(fill(file, name));
        let parent = path.parent().context("find the folder of a template")?;
        std::fs::create_dir_all(parent).with_context(|| format!("make {}", parent.display()))?;
        std::fs::write(&path, fill(template, name)).with_context(|| format!("write {}", path.display()))?;
    }
    link::link(name, &root.join("extractors/all"))
}

fn fill(template: &str, name: &str) -> String {
    template.replace("{name}", name).replace("{ident}", &name.replace('-', "_")).replace("{Type}", &type_name(name))
}

/// `stress-ng` is `StressNg`.
fn type_name(name: &str) -> String {
    let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    name.split('-').map(capital).collect()
}

fn is_format_name(name: &str) -> bool {
    let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split('-').all(word)
        && !["all", "declare", "testkit"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_crate_is_made_and_linked() {
        let root = tempfile::tempdir().unwrap();
        let all = root.path().join("extractors/all");
        std::fs::create_dir_all(all.join("src")).unwrap();
        std::fs::write(all.join("Cargo.toml"), "[dependencies]\nprill-extract-a = { path = \"../a\" }\n\n[dev-dependencies]\n")
            .unwrap();
        std::fs::write(all.join("src/lib.rs"), "//! Links.\n\nuse prill_extract_a as _;\n").unwrap();
        make("stress-ng", root.path()).unwrap();
        let made = std::fs::read_to_string(root.path().join("extractors/stress-ng/src/lib.rs")).unwrap();
        assert!(made.contains("register_extractor!(StressNg)") && made.contains("\"stress-ng\""), "{made}");
        let manifest = std::fs::read_to_string(all.join("Cargo.toml")).unwrap();
        assert!(
            manifest.contains("prill-extract-stress-ng = { path = \"../stress-ng\", version = \"0.1.0\" }\n\n[dev"),
            "{manifest}"
        );
        let lib = std::fs::read_to_string(all.join("src/lib.rs")).unwrap();
        assert_eq!(lib, "//! Links.\n\nuse prill_extract_a as _;\nuse prill_extract_stress_ng as _;\n");
        let e = make("stress-ng", root.path()).unwrap_err().to_string();
        assert!(e.contains("there already"), "{e}");
    }

    #[test]
    fn names_of_formats_are_plain() {
        for bad in ["", "Fio", "a b", "-a", "a-", "a--b", "1a", "all", "../x"] {
            assert!(!is_format_name(bad), "{bad}");
        }
        assert!(is_format_name("perf-bench") && is_format_name("iperf3"));
    }
}
