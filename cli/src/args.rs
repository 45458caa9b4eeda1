//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

const EXIT_STATUS: &str = "\
Exit status:
  0    fine
  1    a check or the payload failed, timed out or was inconclusive
  2    bad usage
  3    the format should have given metrics and gave none (the diagnostics say why)
  4    could not start the payload, or not keep the result
  130  interrupted

Results go to stdout, everything else that is said to stderr.";

/// Turns any benchmark program into a test: runs it, reads its numbers, judges them.
#[derive(Debug, Parser)]
#[command(name = "prill", version, after_help = EXIT_STATUS, disable_help_subcommand = true)]
pub(crate) struct Args {
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        hide_possible_values = true,
        help = "When to use colours: auto, always or never"
    )]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Extract(Extract),
    Explain(Explain),
    Formats(Formats),
    /// Make the skeleton of something new
    #[command(subcommand)]
    New(New),
    Completions(Completions),
    Man(Man),
}

/// Read the metrics out of a captured output
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Print one JSON object instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}

/// Show a captured output with every extracted number marked and named
///
/// Numbers that are no metric are dim. Diagnostics stand where they belong.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) sources: Sources,
}

/// What was captured, and how to read it.
#[derive(Debug, clap::Args)]
pub(crate) struct Sources {
    /// Read it as this format; see `prill formats`
    #[arg(
        long = "as",
        value_name = "FORMAT",
        default_value = "auto",
        help = "Read it as this format, one of `prill formats`; auto takes the one that recognises it best"
    )]
    pub(crate) format: String,
    /// What the program printed to its standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) stdout: Option<PathBuf>,
    /// What the program printed to its standard error
    #[arg(long, value_name = "FILE")]
    pub(crate) stderr: Option<PathBuf>,
    /// A file that the program wrote
    #[arg(long, value_name = "FILE")]
    pub(crate) output_file: Vec<PathBuf>,
    /// The program's exit code
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) exit_code: Option<i32>,
    /// The program and its arguments: a file with a JSON array of strings
    #[arg(long, value_name = "FILE")]
    pub(crate) argv: Option<PathBuf>,
    /// The output, from whichever stream the format reads; `-`, or nothing in a pipe, is the standard input
    #[arg(value_name = "FILE", conflicts_with_all = ["stdout", "stderr"])]
    pub(crate) file: Option<PathBuf>,
}

/// List the output formats that can be read
#[derive(Debug, clap::Args)]
pub(crate) struct Formats {
    /// Say where each one is registered
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum New {
    Extractor(NewExtractor),
}

/// Make a crate for a new output format
#[derive(Debug, clap::Args)]
pub(crate) struct NewExtractor {
    /// The format's name, lower case, such as mybench
    pub(crate) name: String,
    /// The folder of the new crate; it must not exist
    #[arg(
        long,
        value_name = "DIR",
        help = "The folder of the new crate, which must not exist yet [default: ./prill-extract-NAME]"
    )]
    pub(crate) path: Option<PathBuf>,
    /// Use the prill sources in this folder instead of the published crates
    #[arg(long, value_name = "DIR")]
    pub(crate) prill_path: Option<PathBuf>,
}

/// Print the completions for a shell
#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// Print a manual page (roff): `prill man | man -l -`
#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// The subcommand; without it, the page of prill itself
    pub(crate) command: Vec<String>,
}

/// Arguments as text, which is what payloads take.
pub(crate) fn text(arg: &OsString) -> anyhow::Result<String> {
    arg.to_str().map(str::to_owned).ok_or_else(|| anyhow::anyhow!("pass the argument {}: it is not UTF-8", arg.display()))
}
