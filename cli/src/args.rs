//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};
use prill_core::{Quantity, Unit};

use crate::duration;

const EXIT_STATUS: &str = "\
Exit status:
  0    fine
  1    a check or the payload failed, timed out or was inconclusive
  2    bad usage
  3    the format should have given metrics and gave none (the diagnostics say why)
  4    could not start the payload, or not keep the result
  130  interrupted

Results go to stdout, everything else that is said to stderr.";

const FORMAT_FILE: &str = "\
Know the output format that this TOML file describes too; can be given several times. Those that the nearest prill.toml names, \
searched upwards from the working directory, and those in the folder prill/formats of the user's configuration are known \
without it.";

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
    /// Read a format from this TOML file too; can be given several times
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help = "Know the output format that this TOML file describes too; can be given several times",
        long_help = FORMAT_FILE
    )]
    pub(crate) format_file: Vec<PathBuf>,
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
    Run(Box<Run>),
    Extract(Extract),
    Explain(Explain),
    Runs(Runs),
    Show(Show),
    Recover(Recover),
    Export(Export),
    Formats(Formats),
    Payloads(Payloads),
    Doctor(Doctor),
    /// Make the skeleton of something new
    #[command(subcommand)]
    New(New),
    Completions(Completions),
    Man(Man),
}

const RUN_USAGE: &str = "prill run [OPTIONS] PAYLOAD [ARGS]...\n       prill run [OPTIONS] -- COMMAND [ARGS]...";

const RUN_EXAMPLES: &str = "\
Examples:
  prill run pingpong
  prill run --check 'wakeup.latency.p99 < 500us' schbench -r 10
  prill run --repeat 5 --timeout 2m --json -- ./mybench --size 4k

Checks:
  'iops{op=read} >= 50k'  'clat.p99{op=read} in 1ms..5ms'  'each wakeup.latency.max < 100us'
  'exit == 0'  'exists retransmits'  'max(clat.p99) <= 5ms'  'usage.rss.max < 1GiB'
  Inclusive are <=, >= and in. A payload that exits with another code than 0 fails, unless a check asks for that code.

Interrupted (Ctrl-C), prill passes the signal on, shows what came, and exits with 130; a second one kills the payload.

What was measured is recorded, with the raw output: `prill runs` lists the records, `prill show` prints the latest.";

