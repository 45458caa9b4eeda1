use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use prill_core::{Registry, Streams};
use prill_extract_all as _;
use prill_testkit::{Case, cases};

use super::book::Page;
use super::readme::Readme;
use crate::workspace::{Package, Workspace};

/// The parts of a page, in this order, and the sections of the README that they come from. The other parts are made of what
/// is registered and recorded.
const PARTS: &[(&str, Option<&str>)] = &[
    ("Purpose and stream", None),
    ("Upstream printer and version", Some("Sources")),
    ("Input", None),
    ("Metrics", Some("Metrics")),
    ("Not extracted, and why", Some("What it leaves out")),
    ("Seen with", None),
];

/// Of an output at most this much is shown.
const LINES: usize = 12;

/// The list of the formats and a page for each crate: title, path and page.
pub(super) fn pages(workspace: &Workspace) -> Result<Vec<(String, String, Page)>> {
    let registry = Registry::linked().context("list the formats")?;
    let mut list = String::from(INTRODUCTION);
    let mut pages = Vec::new();
    let mut packages: Vec<&Package> = workspace.packages.iter().filter(|package| package.format().is_some()).collect();
    packages.sort_by_key(|package| &package.name);
    for package in packages {
        let name = package.format().unwrap_or_default();
        let own = |format: &&str| registry.place(format).is_some_and(|place| place.starts_with(&format!("{} ", package.name)));
        let mut rows = String::new();
        for format in registry.names().filter(own).filter_map(|name| registry.get(name).ok()) {
            let _ = writeln!(rows, "| `{}` | {} | {} |", format.name(), format.summary(), streams(format.streams()));
        }
        list.push_str(&rows.replace("| `", &format!("| [{name}]({name}.md) | `")));
        let (title, text) = page(&workspace.root.join(&package.folder), &rows)?;
        pages.push((title, format!("reference/{name}.md"), Page { text, folder: package.folder.clone() }));
    }
    let first =
        ("The formats".to_owned(), "reference/README.md".to_owned(), Page { text: list, folder: "docs/reference".into() });
    Ok([first].into_iter().chain(pages).collect())
}

const INTRODUCTION: &str = "\
# The formats

What is read of each tool, made of the README of its crate, of what is registered and of the outputs that are recorded in it.
`prill formats` lists those that your command knows.

| page | format | what it reads | stream |
|---|---|---|---|
";

fn page(folder: &Path, rows: &str) -> Result<(String, String)> {
    let path = folder.join("README.md");
    let text = std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
    let readme = Readme::new(&text);
    let samples = cases(&folder.join("samples")).with_context(|| format!("read the samples of {}", readme.title))?;
    let (said, shown) = at_code(readme.section("What it reads"));
    let mut out = format!("# {}\n", readme.title);
    for (part, section) in PARTS {
        let body = match (*part, section) {
            ("Purpose and stream", _) => {
                format!("{}\n\n{said}\n\n| format | what it reads | stream |\n|---|---|---|\n{rows}", readme.lead)
            }
            ("Input", _) => input(shown, &samples),
            ("Seen with", _) => seen(&samples)?,
            (_, Some(section)) => readme.section(section).to_owned(),
            (_, None) => String::new(),
        };
        let _ = write!(out, "\n## {part}\n\n{}\n", body.trim());
    }
    Ok((readme.title.to_owned(), out))
}

/// The text before the first code, and the rest. One with headings of its own stays in one piece.
fn at_code(text: &str) -> (&str, &str) {
    match text.find("```") {
        Some(at) if !text.contains("### ") => (text[..at].trim(), &text[at..]),
        Some(_) => ("", text),
        None => (text, ""),
    }
}

/// What the README shows of the input, and the head of a recorded one where it shows nothing.
fn input(shown: &str, samples: &[Case]) -> String {
    let excerpt = |case: &Case| {
        let (stream, bytes) = case.streams.iter().find(|(_, bytes)| !bytes.is_empty())?;
        let text = std::str::from_utf8(bytes).ok()?;
        let head: Vec<&str> = text.lines().take(LINES).collect();
        Some(format!("Of {} ({stream}):\n\n```text\n{}\n```", case.name, head.join("\n")))
    };
    if shown.is_empty() { samples.iter().find_map(excerpt).unwrap_or_default() } else { shown.to_owned() }
}

/// The versions of the tools whose outputs are recorded.
fn seen(samples: &[Case]) -> Result<String> {
    let mut versions = BTreeSet::new();
    for case in samples {
        let path = case.dir.join("meta.json");
        let Ok(text) = std::fs::read(&path) else { continue };
        let meta: serde_json::Value = serde_json::from_slice(&text).with_context(|| format!("read {}", path.display()))?;
        let word = |key: &str| meta[key].as_str().unwrap_or_default().to_owned();
        let (tool, version) = (word("tool"), word("version"));
        if !version.is_empty() {
            versions.insert(if version.starts_with(&tool) { version } else { format!("{tool} {version}") });
        }
    }
    let list: String = versions.iter().map(|version| format!("- {version}\n")).collect();
    Ok(format!("{} recorded outputs, of\n\n{list}", samples.len()))
}

fn streams(streams: Streams) -> &'static str {
    match streams {
        Streams::Stdout => "stdout",
        Streams::Stderr => "stderr",
        Streams::StdoutThenStderr => "stdout, else stderr",
        Streams::Each => "stdout and stderr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_stands_apart_from_what_is_shown() {
        assert_eq!(at_code("Reads.\n\n```\nx 5\n```\nMore."), ("Reads.", "```\nx 5\n```\nMore."));
        assert_eq!(at_code("Reads."), ("Reads.", ""));
        assert_eq!(at_code("### a\n```\n```\n"), ("", "### a\n```\n```\n"), "headings keep their code");
    }
}
