use std::ffi::OsString;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use prill_core::process::Stdin;
use prill_core::{Context, MetricCheck, OutputFormat, Payload, PayloadRun, Registry, payload};

use crate::args::Run;
use crate::status::Failure;

/// The payload that the arguments name, and how they want it run.
pub(super) struct Target<'a> {
    pub(super) payload: &'static Payload,
    pub(super) args: &'a Run,
    arguments: Vec<String>,
    checks: Vec<MetricCheck>,
    format: OutputFormat,
    stdin: Stdin,
}

impl<'a> Target<'a> {
    /// Everything that can be wrong with the arguments is said here, before anything is started.
    pub(super) fn of(args: &'a Run, raw: &[OsString], registry: &Registry) -> Result<Self, Failure> {
        let words: Vec<String> = args.payload.iter().map(utf8).collect::<Result<_>>().map_err(Failure::usage)?;
        let (name, arguments) = words.split_first().ok_or_else(|| Failure::usage(anyhow!("run nothing: name a payload")))?;
        // The parser drops the `--`: it stands before the words, which go on to the end.
        let anything = raw.len().checked_sub(words.len() + 1).is_some_and(|at| raw[at] == "--");
        let payload = if anything { program(name) } else { declared(name)? };
        let format = match &args.format {
            Some(format) if format == OutputFormat::AUTO.name() => OutputFormat::AUTO,
            Some(format) => OutputFormat::named(registry.get(format)?.name()),
            None => known(payload, registry)?,
        };
        let checks = args.check.iter().map(|text| text.parse().map_err(Failure::usage)).collect::<Result<_, _>>()?;
        let stdin = stdin(args.stdin.as_deref()).map_err(Failure::usage)?;
        Ok(Self { payload, args, arguments: arguments.to_vec(), checks, format, stdin })
    }

    /// The run, ready to be started.
    pub(super) fn run<'c>(&'c self, context: &'c Context) -> Result<PayloadRun<'c>> {
        let args = self.args;
        let mut run = context.payload(self.payload).kill_grace(args.kill_grace).format(self.format).stdin(self.stdin.clone());
        if args.no_default_args {
            run = run.clear_args();
        }
        if args.no_default_checks {
            run = run.clear_checks();
        }
        run = run.args(self.arguments.iter().cloned());
        run = self.checks.iter().fold(run, |run, check| run.check(*check));
        run = args.env.iter().fold(run, |run, (name, value)| run.env(name, value));
        run = args.output_file.iter().fold(run, |run, path| run.output_file(path));
        if let Some(dir) = &args.cwd {
            run = run.current_dir(dir);
        }
        if let Some(cgroup) = &args.cgroup {
            run = run.in_cgroup(cgroup.clone());
        }
        if let Some(cpus) = &args.affinity {
            run = run.affinity(cpus.0.iter().copied());
        }
        if let Some(nice) = args.nice {
            run = run.nice(nice);
        }
        if let Some(bytes) = args.output_limit {
            run = run.output_limit(bytes);
        }
        if let Some(least) = args.min_duration {
            run = run.min_duration(least);
        }
        Ok(if args.allow_partial { run.allow_partial() } else { run })
    }
}

fn declared(name: &str) -> Result<&'static Payload, Failure> {
    let all = payload::registered();
    if let Some(known) = all.iter().find(|known| known.payload.name == name) {
        return Ok(known.payload);
    }
    let mut names: Vec<&str> = all.iter().map(|known| known.payload.name).collect();
    names.sort_by_key(|known| strsim::damerau_levenshtein(known, name));
    names.truncate(NEAREST);
    let nearest = names.join(", ");
    Err(Failure::usage(anyhow!(
        "find a payload called `{name}`; the nearest are {nearest} (`prill payloads` lists all); any program runs with `prill run -- {name}`"
    )))
}

/// How many names are offered for a wrong one.
const NEAREST: usize = 4;

/// The format of a payload, which may be one that nobody has written or linked yet.
fn known(payload: &Payload, registry: &Registry) -> Result<OutputFormat, Failure> {
    let format = payload.output;
    if format != OutputFormat::AUTO {
        registry
            .find(format)
            .with_context(|| {
                format!(
                    "read what {} prints (`--as exit-code` judges its exit code, `--as auto` tries all formats)",
                    payload.name
                )
            })
            .map_err(Failure::usage)?;
    }
    Ok(format)
}

/// Any program, called by its file name.
fn program(exe: &str) -> &'static Payload {
    let name = Path::new(exe).file_name().map_or(exe.into(), |name| name.to_string_lossy());
    // Payloads are declared for the life of the program; one more, made of the command line, lives as long.
    let (name, exe): (&'static str, &'static str) = (name.into_owned().leak(), exe.to_owned().leak());
    Box::leak(Box::new(Payload { output: OutputFormat::AUTO, ..Payload::binary(name, exe) }))
}

fn stdin(path: Option<&Path>) -> Result<Stdin> {
    match path {
        None => Ok(Stdin::Null),
        Some(path) if path == Path::new("-") => Ok(Stdin::Inherit),
        Some(path) => Ok(Stdin::Bytes(fs::read(path).with_context(|| format!("read {}", path.display()))?)),
    }
}

fn utf8(word: &OsString) -> Result<String> {
    word.to_str().map(str::to_owned).ok_or_else(|| anyhow!("pass on the argument {}: it is not UTF-8", word.display()))
}
