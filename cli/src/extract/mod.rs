//! `prill extract`.

mod input;

pub(crate) use input::{bare, by_name, read, read_file};

use std::path::{Path, PathBuf};

use prill_core::extract::Recognition;
use prill_core::{Extraction, OutputFormat};
use prill_records::json;
use prill_records::runs::Run;

use crate::args::Extract;
use crate::formats_file;
use crate::io::Io;
use crate::status::{Failure, Status};
use crate::{archive, records, table};

pub(crate) fn run(args: &Extract, files: &[PathBuf], io: &mut Io<'_>) -> Result<Status, Failure> {
    let registry = formats_file::registry(files)?;
    if let Some(run) = kept(args, io)? {
        return records::extract(&run, args, &registry, io);
    }
    if let Some(file) = args.sources.file.as_ref().filter(|file| archive::is_archive(file) || args.to.is_some()) {
        return archive::extract(file, args, &registry, io);
    }
    let captured = read(&args.sources, &registry, io)?;
    if args.verbose {
        say(captured.recognise(&registry).as_ref(), io);
    }
    let extraction = captured.extract(&registry)?;
    if args.json {
        json::extraction(io.out, &extraction, args.sources.exit_code, |_| {})?;
    } else {
        table::metrics(io.out, io.out_look, &extraction.metrics)?;
        io.out.flush()?;
        table::diagnostics(io.err, io.err_look, extraction.diagnostics.iter());
    }
    Ok(status(&extraction))
}

/// The run whose raw output is to be read again, where the argument is one.
fn kept(args: &Extract, io: &mut Io<'_>) -> Result<Option<Run>, Failure> {
    let Some(file) = &args.sources.file else { return Ok(None) };
    // A pipe is an output too: `prill extract <(command)`.
    let is_output = file.exists() && !file.is_dir() || file == Path::new("-");
    if is_output && !records::is_record(file) {
        return Ok(None);
    }
    let root = records::folder(None);
    if !file.exists() && !records::is_named(file, &root) {
        return Ok(None);
    }
    let run = records::pick(file, &root, io).map_err(Failure::usage)?;
    // Any other folder holds outputs.
    Ok(Some(run).filter(|run| !run.records.is_empty() || !file.is_dir()))
}

/// Says which formats the output may be of, the best first.
fn say(recognition: Option<&Recognition>, io: &mut Io<'_>) {
    let Some(recognition) = recognition else { return };
    let best = recognition.best().len();
    for (index, candidate) in recognition.candidates().iter().enumerate() {
        let role = match (index < best, best) {
            (true, 1) => "read as",
            (true, _) => "tied",
            (false, _) => "not taken",
        };
        let _ = writeln!(io.err, "{role}: {candidate}");
    }
}

/// Whether the format gave what it should have given.
pub(crate) fn status(extraction: &Extraction) -> Status {
    let numberless = extraction.format == OutputFormat::EXIT_CODE.name();
    if extraction.metrics.is_empty() && !numberless { Status::NoMetrics } else { Status::Fine }
}
