use std::path::Path;

use anyhow::{Context as _, Result};

/// Adds the two lines of `name` to the crate that links all formats, in the order of the names.
pub(super) fn link(name: &str, all: &Path) -> Result<()> {
    let package = format!("prill-extract-{name}");
    let version = env!("CARGO_PKG_VERSION");
    let dependency = format!("{package} = {{ path = \"../{name}\", version = \"{version}\" }}");
    edit(&all.join("Cargo.toml"), |text| insert(text, &dependency, "prill-extract-", "[dependencies]"))?;
    let import = format!("use {} as _;", package.replace('-', "_"));
    edit(&all.join("src/lib.rs"), |text| insert(text, &import, "use prill_extract_", "#![forbid(unsafe_code)]"))
}

fn edit(path: &Path, change: impl FnOnce(&str) -> Option<String>) -> Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
    let changed = change(&text).with_context(|| format!("find where the new line goes in {}", path.display()))?;
    std::fs::write(path, changed).with_context(|| format!("write {}", path.display()))
}

/// `text` with `line` among the lines that start with `like`, in their order, or after the line `head` when there is none.
fn insert(text: &str, line: &str, like: &str, head: &str) -> Option<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let after = lines.iter().rposition(|l| l.starts_with(like) && *l < line);
    let before = lines.iter().position(|l| l.starts_with(like));
    let at = match (after, before) {
        (Some(after), _) => after + 1,
        (None, Some(before)) => before,
        (None, None) => lines.iter().position(|l| *l == head)? + 1,
    };
    lines.insert(at, line);
    Some(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_sorted() {
        let text = "[dependencies]\nx-b = 1\nx-d = 1\n\n[lints]\n";
        let with = |line| insert(text, line, "x-", "[dependencies]").unwrap();
        assert_eq!(with("x-a = 1"), "[dependencies]\nx-a = 1\nx-b = 1\nx-d = 1\n\n[lints]\n");
        assert_eq!(with("x-c = 1"), "[dependencies]\nx-b = 1\nx-c = 1\nx-d = 1\n\n[lints]\n");
        assert_eq!(with("x-e = 1"), "[dependencies]\nx-b = 1\nx-d = 1\nx-e = 1\n\n[lints]\n");
        assert_eq!(insert("[dependencies]\n", "x-a", "x-", "[dependencies]").unwrap(), "[dependencies]\nx-a\n");
        assert_eq!(insert("", "x-a", "x-", "[dependencies]"), None);
    }
}
