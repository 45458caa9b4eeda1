//! From the arguments to the exit status.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::args::{Args, Color, Command, New, RunsCommand};
use crate::io::{Io, with_standard};
use crate::status::{Failure, Status};
use crate::style::Palette;
use crate::{doctor, explain, export, extract, formats, generate, new, payloads, records, run};

/// The whole `prill` command: arguments, streams and exit status are this process's.
///
/// The exit status is 0 when all is well, 1 when a check or the payload failed, timed out or was inconclusive, 2 for bad usage, 3
/// when the format should have given metrics and gave none, 4 when the payload could not be started or its result not be
/// kept, and 130 when it was interrupted.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::from(with_standard(|io| main_with(std::env::args_os(), io)))
}

/// The same with other arguments, the program's name first, and other streams; gives the exit status.
pub fn main_with<A: Into<OsString>>(args: impl IntoIterator<Item = A>, io: &mut Io<'_>) -> u8 {
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    let status = match parse(&args) {
        Ok(parsed) => dispatch(&parsed, &args, io),
        Err(e) => say_usage(&e, io),
    };
    let status = match io.out.flush() {
        Ok(()) => status,
        Err(e) => report(&e.into(), io),
    };
    status as u8
}

fn parse(args: &[OsString]) -> Result<Args, clap::Error> {
    let mut command = Args::command();
    let matches = command.try_get_matches_from_mut(args)?;
    Args::from_arg_matches(&matches).map_err(|e| e.format(&mut command))
}

fn dispatch(parsed: &Args, raw: &[OsString], io: &mut Io<'_>) -> Status {
    if parsed.color != Color::Auto {
        io.out_look.colour = parsed.color == Color::Always;
        io.err_look.colour = parsed.color == Color::Always;
    }
    let files = parsed.format_file.as_slice();
    let done = match &parsed.command {
        Command::Run(args) => run::run(args, files, raw, io),
        Command::Extract(args) => extract::run(args, files, io),
        Command::Explain(args) => explain::run(args, files, io),
        Command::Formats(args) => formats::run(args, files, io),
        Command::Payloads(args) => payloads::run(args, files, io),
        Command::Runs(args) => match &args.command {
            None => records::list(args, io),
            Some(RunsCommand::Prune(args)) => records::prune(args, io),
        },
        Command::Show(args) => records::show(args, io),
        Command::Export(args) => export::run(args, io),
        Command::Recover(args) => records::recover(args, io),
        Command::New(New::Extractor(args)) => new::run(args, files, io),
        Command::Doctor(args) => doctor::run(args, io),
        Command::Completions(args) => generate::completions(args, io),
        Command::Man(args) => generate::man(args, io),
    };
    done.unwrap_or_else(|failure| report(&failure, io))
}

fn report(failure: &Failure, io: &mut Io<'_>) -> Status {
    let bad = Palette::new(io.err_look.colour).bad;
    let _ = writeln!(io.err, "{bad}error{bad:#}: failed to {:#}", failure.error);
    failure.status
}

/// Help and version are results; anything else that clap says is an error.
fn say_usage(error: &clap::Error, io: &mut Io<'_>) -> Status {
    let said = error.render();
    let (to, look): (&mut dyn std::io::Write, _) = if error.use_stderr() { (io.err, io.err_look) } else { (io.out, io.out_look) };
    let written = if look.colour { write!(to, "{}", said.ansi()) } else { write!(to, "{said}") };
    match (error.use_stderr(), written) {
        (true, _) => Status::Usage,
        (false, Ok(())) => Status::Fine,
        (false, Err(e)) => report(&e.into(), io),
    }
}
