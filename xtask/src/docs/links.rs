use std::ops::Range;
use std::path::{Component, Path, PathBuf};

/// A link `[words](target)`, by its places.
pub(super) struct Link {
    whole: Range<usize>,
    words: Range<usize>,
    target: Range<usize>,
}

impl Link {
    /// Where it points.
    pub(super) fn target<'t>(&self, text: &'t str) -> &'t str {
        &text[self.target.clone()]
    }
}

/// The links of a page. Those in code are none.
pub(super) fn links(text: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let (mut at, mut fenced) = (0, false);
    for line in text.split_inclusive('\n') {
        fenced ^= line.trim_start().starts_with("```");
        if !fenced {
            in_line(line, at, &mut found);
        }
        at += line.len();
    }
    found
}

fn in_line(line: &str, at: usize, found: &mut Vec<Link>) {
    for (middle, _) in line.match_indices("](") {
        let is_code = line[..middle].matches('`').count() % 2 == 1;
        let (Some(open), Some(close)) = (line[..middle].rfind('['), line[middle..].find(')')) else { continue };
        if !is_code {
            let (target, end) = (middle + 2, middle + close);
            found.push(Link { whole: at + open..at + end + 1, words: at + open + 1..at + middle, target: at + target..at + end });
        }
    }
}

/// `text`, in which the links whose target is not wanted are their words alone.
pub(super) fn keep(text: &str, wanted: impl Fn(&str) -> bool) -> String {
    let mut out = text.to_owned();
    for link in links(text).iter().rev().filter(|link| !wanted(link.target(text))) {
        out.replace_range(link.whole.clone(), &text[link.words.clone()]);
    }
    out
}

/// Whether it leads out of the tree.
pub(super) fn is_outer(target: &str) -> bool {
    target.contains("://") || target.starts_with("mailto:")
}

/// `a/../b` is `b`.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if out.pop() => {}
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_outside_of_code() {
        let text = "[a](x.md) and `[b](y.md)`\n```\n[c](z.md)\n```\n![d](p.svg)\n";
        assert_eq!(links(text).iter().map(|link| link.target(text)).collect::<Vec<_>>(), ["x.md", "p.svg"]);
        assert_eq!(keep("[a](x) [`b`](y#z)", |target| target == "x"), "[a](x) `b`");
    }

    #[test]
    fn a_path_goes_up() {
        assert_eq!(normal(Path::new("docs/adr/../../cli/./x")), Path::new("cli/x"));
        assert_eq!(normal(Path::new("../x")), Path::new("../x"));
    }
}
