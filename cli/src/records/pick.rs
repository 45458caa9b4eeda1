use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use prill_records::folder::RECORD;
use prill_records::runs::{Run, runs};

use super::say;
use crate::io::Io;

/// The folder of the runs: the one that was named, else the one that this process would record into.
pub(crate) fn folder(named: Option<&Path>) -> PathBuf {
    named.map_or_else(prill_records::folder::root, Path::to_owned)
}

/// Whether a path is one of a record.
pub(crate) fn is_record(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(RECORD))
}

/// Whether a name that is no path may be one of a run below `root`.
pub(crate) fn is_named(name: &Path, root: &Path) -> bool {
    let wanted = name.to_string_lossy();
    wanted == "latest" || runs(root).is_ok_and(|all| all.iter().any(|run| run.name.contains(&*wanted)))
}

/// The run that `name` means: a run folder, a record, `latest`, or a name or a part of one below `root`. What can be recovered there is
/// recovered first.
pub(crate) fn pick(name: &Path, root: &Path, io: &mut Io<'_>) -> Result<Run> {
    say(if name.is_dir() { name } else { root }, io);
    if is_record(name) && name.is_file() {
        let folder = name.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let run = Run::at(folder).with_context(|| format!("list {}", folder.display()))?;
        return Ok(Run { records: vec![name.to_owned()], ..run });
    }
    if name.is_dir() {
        return Run::at(name).with_context(|| format!("list {}", name.display()));
    }
    let all = runs(root).with_context(|| format!("list the runs in {}", root.display()))?;
    let wanted = name.to_string_lossy();
    if wanted == "latest" {
        let latest = all.into_iter().next_back();
        return latest.ok_or_else(|| anyhow!("find a run in {}: nothing was recorded there yet", root.display()));
    }
    let (exact, mut like): (Vec<Run>, Vec<Run>) =
        all.into_iter().filter(|run| run.name.contains(&*wanted)).partition(|run| run.name == *wanted);
    match (exact.into_iter().next(), like.len()) {
        (Some(run), _) => Ok(run),
        (None, 1) => Ok(like.remove(0)),
        (None, 0) => {
            bail!("find the run {wanted}: there is no such folder, and none in {} (`prill runs` lists them)", root.display())
        }
        (None, _) => {
            let names: Vec<&str> = like.iter().map(|run| &*run.name).collect();
            bail!("tell which run {wanted} is: {}", names.join(", "))
        }
    }
}