/// Run a payload, read its metrics, judge them
///
/// PAYLOAD is one of `prill payloads`; after `--` stands any program. What follows is the payload's own, options too: those
/// of prill come first. With --repeat the table shows the median, the least and the greatest value of each metric; with
/// --json each run prints one object on a line of its own, the moment it ends.
#[derive(Debug, clap::Args)]
#[command(override_usage = RUN_USAGE, after_help = EXIT_STATUS, after_long_help = format!("{RUN_EXAMPLES}\n\n{EXIT_STATUS}"))]
pub(crate) struct Run {
    /// Read the output as this format, one of `prill formats`, instead of the payload's own; auto takes the one that
    /// recognises it best, which is what is done for any program
    #[arg(long = "as", value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// What has to hold; can be given several times
    #[arg(long, value_name = "EXPR")]
    pub(crate) check: Vec<String>,
    /// Kill the payload after this time: 500ms, 30s, 2m; a bare number is in seconds
    #[arg(long, value_name = "D", value_parser = duration::parse)]
    pub(crate) timeout: Option<Duration>,
    /// How long the payload may take to end upon SIGTERM before it is killed
    #[arg(long, value_name = "D", value_parser = duration::parse, default_value = "2s")]
    pub(crate) kill_grace: Duration,
    /// Run it in this cgroup, below that of prill itself
    #[arg(long, value_name = "C")]
    pub(crate) cgroup: Option<String>,
    /// Run it N times, each judged for itself
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) repeat: u32,
    /// Print one JSON object a run instead of a table
    #[arg(long)]
    pub(crate) json: bool,
    /// Keep no record
    #[arg(long)]
    pub(crate) no_record: bool,
    /// Keep at most this much of each raw stream in the record, half from its head and half from its tail
    #[arg(long, value_name = "SIZE", value_parser = bytes, default_value = "32MiB")]
    pub(crate) record_limit: usize,
    /// Say in the record what is varied from one run to the next; can be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    pub(crate) parameter: Vec<(String, String)>,
    /// Set a variable of the payload's environment; can be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    pub(crate) env: Vec<(String, String)>,
    /// Run it in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) cwd: Option<PathBuf>,
    /// What it reads on its standard input, where it finds nothing else; `-` is that of prill
    #[arg(long, value_name = "FILE")]
    pub(crate) stdin: Option<PathBuf>,
    /// Let it run on these CPUs only: 0-3,8
    #[arg(long, value_name = "CPUS")]
    pub(crate) affinity: Option<Cpus>,
    /// Its nice value, -20 to 19
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(-20..=19))]
    pub(crate) nice: Option<i32>,
    /// Run it once before, for at most this long, and throw that result away
    #[arg(long, value_name = "D", value_parser = duration::parse)]
    pub(crate) warmup: Option<Duration>,
    /// A run that ends by itself sooner is inconclusive
    #[arg(long, value_name = "D", value_parser = duration::parse)]
    pub(crate) min_duration: Option<Duration>,
    /// Keep at most this much of each output stream, half from its head and half from its tail: 64MiB
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub(crate) output_limit: Option<usize>,
    /// Read this file too, which the payload writes; can be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) output_file: Vec<PathBuf>,
    /// Judge the metrics of a run that was cut short like those of a whole one
    #[arg(long)]
    pub(crate) allow_partial: bool,
    /// Leave out the payload's default arguments
    #[arg(long)]
    pub(crate) no_default_args: bool,
    /// Leave out the payload's default checks
    #[arg(long)]
    pub(crate) no_default_checks: bool,
    /// The payload and its own arguments; options of prill come before it
    #[arg(required = true, value_name = "PAYLOAD", trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) payload: Vec<OsString>,
}

/// Read the metrics out of a captured output, or of many
///
/// FILE may be a folder, or an archive (.tar, .tar.gz, .tar.zst): each file in it is an output, on all CPUs, and each gives one line
/// of JSON with its name as `file`. A file without metrics is a line on stderr, and exit status 3 in the end. Files may be
/// compressed by gzip or Zstandard.
///
/// FILE may be a run of `prill runs`, its folder or a record: the raw output that was kept is read again.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Say on stderr which formats recognise the output, and by what
    #[arg(long, short)]
    pub(crate) verbose: bool,
    /// Print one JSON object instead of a table
    #[arg(long)]
    pub(crate) json: bool,
    /// Of a folder or an archive: write jsonl (the default), csv, or parquet where prill was built with it
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to: Option<String>,
    /// With --to: write into this file; for parquet, below this folder
    #[arg(long, short, value_name = "PATH", requires = "to")]
    pub(crate) output: Option<PathBuf>,
    /// Of a folder or an archive: how many files are read at a time; as many as there are CPUs without it
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZero<usize>>,
}

/// Show a captured output with every number explained
///
/// Each number that became a metric is marked, with the metric's name, value in its unit, and direction beside it or below.
/// Other numbers are dim, with the reason where they are ignored on purpose. Diagnostics stand where they belong.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_STATUS)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Write it as a page into this file, which needs no other file; `-` is the standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Count the numbers that are claimed, ignored and unexplained instead, and list the last with their places
    #[arg(long)]
    pub(crate) coverage: bool,
    /// Print the coverage as one JSON object
    #[arg(long, requires = "coverage")]
    pub(crate) json: bool,
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

/// List the runs that were recorded
///
/// Records of tests that died are made first, out of what they had emitted. Nothing is removed, unless `prill runs prune` says so.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Runs {
    #[command(subcommand)]
    pub(crate) command: Option<RunsCommand>,
    /// The folder of the runs
    #[arg(long, value_name = "DIR", help = DIR, long_help = DIR_LONG)]
    pub(crate) dir: Option<PathBuf>,
    /// Print one JSON object a run instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}

