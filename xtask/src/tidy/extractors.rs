//! What stands beside the source of every format.

use std::path::Path;

use super::Finding;
use crate::workspace::Workspace;

/// The headings of a format's README, in this order.
pub(crate) const HEADINGS: &[&str] = &["## What it reads", "## Metrics", "## What it leaves out", "## Sources"];

pub(super) fn check(workspace: &Workspace) -> Vec<Finding> {
    let formats = workspace.packages.iter().filter(|p| p.format().is_some());
    formats.flat_map(|p| folder(&workspace.root.join(&p.folder), &p.folder)).collect()
}

fn folder(path: &Path, shown: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    let readme = std::fs::read_to_string(path.join("README.md")).unwrap_or_default();
    let lines: Vec<&str> = readme.lines().filter(|line| line.starts_with("## ")).collect();
    if lines != HEADINGS {
        findings.push(Finding::new(
            shown.join("README.md").display().to_string(),
            format!("its headings are {}", if lines.is_empty() { "not there".to_owned() } else { lines.join(", ") }),
            format!("the README of every format has the headings {}", HEADINGS.join(", ")),
        ));
    }
    let samples = std::fs::read_dir(path.join("samples"));
    if !samples.is_ok_and(|mut entries| entries.any(|e| e.is_ok_and(|e| e.path().is_dir()))) {
        findings.push(Finding::new(
            shown.join("samples").display().to_string(),
            "there is no recorded output of the tool",
            "put one in samples/NAME/: stdout, stderr, argv.json, exit_code, meta.json, expect.json (see CONTRIBUTING.md)",
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_has_a_readme_and_a_sample() {
        let dir = tempfile::tempdir().unwrap();
        let places = |dir: &Path| folder(dir, Path::new("x")).into_iter().map(|f| f.place).collect::<Vec<_>>();
        assert_eq!(places(dir.path()), ["x/README.md", "x/samples"]);
        std::fs::write(dir.path().join("README.md"), HEADINGS.join("\n\nwords\n\n")).unwrap();
        assert_eq!(places(dir.path()), ["x/samples"]);
        std::fs::create_dir_all(dir.path().join("samples/quick")).unwrap();
        assert_eq!(places(dir.path()), [""; 0]);
    }
}
