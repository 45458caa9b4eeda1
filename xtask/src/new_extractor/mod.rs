//! The crate of a new format: its folder, which `prill new extractor` makes too, and the two lines that link it.

mod link;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use prill_cli::new::{Home, extractor, extractor_from};
use prill_core::Stream;

use crate::workspace::Workspace;

pub(crate) fn main(name: &str, from: Option<&str>) -> Result<ExitCode> {
    make(name, &Workspace::load()?.root, from.map(Path::new))?;
    println!("made extractors/{name} and linked it; its tests say what to do next: cargo test -p prill-extract-{name}");
    Ok(ExitCode::SUCCESS)
}

fn make(name: &str, root: &Path, from: Option<&Path>) -> Result<()> {
    let home = Home::Tree { root: root.to_owned() };
    match from {
        None => extractor(name, &home)?,
        Some(output) => {
            let bytes = std::fs::read(output).with_context(|| format!("read {}", output.display()))?;
            let is_stderr = output.file_name().is_some_and(|file| file == "stderr");
            let stream = if is_stderr { Stream::Stderr } else { Stream::Stdout };
            let proposed = extractor_from(name, &home, &bytes, stream, output)?;
            proposed.decide().iter().for_each(|line| println!("decide: {line}"));
        }
    }
    link::link(name, &root.join("extractors/all"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let all = root.path().join("extractors/all");
        std::fs::create_dir_all(all.join("src")).unwrap();
        std::fs::write(all.join("Cargo.toml"), "[dependencies]\nprill-extract-a = { path = \"../a\" }\n\n[dev-dependencies]\n")
            .unwrap();
        std::fs::write(all.join("src/lib.rs"), "//! Links.\n\nuse prill_extract_a as _;\n").unwrap();
        root
    }

    fn read(root: &Path, file: &str) -> String {
        std::fs::read_to_string(root.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
    }

    #[test]
    fn a_new_crate_is_made_and_linked() {
        let dir = tree();
        let root = dir.path();
        make("new-ng", root, None).unwrap();
        let made = read(root, "extractors/new-ng/src/lib.rs");
        assert!(made.contains("register_extractor!(NewNg)") && made.contains("\"new-ng\""), "{made}");
        let manifest = read(root, "extractors/all/Cargo.toml");
        assert!(manifest.contains("prill-extract-new-ng = { path = \"../new-ng\", version = \"0.1.0\" }\n\n[dev"), "{manifest}");
        let lib = read(root, "extractors/all/src/lib.rs");
        assert_eq!(lib, "//! Links.\n\nuse prill_extract_a as _;\nuse prill_extract_new_ng as _;\n");
        assert!(read(root, "snapshots/new-ng/first.snap").contains("new-ng of stdout: 2 metrics"));
        let e = make("new-ng", root, None).unwrap_err().to_string();
        assert!(e.contains("there already"), "{e}");
    }

    #[test]
    fn a_crate_from_an_output_describes_it() {
        let dir = tree();
        let root = dir.path();
        std::fs::write(root.join("stderr"), "speed: 5 KiB/s\n").unwrap();
        make("mine", root, Some(&root.join("stderr"))).unwrap();
        assert!(read(root, "extractors/mine/Cargo.toml").contains("\nprill-declare.workspace = true\n"));
        assert!(read(root, "extractors/mine/src/mine.toml").contains("unit = \"KiB/s\""));
        assert_eq!(read(root, "extractors/mine/samples/first/stderr"), "speed: 5 KiB/s\n");
        let snapshot = read(root, "snapshots/mine/first.snap");
        assert!(snapshot.contains("speed = 5120 By/s higher stderr 7..8 `5`"), "{snapshot}");
    }
}
