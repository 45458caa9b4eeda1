use std::path::Path;

use prill_records::Recovery;

use super::folder;
use crate::args::Recover;
use crate::io::Io;
use crate::status::{Failure, Status};

/// `prill recover`.
pub(crate) fn recover(args: &Recover, io: &mut Io<'_>) -> Result<Status, Failure> {
    let Recovery { records, failed } = recovered(&folder(args.dir.as_deref()));
    for path in &records {
        writeln!(io.out, "{}", path.display())?;
    }
    for error in &failed {
        let _ = writeln!(io.err, "warning: failed to {error}");
    }
    if records.is_empty() && failed.is_empty() {
        let _ = writeln!(io.err, "nothing to recover: no process died before it closed its record");
    }
    Ok(if failed.is_empty() { Status::Fine } else { Status::NotStarted })
}

/// Recovers what there is, and says so.
pub(crate) fn say(root: &Path, io: &mut Io<'_>) {
    let Recovery { records, failed } = recovered(root);
    for path in records {
        let _ = writeln!(io.err, "note: a process died; its record is {}", path.display());
    }
    for error in failed {
        let _ = writeln!(io.err, "warning: failed to {error}");
    }
}

fn recovered(root: &Path) -> Recovery {
    let mut all = Recovery::default();
    for live in prill_records::folder::lives(root) {
        let Recovery { records, failed } = prill_records::recover(&live);
        all.records.extend(records);
        all.failed.extend(failed);
    }
    all
}
