//! `prill extract` over many files: folders, archives, and files that are compressed.
//!
//! - [`Source`]: files one after the other, from wherever they are; [`unpack`]: what is compressed
//! - [`work`]: all cores read and extract; one thread writes, in the order of the files
//! - [`Sink`]: JSON lines, CSV or Parquet
//!
//! Memory is bounded by a window of batches between the first that is not written yet and the last that is being read. A file
//! that cannot be read, or gives nothing, is one line on stderr.

mod sink;
mod source;
mod unpack;
mod work;

use std::path::Path;

use prill_core::Registry;

use crate::args::Extract;
use crate::io::Io;
use crate::status::{Failure, Status};

use sink::Sink;
use source::Source;

/// Whether `path` holds files: a folder, or an archive by its name.
pub(crate) fn is_archive(path: &Path) -> bool {
    path.is_dir() || unpack::is_tar(path)
}

/// Extracts every file of `path`.
pub(crate) fn extract(path: &Path, args: &Extract, registry: &Registry, io: &mut Io<'_>) -> Result<Status, Failure> {
    if args.sources.format != prill_core::OutputFormat::AUTO.name() {
        registry.get(&args.sources.format)?;
    }
    let mut source = Source::open(path).map_err(Failure::usage)?;
    let mut sink = Sink::open(args, path)?;
    let tally = work::all(&mut source, &mut sink, args, registry, io)?;
    sink.close(io)?;
    let _ = writeln!(io.err, "{tally}");
    Ok(tally.status())
}
