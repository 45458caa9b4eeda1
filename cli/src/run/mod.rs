//! `prill run`.
//!
//! - [`target`]: which payload the arguments name, and the run they ask for
//! - [`signals`], [`watch`]: what happens while it runs
//! - [`report`]: what is said of a run; [`spread`]: of several
//! - [`outcome`]: the exit status; [`record`]: what is kept

mod outcome;
mod record;
mod report;
mod signals;
mod spread;
mod target;
mod watch;

use std::path::PathBuf;

use std::ffi::OsString;
use std::time::Instant;

use anyhow::Result;
use prill_core::{AssertResult, Context, PayloadMetrics};

use crate::args::Run;
use crate::formats_file;
use crate::io::Io;
use crate::status::{Failure, Status};

use outcome::{Ran, failure};
use record::Record;
use signals::Signals;
use spread::Spread;
use target::Target;
use watch::{Progress, watched};

pub(crate) fn run(args: &Run, files: &[PathBuf], raw: &[OsString], io: &mut Io<'_>) -> Result<Status, Failure> {
    let registry = formats_file::registry(files)?;
    let target = Target::of(args, raw, &registry)?;
    let mut context = Context::new(registry);
    let record = Record::begin(args, target.payload.name)?;
    context.recorder = record.recorder();
    let signals = Signals::block().map_err(Failure::not_started)?;
    let mut spread = Spread::default();
    let mut status = Status::Fine;
    for number in 1..=args.repeat {
        let ran = match once(&target, &context, &signals, number, io) {
            Ok(ran) => ran,
            Err(error) => {
                spread.print(io, args)?;
                let failure = failure(error);
                // Said after what was to be said of the runs, and before the reason why there are no more.
                if let Err(lost) = record.close(&spread, Some(format!("failed to {:#}", failure.error))) {
                    let _ = writeln!(io.err, "error: failed to {:#}", lost.error);
                }
                return Err(failure);
            }
        };
        record.judged(&ran);
        report::print(io, args, number, &ran)?;
        status = status.worse(ran.status());
        spread.add(&ran);
        if ran.interrupted {
            break;
        }
    }
    spread.print(io, args)?;
    record.close(&spread, None)?;
    Ok(status)
}

/// One run, from the warm-up to the verdict.
fn once(target: &Target<'_>, context: &Context, signals: &Signals, number: u32, io: &Io<'_>) -> Result<Ran> {
    let args = target.args;
    let progress = |what, limit| io.err_look.terminal.then_some(Progress { name: target.payload.name, what, limit });
    if let Some(limit) = args.warmup {
        // Its result is thrown away.
        let unrecorded = Context::new(context.registry.clone());
        let warmup = target.run(&unrecorded)?.clear_checks().spawn()?;
        let (remote, until) = (warmup.remote(), Instant::now() + limit);
        let (done, interrupted) =
            watched(signals, &remote, progress("warming up".to_owned(), Some(limit)), || warmup.wait_until(until));
        let (verdict, metrics) = done?;
        if interrupted {
            return Ok(Ran::new(verdict, metrics, true, Some(limit)));
        }
    }
    let what = if args.repeat > 1 { format!("run {number} of {}", args.repeat) } else { "running".to_owned() };
    let handle = target.run(context)?.spawn()?;
    let (remote, deadline) = (handle.remote(), args.timeout.and_then(|t| Instant::now().checked_add(t)));
    let wait = || -> Result<(AssertResult, PayloadMetrics)> {
        match deadline {
            Some(deadline) => handle.wait_until(deadline),
            None => handle.wait(),
        }
    };
    let (done, interrupted) = watched(signals, &remote, progress(what, args.timeout), wait);
    let (verdict, metrics) = done?;
    Ok(Ran::new(verdict, metrics, interrupted, args.timeout))
}
