//! Rules for any file.

use super::Finding;
use super::tree::{File, Tree};

/// Longer files are split.
const LONGEST: usize = 600;

/// Folders at the root of some machine, whose paths mean nothing on another.
const MACHINE: &[&str] = &["work", "farm", "root", "home"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.iter().flat_map(file).collect()
}

fn file(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    let length = file.text.lines().count();
    if file.is_rust() && length > LONGEST {
        findings.push(Finding::new(
            &file.path,
            format!("it has {length} lines"),
            format!("split it by what a reader looks for; {LONGEST} is the limit"),
        ));
    }
    for (number, line) in file.lines() {
        let place = format!("{}:{number}", file.path);
        if let Some(path) = machine_path(line) {
            let remedy = "use a path from the tree, a temporary folder, or an argument";
            findings.push(Finding::new(&place, format!("a path of one machine: {path}"), remedy));
        }
        if file.is_rust() {
            findings.extend(left_over(line).map(|(cause, remedy)| Finding::new(&place, cause, remedy)));
        }
    }
    findings
}

fn machine_path(line: &str) -> Option<String> {
    MACHINE.iter().find_map(|folder| {
        let path = format!("/{folder}/");
        let before = line.find(&path).map(|at| line[..at].chars().next_back())?;
        // After a letter, a point or a dash the path is relative; after `~` or a variable it is anybody's.
        let relative = before.is_some_and(|c| c.is_alphanumeric() || "._-~}*".contains(c));
        (!relative).then_some(path)
    })
}

fn left_over(line: &str) -> Option<(&'static str, &'static str)> {
    let code = line.trim_start();
    if code.starts_with(concat!("#[", "ignore")) {
        return Some(("a test that is switched off", "mend the test, or delete it with what it tests"));
    }
    if code.contains(concat!("todo", "!(")) || code.contains(concat!("unimplemented", "!(")) {
        return Some(("code that is not written", "write it, or leave out what would call it"));
    }
    if code.contains(concat!("assert!(", "true")) {
        return Some(("a test that cannot fail", "assert what the code guarantees"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn causes(path: &str, text: &str) -> Vec<String> {
        check(&Tree::of(&[(path, text)])).into_iter().map(|f| format!("{}: {}", f.place, f.cause)).collect()
    }

    #[test]
    fn paths_of_a_machine_are_found() {
        let bad = format!("see /{}/shared\n", "work");
        assert_eq!(causes("README.md", &bad), [format!("README.md:1: a path of one machine: /{}/", "work")]);
        for before in ["..", "target", "~", "${DIR}", "framework"] {
            let good = format!("{before}/{}/x", "work");
            assert_eq!(causes("README.md", &good), [""; 0], "{good}");
        }
    }

    #[test]
    fn long_files_and_left_overs_are_found() {
        assert_eq!(causes("a.rs", &"x\n".repeat(601)), ["a.rs: it has 601 lines"]);
        assert_eq!(causes("a.md", &"x\n".repeat(601)), [""; 0]);
        for bad in [concat!("#[", "ignore]"), concat!("    todo", "!()"), concat!("assert!(", "true);")] {
            assert_eq!(causes("a.rs", bad).len(), 1, "{bad}");
        }
        assert_eq!(causes("a.rs", "sink.ignore(token)\n"), [""; 0]);
    }
}
