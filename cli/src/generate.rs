//! Completions and manual pages.

use anyhow::anyhow;
use clap::CommandFactory as _;

use crate::args::{Args, Completions, Man};
use crate::io::Io;
use crate::status::{Failure, Status};

pub(crate) fn completions(args: &Completions, io: &mut Io<'_>) -> Result<Status, Failure> {
    // Generated to memory first: the generator panics where a stream fails.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "prill", &mut script);
    io.out.write_all(&script)?;
    Ok(Status::Fine)
}

pub(crate) fn man(args: &Man, io: &mut Io<'_>) -> Result<Status, Failure> {
    let mut command = Args::command();
    command.build();
    for name in &args.command {
        let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
        let unknown = || Failure::usage(anyhow!("find a manual page for `{name}`; there are {}", names.join(", ")));
        command = command.find_subcommand(name).ok_or_else(unknown)?.clone();
    }
    clap_mangen::Man::new(command).render(io.out)?;
    Ok(Status::Fine)
}
