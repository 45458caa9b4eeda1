use std::path::{Path, PathBuf};
use std::sync::Arc;

use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Extractor, Stream, Text};
use serde_json::Value;

use crate::{Expected, Hard};

/// The folder of one recorded run: `stdout`, `stderr`, files that the tool wrote (`file`, or `file__NAME` where there
/// are several), `argv.json`, `exit_code`, `meta.json`, `expect.json`. All but one stream may be missing.
#[derive(Clone, Debug)]
pub struct Case {
    /// The folder.
    pub dir: PathBuf,
    /// The name of the folder.
    pub name: String,
    /// The name of the folder that holds the case, which is the tool's or the format's; a folder `samples` is passed over.
    pub group: String,
    /// `tool` of `meta.json`.
    pub tool: Option<String>,
    /// Which of the mandatory cases it is: `shows` of `meta.json`, else by the name of the folder.
    pub shows: Option<Hard>,
    /// `silent` of `meta.json`: why the tool prints nothing of its failure.
    pub silent: Option<String>,
    /// `repeats` of `meta.json`: why two such outputs look like one that went on, as those of a tool that prints its table again
    /// and again.
    pub repeats: Option<String>,
    /// The streams that were recorded.
    pub streams: Vec<(Stream, Vec<u8>)>,
    /// Program and arguments.
    pub argv: Option<Vec<String>>,
    /// What the tool exited with; 128 and the signal's number when one ended it.
    pub exit_code: Option<i32>,
    /// The numbers that are known to be in it: a part of all there are, and none at all where the list is empty.
    pub expect: Option<Vec<Expected>>,
}

/// Why a case cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// A folder or a file cannot be read.
    #[error("read {}: {source}", path.display())]
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file holds something else than it should.
    #[error("understand {}: {why}", path.display())]
    Content {
        /// Which one.
        path: PathBuf,
        /// What is wrong with it, and what should be there.
        why: String,
    },
}

/// The cases in `root` and below, at any depth, sorted by path. A folder with a `stdout`, a `stderr` or an `argv.json` is a
/// case; what lies in a case is not searched.
///
/// # Errors
/// When a folder cannot be read, or a case in it.
pub fn cases(root: &Path) -> Result<Vec<Case>, CaseError> {
    if ["stdout", "stderr", "argv.json"].iter().any(|file| root.join(file).is_file()) {
        return Ok(vec![Case::load(root)?]);
    }
    let mut below = Vec::new();
    for path in list(root)? {
        if path.is_dir() {
            below.append(&mut cases(&path)?);
        }
    }
    Ok(below)
}

impl Case {
    /// Reads the case in the folder `dir`.
    ///
    /// # Errors
    /// When a file in it cannot be read or holds something else than it should.
    pub fn load(dir: &Path) -> Result<Self, CaseError> {
        let mut above = dir.ancestors().skip(1).map(file_name);
        let group = above.find(|name| name != "samples").unwrap_or_default();
        let name = file_name(dir);
        let meta = json(&dir.join("meta.json"))?;
        let said = |key: &str| meta.as_ref().and_then(|m| m[key].as_str()).map(str::to_owned);
        Ok(Self {
            shows: shows(dir, said("shows").as_deref())?.or(Hard::from_word(&name)),
            silent: said("silent"),
            repeats: said("repeats"),
            name,
            group,
            tool: said("tool"),
            streams: streams(dir)?,
            argv: argv(dir)?,
            exit_code: exit_code(dir)?,
            expect: expect(dir)?,
            dir: dir.to_owned(),
        })
    }

    /// What was captured, as an extractor's driver takes it.
    #[must_use]
    pub fn captures(&self) -> Captures<'_> {
        match &self.argv {
            Some(argv) => self.text_alone().with_argv(argv.as_slice()),
            None => self.text_alone(),
        }
    }

    /// The same without the command.
    #[must_use]
    pub fn text_alone(&self) -> Captures<'_> {
        self.streams.iter().fold(Captures::new(), |c, (stream, bytes)| c.with(stream.clone(), bytes.as_slice()))
    }

    /// What `extractor` makes of it.
    #[must_use]
    pub fn extract(&self, extractor: &dyn Extractor) -> Extraction {
        extract::run(extractor, &self.captures(), &[])
    }

    /// The bytes of a stream; none when it was not recorded.
    #[must_use]
    pub fn bytes(&self, stream: &Stream) -> &[u8] {
        self.streams.iter().find(|(s, _)| s == stream).map_or(&[], |(_, bytes)| bytes)
    }

    /// The texts of the streams.
    pub fn texts(&self) -> impl Iterator<Item = (&Stream, Text<'_>)> {
        self.streams.iter().map(|(stream, bytes)| (stream, Text::new(bytes)))
    }
}