const DIR: &str = "The folder of the runs, where it is not that of this project";
const DIR_LONG: &str = "The folder of the runs. Without it, prill in the target folder of the cargo workspace around the working \
directory; outside of any, prill/runs in the user's state folder.";

#[derive(Debug, Subcommand)]
pub(crate) enum RunsCommand {
    Prune(Prune),
}

/// Remove runs that are old, or many; what is removed is printed
#[derive(Debug, clap::Args)]
pub(crate) struct Prune {
    /// Keep the newest N runs
    #[arg(long, value_name = "N")]
    pub(crate) keep: Option<usize>,
    /// Keep runs that are younger than this: 30d, 12h
    #[arg(long, value_name = "AGE", value_parser = duration::parse)]
    pub(crate) older_than: Option<Duration>,
    /// Only say what would be removed
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The folder of the runs
    #[arg(long, value_name = "DIR", help = DIR, long_help = DIR_LONG)]
    pub(crate) dir: Option<PathBuf>,
}

/// Show what was recorded: verdicts, metrics, checks
#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// A run of `prill runs` or a part of its name, `latest`, a run folder, or the file of one record
    #[arg(
        value_name = "RUN",
        help = "A run of `prill runs` or a part of its name, a run folder, or the file of one record [default: latest]"
    )]
    pub(crate) run: Option<PathBuf>,
    /// Only the records whose name contains this
    #[arg(long, value_name = "NAME")]
    pub(crate) test: Option<String>,
    /// Print the records as they are, one a line
    #[arg(long)]
    pub(crate) json: bool,
    /// The folder of the runs
    #[arg(long, value_name = "DIR", help = DIR, long_help = DIR_LONG)]
    pub(crate) dir: Option<PathBuf>,
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  prill export --to junit -o prill.xml
  prill export --to csv 2026-11-29 > today.csv
  prill export --to parquet -o metrics 2026-11    # metrics/date=2026-11-29/run=.../metrics.parquet";

/// Write records in the format of another program
///
/// Formats: jsonl, csv, markdown, junit, ktap, openmetrics, bmf (Bencher), github-smaller-is-better and github-bigger-is-better
/// (github-action-benchmark), google-benchmark, otlp (OpenTelemetry), and parquet where prill was built with it.
#[derive(Debug, clap::Args)]
#[command(after_long_help = EXPORT_EXAMPLES)]
pub(crate) struct Export {
    /// The format
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to: String,
    /// Write into this file; for parquet, below this folder
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// Runs of `prill runs` or parts of their names, run folders, or files of records; the latest run without any
    #[arg(
        value_name = "RUN",
        help = "Runs of `prill runs` or parts of their names, run folders, or files of records [default: latest]"
    )]
    pub(crate) run: Vec<PathBuf>,
    /// The folder of the runs
    #[arg(long, value_name = "DIR", help = DIR, long_help = DIR_LONG)]
    pub(crate) dir: Option<PathBuf>,
}

/// Make the records of processes that died before they closed them
///
/// What a test or a run had measured until then is in shared memory; every `prill runs` and `prill show`, and the next test, do the
/// same by themselves.
#[derive(Debug, clap::Args)]
pub(crate) struct Recover {
    /// The folder of the runs
    #[arg(long, value_name = "DIR", help = DIR, long_help = DIR_LONG)]
    pub(crate) dir: Option<PathBuf>,
}

