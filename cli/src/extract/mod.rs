//! `prill extract`.

mod input;

pub(crate) use input::read;

use std::path::PathBuf;

use prill_core::{Extraction, OutputFormat};

use crate::args::Extract;
use crate::formats_file;
use crate::io::Io;
use crate::status::{Failure, Status};
use crate::{json, table};

pub(crate) fn run(args: &Extract, files: &[PathBuf], io: &mut Io<'_>) -> Result<Status, Failure> {
    let registry = formats_file::registry(files)?;
    let captured = read(&args.sources, &registry, io)?;
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

/// Whether the format gave what it should have given.
pub(crate) fn status(extraction: &Extraction) -> Status {
    let numberless = extraction.format == OutputFormat::EXIT_CODE.name();
    if extraction.metrics.is_empty() && !numberless { Status::NoMetrics } else { Status::Fine }
}