fn shows(dir: &Path, word: Option<&str>) -> Result<Option<Hard>, CaseError> {
    let Some(word) = word else { return Ok(None) };
    let words = || Hard::ALL.iter().map(|hard| hard.word()).collect::<Vec<_>>().join(", ");
    let unknown =
        || CaseError::Content { path: dir.join("meta.json"), why: format!("`shows` is `{word}`: expected one of {}", words()) };
    Hard::from_word(word).map(Some).ok_or_else(unknown)
}

fn streams(dir: &Path) -> Result<Vec<(Stream, Vec<u8>)>, CaseError> {
    let mut found = Vec::new();
    for path in list(dir)? {
        let stream = match file_name(&path).as_str() {
            "stdout" => Stream::Stdout,
            "stderr" => Stream::Stderr,
            "file" => Stream::File(None),
            other => match other.strip_prefix("file__") {
                Some(name) => Stream::File(Some(Arc::from(name))),
                None => continue,
            },
        };
        found.push((stream, std::fs::read(&path).map_err(|source| CaseError::Io { path, source })?));
    }
    found.sort();
    Ok(found)
}

fn argv(dir: &Path) -> Result<Option<Vec<String>>, CaseError> {
    let path = dir.join("argv.json");
    let Some(value) = json(&path)? else { return Ok(None) };
    let words = value.as_array().and_then(|a| a.iter().map(|w| w.as_str().map(str::to_owned)).collect());
    words.map(Some).ok_or_else(|| CaseError::Content { path, why: "expected an array of strings".to_owned() })
}

fn exit_code(dir: &Path) -> Result<Option<i32>, CaseError> {
    let path = dir.join("exit_code");
    let Some(text) = read(&path)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&text);
    text.trim().parse().map(Some).map_err(|e| CaseError::Content { path, why: format!("`{}`: {e}", text.trim()) })
}

fn expect(dir: &Path) -> Result<Option<Vec<Expected>>, CaseError> {
    let path = dir.join("expect.json");
    let Some(value) = json(&path)? else { return Ok(None) };
    let content = |why: String| CaseError::Content { path: path.clone(), why };
    let entries = value.as_array().ok_or_else(|| content("expected an array of numbers".to_owned()))?;
    let expected =
        entries.iter().enumerate().map(|(i, e)| Expected::from_json(e).map_err(|w| content(format!("entry {i}: {w}"))));
    expected.collect::<Result<_, _>>().map(Some)
}

fn json(path: &Path) -> Result<Option<Value>, CaseError> {
    let Some(text) = read(path)? else { return Ok(None) };
    serde_json::from_slice(&text).map(Some).map_err(|e| CaseError::Content { path: path.to_owned(), why: e.to_string() })
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, CaseError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(CaseError::Io { path: path.to_owned(), source }),
    }
}

fn list(dir: &Path) -> Result<Vec<PathBuf>, CaseError> {
    let io = |source| CaseError::Io { path: dir.to_owned(), source };
    let entries = std::fs::read_dir(dir).map_err(io)?;
    let mut paths = entries.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>().map_err(io)?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(dir: &Path, file: &str, content: &str) {
        std::fs::create_dir_all(dir).unwrap();
        std::fs::write(dir.join(file), content).unwrap();
    }

    #[test]
    fn a_case_is_found_at_any_depth_and_knows_its_format() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("extractors/tool/samples/quick");
        write(&deep, "stdout", "p99 431 us");
        write(&deep, "file__log", "1");
        write(&deep, "argv.json", r#"["tool", "-q"]"#);
        write(&deep, "exit_code", "0\n");
        write(&deep, "meta.json", r#"{"tool": "other", "shows": "wrong-tool"}"#);
        write(&root.path().join("corpus/tool/slow"), "stderr", "");
        let found = cases(root.path()).unwrap();
        assert_eq!(found.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["slow", "quick"]);
        assert_eq!(found.iter().map(|c| c.group.as_str()).collect::<Vec<_>>(), ["tool", "tool"]);
        let quick = &found[1];
        assert_eq!((quick.tool.as_deref(), quick.exit_code), (Some("other"), Some(0)));
        assert_eq!((quick.shows, found[0].shows), (Some(Hard::WrongTool), None));
        assert_eq!(quick.captures().argv().unwrap(), ["tool", "-q"]);
        assert_eq!(quick.bytes(&Stream::File(Some(Arc::from("log")))), b"1");
        assert!(quick.expect.is_none(), "no list is not an empty list");
    }

    #[test]
    fn a_broken_case_names_its_file() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "stdout", "");
        write(root.path(), "expect.json", r#"[{"raw": "1"}]"#);
        let e = cases(root.path()).unwrap_err().to_string();
        assert!(e.contains("expect.json") && e.contains("entry 0"), "{e}");
        write(root.path(), "expect.json", "[]");
        write(root.path(), "meta.json", r#"{"shows": "nothing"}"#);
        let e = cases(root.path()).unwrap_err().to_string();
        assert!(e.contains("meta.json") && e.contains("tool-failed"), "{e}");
    }
}
