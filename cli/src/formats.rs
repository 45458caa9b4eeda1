//! `prill formats`.

use std::path::PathBuf;

use prill_core::Streams;

use crate::args::Formats;
use crate::formats_file;
use crate::io::Io;
use crate::status::{Failure, Status};
use crate::style::Palette;

pub(crate) fn run(args: &Formats, files: &[PathBuf], io: &mut Io<'_>) -> Result<Status, Failure> {
    let registry = formats_file::registry(files)?;
    let Palette { strong, dim, .. } = Palette::new(io.out_look.colour);
    let wide = registry.names().map(str::len).max().unwrap_or_default();
    for format in registry.iter() {
        let name = format.name();
        writeln!(io.out, "{strong}{name:wide$}{strong:#}  {:19}  {}", streams(format.streams()), format.summary())?;
        let place = registry.place(name).unwrap_or_default();
        if place.ends_with(".toml") {
            writeln!(io.out, "{dim}{:wide$}  described by {place}{dim:#}", "")?;
        } else if args.verbose {
            writeln!(io.out, "{dim}{:wide$}  registered by {place}{dim:#}", "")?;
        }
    }
    Ok(Status::Fine)
}

fn streams(streams: Streams) -> &'static str {
    match streams {
        Streams::Stdout => "stdout",
        Streams::Stderr => "stderr",
        Streams::StdoutThenStderr => "stdout, else stderr",
        Streams::Each => "stdout and stderr",
    }
}
