//! A new output format: a crate, or a TOML file.
//!
//! - [`Home`]: where the crate goes; [`extractor`], [`extractor_from`]: making it
//! - `propose`: a format out of an output; `from`: what is written of it, and said

mod expect;
mod files;
mod from;
mod made_up;
mod propose;

use std::path::PathBuf;

use anyhow::{Result, anyhow};

use crate::args::NewExtractor;
use crate::extract;
use crate::formats_file;
use crate::io::Io;
use crate::status::{Failure, Status};

pub use files::Home;
pub use from::{Proposed, extractor_from};

/// What another tool prints: no format may find a number in it.
const STRANGER: &str =
    "total 8\n-rw-r--r-- 1 root root  220 Mar 29  2024 .bash_logout\n-rw-r--r-- 1 root root 3526 Mar 29  2024 .bashrc\n";

/// Makes the crate `prill-extract-NAME`: a format that reads an output which is made up, the tests that every format has, and
/// one that fails and says what to do next.
///
/// # Errors
/// When `name` is no name of a format, the folder exists, the sources of prill are not found, or a file cannot be written.
pub fn extractor(name: &str, home: &Home) -> Result<()> {
    files::check_name(name)?;
    files::write(name, home, made_up::parts())
}

pub(crate) fn run(args: &NewExtractor, files: &[PathBuf], io: &mut Io<'_>) -> Result<Status, Failure> {
    let name = &args.name;
    let registry = formats_file::registry(files)?;
    if let Some(place) = registry.place(name) {
        let taken = anyhow!("make a format called `{name}`: there is one, registered by {place}; take another name");
        return Err(Failure::usage(taken));
    }
    files::check_name(name).map_err(Failure::usage)?;
    let default = if args.toml { format!("{name}.toml") } else { format!("prill-extract-{name}") };
    let path = args.path.clone().unwrap_or_else(|| PathBuf::from(default));
    let home = Home::Own { dir: path.clone(), prill: args.prill_path.clone() };
    let Some(from) = &args.from else {
        extractor(name, &home).map_err(Failure::usage)?;
        writeln!(io.out, "made {}; its tests say what to do next: cd {} && cargo test", path.display(), path.display())?;
        return Ok(Status::Fine);
    };
    let bytes = extract::read_file(from, io)?;
    let output = from::Output { bytes: &bytes, stream: extract::by_name(from), shown: from };
    from::warn_of_known(&output, &registry, io)?;
    let proposed = if args.toml { from::toml(name, &path, &output) } else { from::in_crate(name, &home, &output) };
    let proposed = proposed.map_err(Failure::usage)?;
    proposed.say(io.out, &path, from, args.toml)?;
    Ok(Status::Fine)
}
