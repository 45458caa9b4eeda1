//! What is wrong with the book: pages that nobody finds, links that lead nowhere, parts that are empty.

use std::collections::BTreeSet;
use std::path::Path;

use super::book::{Book, Page};
use super::links;

/// A line for each mistake.
pub(super) fn wrong(book: &Book, root: &Path) -> Vec<String> {
    let mut wrong = unlisted(book);
    for (path, page) in &book.pages {
        wrong.extend(dead(book, root, path, page));
        if path.starts_with("reference/") {
            wrong.extend(
                empty(&page.text).map(|part| format!("{path}: the part `{part}` is empty: see the README of the format")),
            );
        }
    }
    wrong
}

/// Pages that the summary does not name.
fn unlisted(book: &Book) -> Vec<String> {
    let Some(summary) = book.pages.get("SUMMARY.md") else { return vec!["docs/SUMMARY.md is missing".to_owned()] };
    let listed: BTreeSet<&str> = links::links(&summary.text).iter().map(|link| link.target(&summary.text)).collect();
    let missing = book.pages.keys().filter(|path| *path != "SUMMARY.md" && !listed.contains(path.as_str()));
    missing.map(|path| format!("{path}: docs/SUMMARY.md does not name it")).collect()
}

/// Links that lead neither to a part of the book nor to a file of the tree. Those of the summary are pages of the book.
fn dead(book: &Book, root: &Path, path: &str, page: &Page) -> Vec<String> {
    let there = |target: &str| {
        let file = target.split('#').next().unwrap_or_default();
        let in_tree = path != "SUMMARY.md" && root.join(&page.folder).join(file).exists();
        links::is_outer(target) || book.has(path, target) || in_tree
    };
    let targets = links::links(&page.text);
    let dead = targets.iter().map(|link| link.target(&page.text)).filter(|target| !there(target));
    dead.map(|target| format!("{path}: the link to {target} leads nowhere")).collect()
}

/// The headings below which nothing stands.
fn empty(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split("\n## ").skip(1).filter_map(|part| part.split_once('\n'));
    parts.filter(|(_, body)| body.trim().is_empty()).map(|(heading, _)| heading)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn mistakes_are_found() {
        let page = |text: &str| Page { text: text.to_owned(), folder: "docs".into() };
        let pages = [
            ("SUMMARY.md", "- [A](a.md)\n- [B](gone.md)\n"),
            ("a.md", "[b](b.md) [c](../x) [d](https://d)\n"),
            ("b.md", ""),
            ("reference/x.md", "# x\n\n## Metrics\n\n## Seen with\n\nall\n"),
        ];
        let pages: BTreeMap<String, Page> = pages.into_iter().map(|(path, text)| (path.to_owned(), page(text))).collect();
        let root = tempfile::tempdir().unwrap();
        let found = wrong(&Book { pages, others: BTreeMap::new() }, root.path());
        assert_eq!(
            found,
            [
                "b.md: docs/SUMMARY.md does not name it",
                "reference/x.md: docs/SUMMARY.md does not name it",
                "SUMMARY.md: the link to gone.md leads nowhere",
                "a.md: the link to ../x leads nowhere",
                "reference/x.md: the part `Metrics` is empty: see the README of the format",
            ]
        );
    }

    #[test]
    fn the_book_is_whole() {
        let workspace = crate::workspace::Workspace::load().unwrap();
        assert_eq!(wrong(&Book::load(&workspace).unwrap(), &workspace.root), [""; 0]);
    }
}
