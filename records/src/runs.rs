//! Which runs there are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::folder::{Facts, RECORD};
use crate::model::Record;
use crate::reading::{ReadError, read};

/// A run folder with its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where it is.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// What its records have in common.
    pub facts: Facts,
    /// The files of its records, sorted.
    pub records: Vec<PathBuf>,
}

impl Run {
    /// The run in a folder.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn at(path: &Path) -> io::Result<Self> {
        let mut records = Vec::new();
        // A folder for each program; or the folder of all runs, with one more above.
        collect(path, 3, &mut records)?;
        // `t` before `t.2`, whatever comes after both.
        records.sort_by(|a, b| stem(a).cmp(stem(b)));
        let facts = fs::read(path.join("run.json")).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let name = fs::canonicalize(path)?.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { path: path.to_owned(), name, facts: facts.unwrap_or_default(), records })
    }

    /// Reads its records, one after the other.
    pub fn read(&self) -> impl Iterator<Item = Result<Record, ReadError>> + '_ {
        self.records.iter().map(|path| read(path))
    }

    /// When it began; by the folder where nothing says it.
    #[must_use]
    pub fn started(&self) -> Option<SystemTime> {
        let said = humantime::parse_rfc3339(&self.facts.started).ok();
        said.or_else(|| fs::metadata(&self.path).and_then(|metadata| metadata.modified()).ok())
    }
}

fn stem(record: &Path) -> &str {
    let path = record.to_str().unwrap_or_default();
    path.strip_suffix(RECORD).unwrap_or(path)
}

/// Records below `folder`: raw output and temporary files are passed over.
fn collect(folder: &Path, depth: usize, records: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            if depth > 1 && !name.starts_with('.') {
                collect(&entry.path(), depth - 1, records)?;
            }
        } else if name.ends_with(RECORD) && !name.starts_with('.') {
            records.push(entry.path());
        }
    }
    Ok(())
}

/// The runs below `root`, the oldest first; none where it is not there.
///
/// # Errors
/// When a folder cannot be read.
pub fn runs(root: &Path) -> io::Result<Vec<Run>> {
    let entries = match fs::read_dir(root) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
            all.push(Run::at(&entry.path())?);
        }
    }
    all.sort_by(|a, b| (a.started(), &a.name).cmp(&(b.started(), &b.name)));
    Ok(all)
}

/// What stays when runs are removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// The newest so many runs.
    pub newest: Option<usize>,
    /// Those that began less than this ago.
    pub younger: Option<Duration>,
}

/// The runs that `keep` does not keep: those that miss every bound that is given. Without a bound there are none.
#[must_use]
pub fn beyond(runs: &[Run], keep: Keep, now: SystemTime) -> Vec<&Run> {
    let newest = |index: usize| keep.newest.is_some_and(|count| runs.len() - index <= count);
    let younger = |run: &Run| {
        let age = run.started().and_then(|started| now.duration_since(started).ok()).unwrap_or_default();
        keep.younger.is_some_and(|limit| age < limit)
    };
    let bounded = keep.newest.is_some() || keep.younger.is_some();
    runs.iter().enumerate().filter(|(index, run)| bounded && !newest(*index) && !younger(run)).map(|(_, run)| run).collect()
}

/// Removes the folder of a run, and the name that processes agreed on for it.
///
/// # Errors
/// When something of it cannot be removed.
pub fn remove(root: &Path, run: &Run) -> io::Result<()> {
    fs::remove_dir_all(&run.path)?;
    for link in fs::read_dir(root.join(".runs")).into_iter().flatten().flatten() {
        if fs::read_link(link.path()).is_ok_and(|to| to == Path::new(&run.name)) {
            fs::remove_file(link.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(name: &str, started: &str) -> Run {
        let facts = Facts { started: started.to_owned(), ..Facts::default() };
        Run { path: name.into(), name: name.to_owned(), facts, records: vec![] }
    }

    #[test]
    fn a_run_goes_only_when_no_bound_keeps_it() {
        let runs: Vec<Run> = (1..=4).map(|day| run(&day.to_string(), &format!("2026-11-0{day}T00:00:00Z"))).collect();
        let now = humantime::parse_rfc3339("2026-11-05T00:00:00Z").unwrap();
        let days = |n: u64| Some(Duration::from_secs(n * 86_400 + 1));
        let gone = |newest, younger| {
            let gone = beyond(&runs, Keep { newest, younger }, now);
            gone.iter().map(|run| run.name.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(gone(None, None), "");
        assert_eq!(gone(Some(1), None), "1 2 3");
        assert_eq!(gone(Some(9), None), "");
        assert_eq!(gone(None, days(2)), "1 2");
        assert_eq!(gone(Some(3), days(2)), "1");
        assert_eq!(gone(Some(0), None), "1 2 3 4");
    }
}
