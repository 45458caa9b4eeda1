//! `prill explain`: the raw text, with every number explained.
//!
//! - [`report`]: everything there is to show
//! - [`facts`]: what is known of the bytes of a stream; [`claim`]: how a metric is said
//! - [`line`]: the lines of a stream, and what of them is shown; [`glyph`]: what their characters look like
//! - [`sections`]: the labels that many lines in a row share; [`reasons`]: why numbers are no metrics
//! - [`terminal`]: the text with notes beside it; [`html`]: the same as a page
//! - [`coverage`]: how many of the numbers are explained, and which are not

mod claim;
mod coverage;
mod facts;
mod glyph;
mod html;
mod line;
mod reasons;
mod report;
mod sections;
mod terminal;

use std::path::PathBuf;

use crate::args::Explain;
use crate::extract::{read, status};
use crate::formats_file;
use crate::io::Io;
use crate::status::{Failure, Status};

use report::Report;

pub(crate) fn run(args: &Explain, files: &[PathBuf], io: &mut Io<'_>) -> Result<Status, Failure> {
    let registry = formats_file::registry(files)?;
    let captured = read(&args.sources, &registry, io)?;
    let extraction = captured.extract(&registry)?;
    let report = Report::new(&extraction, captured.read_by(&extraction), &args.sources);
    if let Some(path) = &args.html {
        html::write(path, io.out, &report)?;
    }
    if args.json {
        coverage::json(io.out, &report)?;
    } else if args.coverage {
        coverage::print(io, &report)?;
    } else if args.html.is_none() {
        terminal::print(io.out, io.out_look, &report)?;
    }
    Ok(status(&extraction))
}