/// List the output formats that can be read
#[derive(Debug, clap::Args)]
pub(crate) struct Formats {
    /// Say where each one is registered
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

/// List the declared payloads
#[derive(Debug, clap::Args)]
pub(crate) struct Payloads {
    /// Show their default arguments and checks
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

/// Say what this machine offers, and what that means for measurements
///
/// Each fact is ok, a note or a problem, with what to do about it. What no file of the kernel says is tried: a cgroup, a process, a
/// counter and a virtual machine are made, and removed again. The exit status is 0 unless no payload can run at all.
#[derive(Debug, clap::Args)]
#[command(after_help = DOCTOR_STATUS)]
pub(crate) struct Doctor {
    /// Print one JSON object instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}

const DOCTOR_STATUS: &str = "\
Exit status:
  0    payloads can run, whatever the notes and problems
  1    no payload can run";

#[derive(Debug, Subcommand)]
pub(crate) enum New {
    Extractor(NewExtractor),
}

const NEW_EXAMPLES: &str = "\
Examples:
  mybench > mybench.txt
  prill new extractor mybench --from mybench.txt --toml    # mybench.toml
  prill explain --format-file mybench.toml mybench.txt
  prill new extractor mybench --from mybench.txt           # prill-extract-mybench/";

/// Make a new output format: a crate, or a TOML file
///
/// With --from it reads a real output, and proposes a metric for each number that the words around it name: a starting point that
/// works at once, whose names, units and polarities are then yours to check. What the output does not say, such as whether MB
/// is 1000^2 or 1024^2, is left open. Without --from the crate reads an output that is made up.
#[derive(Debug, clap::Args)]
#[command(after_long_help = NEW_EXAMPLES)]
pub(crate) struct NewExtractor {
    /// The format's name, lower case, such as mybench
    pub(crate) name: String,
    /// An output of the tool, to propose the metrics from; `-` is the standard input
    #[arg(
        long,
        value_name = "OUTPUT",
        help = "An output of the tool, to propose the metrics from; - is the standard input",
        long_help = "An output of the tool, to propose the metrics from; - is the standard input. A file called stderr, or *.stderr \
                     or *.err, is what was printed there, any other is taken for what was printed to the standard output."
    )]
    pub(crate) from: Option<PathBuf>,
    /// Write a TOML file instead of a crate: a format without a compiler
    #[arg(long, requires = "from", conflicts_with = "prill_path")]
    pub(crate) toml: bool,
    /// The folder of the new crate, or the new TOML file; it must not exist
    #[arg(
        long,
        value_name = "PATH",
        help = "The new folder or file, which must not exist yet [default: ./prill-extract-NAME, or ./NAME.toml]"
    )]
    pub(crate) path: Option<PathBuf>,
    /// Use the prill sources in this folder instead of the published crates (there are none before the first release)
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

/// A list of CPUs: `0-3,8`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cpus(pub(crate) Vec<usize>);

impl FromStr for Cpus {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("read `{text}` as a list of CPUs: write numbers and ranges, such as 0-3,8");
        let range = |part: &str| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let (from, to): (usize, usize) = (from.parse().ok()?, to.parse().ok()?);
            (from <= to && to < MOST_CPUS).then_some(from..=to)
        };
        let ranges: Option<Vec<_>> = text.split(',').map(range).collect();
        Ok(Self(ranges.ok_or_else(wrong)?.into_iter().flatten().collect()))
    }
}

/// The most that a kernel can be built for (`NR_CPUS`, arch/x86/Kconfig of Linux 6.12).
const MOST_CPUS: usize = 8192;

fn variable(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or("write NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn bytes(text: &str) -> Result<usize, String> {
    let wrong = || format!("read `{text}` as a size: write a number and B, kB, KiB, MB, MiB, GB or GiB, such as 64MiB");
    let size: Quantity = text.parse().map_err(|_| wrong())?;
    let fits = size.unit().is_none_or(|unit| unit == Unit::BYTE) && (0.0..=2f64.powi(53)).contains(&size.value());
    // In range, and a fraction of a byte is none.
    if fits { Ok(size.value() as usize) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_is_sound() {
        use clap::CommandFactory as _;
        Args::command().debug_assert();
    }

    #[test]
    fn cpus_are_numbers_and_ranges() {
        assert_eq!("0-2,8".parse(), Ok(Cpus(vec![0, 1, 2, 8])));
        for wrong in ["", "a", "3-1", "0-", "-1", "0-99999999999"] {
            assert!(wrong.parse::<Cpus>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_have_units_or_are_bytes() {
        assert_eq!((bytes("64MiB"), bytes("100"), bytes("1kB")), (Ok(64 << 20), Ok(100), Ok(1000)));
        for wrong in ["", "5s", "-1", "1KB", "many"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
