//! `prill formats`.

use prill_core::{Registry, Streams};

use crate::args::Formats;
use crate::io::Io;
use crate::status::{Failure, Status};
use crate::style::Palette;

pub(crate) fn run(args: &Formats, io: &mut Io<'_>) -> Result<Status, Failure> {
    let registry = Registry::linked()?;
    let Palette { strong, dim, .. } = Palette::new(io.out_look.colour);
    let wide = registry.names().map(str::len).max().unwrap_or_default();
    for format in registry.iter() {
        let name = format.name();
        writeln!(io.out, "{strong}{name:wide$}{strong:#}  {:19}  {}", streams(format.streams()), format.summary())?;
        if args.verbose {
            let place = registry.place(name).unwrap_or_default();
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
