//! The tutorial, word for word: its files are written, its commands run in an empty folder, and what it shows is compared
//! with what they print.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A block of code of the page.
struct Block<'p> {
    /// What stands behind its fence: `console`, `toml,file=NAME`.
    info: &'p str,
    text: &'p str,
    line: usize,
}

#[test]
fn the_tutorial_does_what_it_says() {
    let page = fs::read_to_string(format!("{ROOT}/docs/tutorial.md")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut reader = Reader { folder: dir.path().to_owned(), home: dir.path().to_owned() };
    for block in blocks(&page) {
        match block.info.split_once(",file=") {
            Some((_, file)) => fs::write(reader.folder.join(file), block.text).unwrap(),
            None => reader.console(&block),
        }
    }
    let made = dir.path().join("prill-extract-copybench");
    assert!(made.join("snapshots/copybench/tool-failed.snap").is_file() && dir.path().join("prill.toml").is_file());
}

/// All blocks; one that the test does not understand is a mistake in the page.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(open) = page[at..].find("```") {
        let info = at + open + 3;
        let text = info + page[info..].find('\n').unwrap() + 1;
        let end = text + page[text..].find("```").unwrap();
        let block = Block { info: &page[info..text - 1], text: &page[text..end], line: page[..info].matches('\n').count() + 1 };
        assert!(block.info == "console" || block.info.contains(",file="), "tutorial.md:{}: `{}`", block.line, block.info);
        blocks.push(block);
        at = end + 3;
    }
    assert!(blocks.len() > 10);
    blocks
}

struct Reader {
    folder: PathBuf,
    home: PathBuf,
}

impl Reader {
    /// Runs each line that starts with `$ `; what follows it is what it prints, `...` for anything.
    fn console(&mut self, block: &Block<'_>) {
        let mut lines = block.text.lines().enumerate().peekable();
        while let Some((at, line)) = lines.next() {
            let place = block.line + 1 + at;
            let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("tutorial.md:{place}: no command: {line}"));
            let mut shown = Vec::new();
            while let Some((_, line)) = lines.next_if(|(_, line)| !line.starts_with("$ ")) {
                shown.push(line);
            }
            if let Some(folder) = command.strip_prefix("cd ") {
                self.folder = self.folder.join(folder).canonicalize().unwrap();
                continue;
            }
            let printed = self.run(command, place);
            let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
            assert!(shown.is_empty() || matches(&shown, &printed), "tutorial.md:{place}: $ {command}\n{}", printed.join("\n"));
        }
    }

    /// The standard output of a command, which must succeed.
    fn run(&self, command: &str, place: usize) -> String {
        // The versions of this workspace, which are there without a network.
        if self.folder.join("Cargo.toml").is_file() {
            fs::copy(format!("{ROOT}/Cargo.lock"), self.folder.join("Cargo.lock")).unwrap();
        }
        let program = Path::new(env!("CARGO_BIN_EXE_prill")).parent().unwrap();
        let cargo = Path::new(env!("CARGO")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = [program, cargo].map(Path::to_owned).into_iter().chain(std::env::split_paths(&path));
        let done = Command::new("sh")
            .args(["-c", command])
            .current_dir(&self.folder)
            .env("PATH", std::env::join_paths(paths).unwrap())
            .env("PRILL", ROOT)
            .env("XDG_CONFIG_HOME", &self.home)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-extractor"))
            .env_remove("INSTA_UPDATE")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "tutorial.md:{place}: $ {command}\n{}{said}", String::from_utf8_lossy(&done.stdout));
        String::from_utf8(done.stdout).unwrap()
    }
}

/// Whether `shown` is `printed`, where `...` at the end of a line is its rest, and on a line of its own any lines.
fn matches(shown: &[&str], printed: &[&str]) -> bool {
    match (shown, printed) {
        ([], []) => true,
        (["...", rest @ ..], _) => (0..=printed.len()).any(|skip| matches(rest, &printed[skip..])),
        ([first, rest @ ..], [line, more @ ..]) => {
            let same = first.strip_suffix("...").map_or(first == line, |start| line.starts_with(start));
            same && matches(rest, more)
        }
        _ => false,
    }
}

#[test]
fn what_is_shown_is_compared() {
    assert!(matches(&["a", "...", "d"], &["a", "b", "c", "d"]));
    assert!(matches(&["a ...", "..."], &["a b"]));
    assert!(!matches(&["a"], &["a", "b"]) && !matches(&["a", "...", "d"], &["a", "b"]) && !matches(&["b"], &["a"]));
}
