use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The files of the tree that are text and were written by people: no recorded outputs, no snapshots, nothing built.
pub(super) struct Tree {
    files: Vec<File>,
}

/// A file and its text.
pub(super) struct File {
    /// The path from the root.
    pub(super) path: String,
    pub(super) text: String,
}

/// Folders that hold what programs wrote, wherever they stand.
const SKIPPED: &[&str] = &["target", ".git", "samples", "snapshots", "corpus"];

impl Tree {
    pub(super) fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for path in list(&folder)? {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if path.is_dir() && !SKIPPED.contains(&name.as_ref()) {
                    folders.push(path);
                } else if path.is_file() && !SKIPPED.contains(&name.as_ref()) && name != "Cargo.lock" {
                    files.extend(File::read(&path, root)?);
                }
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File { path: (*path).to_owned(), text: (*text).to_owned() };
        Self { files: files.iter().map(file).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &File> {
        self.files.iter()
    }

    /// The Rust files in `folder` and below.
    pub(super) fn rust_in(&self, folder: &Path) -> impl Iterator<Item = &File> {
        self.iter().filter(move |f| f.is_rust() && Path::new(&f.path).starts_with(folder))
    }
}

impl File {
    /// The file, when it is text.
    fn read(path: &Path, root: &Path) -> Result<Option<Self>> {
        let bytes = std::fs::read(path).with_context(|| format!("read {}", path.display()))?;
        let path = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
        Ok(String::from_utf8(bytes).ok().filter(|text| !text.contains('\0')).map(|text| Self { path, text }))
    }

    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Number and text of each line.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(i, line)| (i + 1, line))
    }

    /// The lines of code that end up in a program: no comments, and nothing from the first test module on, which stands
    /// last in a file.
    pub(super) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests =
            Path::new(&self.path).components().any(|c| ["tests", "tests.rs", "testing.rs"].iter().any(|t| c.as_os_str() == *t));
        let lines = self.lines().take_while(move |(_, line)| !tests && !line.trim_start().starts_with("#[cfg(test)]"));
        lines.map(|(number, line)| (number, line.split_once("//").map_or(line, |(code, _)| code)))
    }
}

fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("list {}", folder.display()))?;
    entries.map(|entry| Ok(entry.with_context(|| format!("list {}", folder.display()))?.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_what_ends_up_in_a_program() {
        let tree =
            Tree::of(&[("a.rs", "//! doc\nlet x = 1; // why\n#[cfg(test)]\nmod tests {}\n"), ("a/tests.rs", "let y = 1;\n")]);
        let code: Vec<_> = tree.iter().flat_map(File::code).collect();
        assert_eq!(code, [(1, ""), (2, "let x = 1; ")]);
    }
}
