//! `prill export`.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use anyhow::{Context as _, anyhow};
use prill_records::Record;
use prill_records::export::{Target, export};
use prill_records::runs::Run;

use crate::args::Export;
use crate::io::Io;
use crate::records;
use crate::status::{Failure, Status};

/// What is written to folders and not to one stream.
const PARQUET: &str = "parquet";

pub(crate) fn run(args: &Export, io: &mut Io<'_>) -> Result<Status, Failure> {
    let root = records::folder(args.dir.as_deref());
    let latest = [PathBuf::from("latest")];
    let names = if args.run.is_empty() { &latest[..] } else { &args.run };
    let runs: Vec<Run> =
        names.iter().map(|name| records::pick(name, &root, io)).collect::<Result<_, _>>().map_err(Failure::usage)?;
    if args.to == PARQUET {
        return to_parquet(args, &runs, io);
    }
    let target = Target::from_str(&args.to).map_err(|e| Failure::usage(anyhow!("{e}, {PARQUET}")))?;
    let mut status = Status::Fine;
    let mut all = Vec::new();
    for run in &runs {
        all.extend(whole(run, &mut status, io));
    }
    match &args.output {
        Some(path) => {
            let failed = || format!("write {}", path.display());
            let file = File::create(path).with_context(failed).map_err(Failure::not_started)?;
            let mut out = BufWriter::new(file);
            let done = export(target, &all, &mut out).and_then(|()| std::io::Write::flush(&mut out));
            done.with_context(failed).map_err(Failure::not_started)?;
        }
        None => export(target, &all, io.out)?,
    }
    Ok(status)
}

/// The records of a run that can be read; of the others it is said.
fn whole(run: &Run, status: &mut Status, io: &mut Io<'_>) -> Vec<Record> {
    let mut records = Vec::new();
    for record in run.read() {
        match record {
            Ok(record) => records.push(record),
            Err(error) => {
                let _ = writeln!(io.err, "warning: failed to {error}");
                *status = Status::NotStarted;
            }
        }
    }
    records
}

#[cfg(feature = "parquet")]
fn to_parquet(args: &Export, runs: &[Run], io: &mut Io<'_>) -> Result<Status, Failure> {
    use prill_records::export::parquet::Writer;

    let folder = folder(args)?;
    let mut status = Status::Fine;
    for run in runs {
        let records = whole(run, &mut status, io);
        let Some(first) = records.first() else { continue };
        // What was named by a folder of its own is not called so in the records.
        let name = &first.identity.run;
        let write = || {
            let mut writer = Writer::create(folder, name, &first.started)?;
            records.iter().try_for_each(|record| writer.push(record))?;
            writer.close()
        };
        let path = write().with_context(|| format!("write Parquet into {}", folder.display())).map_err(Failure::not_started)?;
        writeln!(io.out, "{}", path.display())?;
    }
    Ok(status)
}

#[cfg(not(feature = "parquet"))]
fn to_parquet(args: &Export, _: &[Run], _: &mut Io<'_>) -> Result<Status, Failure> {
    folder(args)?;
    Err(Failure::usage(anyhow!("write Parquet: this prill was built without it; build it with `--features parquet`")))
}

fn folder(args: &Export) -> Result<&Path, Failure> {
    args.output.as_deref().ok_or_else(|| Failure::usage(anyhow!("write Parquet: name the folder for it with --output DIR")))
}
