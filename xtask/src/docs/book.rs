use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::{links, reference};
use crate::workspace::Workspace;

/// The line of the summary below which the formats stand.
const FORMATS: &str = "- [The formats](reference/README.md)\n";

/// All that the book is made of, by the path in it.
pub(super) struct Book {
    /// Pages in Markdown.
    pub(super) pages: BTreeMap<String, Page>,
    /// Everything else: pictures, `book.toml`.
    pub(super) others: BTreeMap<String, PathBuf>,
}

/// A page, and where its links are counted from.
pub(super) struct Page {
    pub(super) text: String,
    /// The folder of its file, from the root of the tree.
    pub(super) folder: PathBuf,
}

impl Book {
    /// The files in `docs`, and the reference of the linked formats.
    pub(super) fn load(workspace: &Workspace) -> Result<Self> {
        let mut book = Self { pages: BTreeMap::new(), others: BTreeMap::new() };
        book.folder(&workspace.root, Path::new("docs"))?;
        let formats = reference::pages(workspace)?;
        let summary = book.pages.get_mut("SUMMARY.md").context("find docs/SUMMARY.md")?;
        let entries: String = formats.iter().skip(1).map(|(title, path, _)| format!("    - [{title}]({path})\n")).collect();
        summary.text = summary.text.replace(FORMATS, &format!("{FORMATS}{entries}"));
        book.pages.extend(formats.into_iter().map(|(_, path, page)| (path, page)));
        Ok(book)
    }

    fn folder(&mut self, root: &Path, folder: &Path) -> Result<()> {
        let at = root.join(folder);
        for entry in std::fs::read_dir(&at).with_context(|| format!("read {}", at.display()))? {
            let path = entry.with_context(|| format!("read {}", at.display()))?.path();
            let inside = path.strip_prefix(root.join("docs")).unwrap_or(&path).display().to_string();
            if path.is_dir() {
                self.folder(root, path.strip_prefix(root).unwrap_or(&path))?;
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
                self.pages.insert(inside, Page { text, folder: folder.to_owned() });
            } else {
                self.others.insert(inside, path);
            }
        }
        Ok(())
    }

    /// Writes everything into `made`, in place of what is there. Links that leave the book become words: who reads the book has
    /// no tree around it.
    pub(super) fn write(&self, made: &Path) -> Result<()> {
        if made.exists() {
            std::fs::remove_dir_all(made).with_context(|| format!("remove {}", made.display()))?;
        }
        let place = |path: &str| -> Result<PathBuf> {
            let path = if path == "book.toml" { made.join(path) } else { made.join("src").join(path) };
            let folder = path.parent().unwrap_or(made);
            std::fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
            Ok(path)
        };
        for (path, page) in &self.pages {
            let inside = |target: &str| links::is_outer(target) || self.has(path, target);
            let text = links::keep(&page.text, inside);
            std::fs::write(place(path)?, text).with_context(|| format!("write {path}"))?;
        }
        for (path, from) in &self.others {
            std::fs::copy(from, place(path)?).with_context(|| format!("copy {}", from.display()))?;
        }
        Ok(())
    }

    /// Whether the link `target` of the page `path` leads to something in the book.
    pub(super) fn has(&self, path: &str, target: &str) -> bool {
        let file = target.split('#').next().unwrap_or_default();
        let folder = Path::new(path).parent().unwrap_or(Path::new(""));
        let found = links::normal(&folder.join(file)).display().to_string();
        file.is_empty() || self.pages.contains_key(&found) || self.others.contains_key(&found)
    }
}
