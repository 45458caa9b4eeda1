use std::time::SystemTime;

use anyhow::{Context as _, anyhow};
use prill_records::runs::{Keep, beyond, remove, runs};

use super::folder;
use crate::args::Prune;
use crate::io::Io;
use crate::status::{Failure, Status};

/// `prill runs prune`.
pub(crate) fn prune(args: &Prune, io: &mut Io<'_>) -> Result<Status, Failure> {
    let root = folder(args.dir.as_deref());
    let keep = Keep { newest: args.keep, younger: args.older_than };
    if keep == Keep::default() {
        return Err(Failure::usage(anyhow!("prune: say what stays, with --keep N, --older-than AGE, or both")));
    }
    // A record of a test that died belongs to its run before that is thrown away.
    super::say(&root, io);
    let all = runs(&root).with_context(|| format!("list the runs in {}", root.display())).map_err(Failure::usage)?;
    let gone = beyond(&all, keep, SystemTime::now());
    let count = gone.len();
    for run in gone {
        if !args.dry_run {
            remove(&root, run).with_context(|| format!("remove {}", run.path.display())).map_err(Failure::not_started)?;
        }
        writeln!(io.out, "{}", run.path.display())?;
    }
    let done = if args.dry_run { "would be removed" } else { "removed" };
    let _ = writeln!(io.err, "{count} of {} runs {done}", all.len());
    Ok(Status::Fine)
}
