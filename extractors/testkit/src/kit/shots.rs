use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::{Finding, Kit};
use crate::snapshot;

const REVIEW: &str = "look at the difference above, then `cargo insta review`, or move the .snap.new over the .snap";

/// The samples whose metrics `assert` finds to differ from their snapshots.
pub(super) fn differ(kit: &Kit, assert: &dyn Fn(&str, &str)) -> Vec<Finding> {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder(kit));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    kit.each(|case, extraction| {
        let text = snapshot(case, extraction);
        let same = catch_unwind(AssertUnwindSafe(|| settings.bind(|| assert(&case.name, &text))));
        same.err().map(|_| Finding::new(&case.name, "its snapshot differs, or there is none", REVIEW)).into_iter().collect()
    })
}

/// The snapshots that belong to no sample.
pub(super) fn stale(kit: &Kit) -> Vec<Finding> {
    let files = std::fs::read_dir(folder(kit)).into_iter().flatten().flatten().map(|entry| entry.path());
    let kept = files.filter(|file| file.extension().is_some_and(|extension| extension == "snap"));
    let known = |file: &PathBuf| file.file_stem().is_some_and(|stem| kit.cases.iter().any(|case| stem == case.name.as_str()));
    kept.filter(|file| !known(file))
        .map(|file| Finding::new(file.display().to_string(), "no sample belongs to this snapshot", "delete it"))
        .collect()
}

/// `snapshots/FORMAT` of the workspace: beside its lock file.
fn folder(kit: &Kit) -> PathBuf {
    let samples = std::path::absolute(&kit.folder).unwrap_or_else(|_| kit.folder.clone());
    let root = samples.ancestors().find(|above| above.join("Cargo.lock").is_file()).map(Path::to_owned);
    root.unwrap_or(samples).join("snapshots").join(kit.extractor().name())
}
