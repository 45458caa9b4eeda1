use std::io::{self, Write};
use std::time::Duration;

use prill_core::process::End;
use prill_core::{Human, Unit, Verdict};
use prill_records::json;

use super::outcome::Ran;
use crate::args::Run;
use crate::io::Io;
use crate::status::Status;
use crate::style::Palette;
use crate::table;

/// Says what came of one run: the object, or the table, and to people what became of the checks.
pub(super) fn print(io: &mut Io<'_>, args: &Run, number: u32, ran: &Ran) -> io::Result<()> {
    let metrics = &ran.metrics;
    let number = (args.repeat > 1).then_some(number);
    if args.json {
        json::extraction(io.out, metrics.extraction(), Some(metrics.exit_code()), |object| {
            if let Some(number) = number {
                object.integer("run", number);
            }
            json::result(object, metrics, json::End { timeout: ran.timeout, interrupted: ran.interrupted });
            json::checks(object, &ran.verdict);
        })?;
    } else if args.repeat == 1 {
        table::metrics(io.out, io.out_look, metrics.metrics())?;
    }
    io.out.flush()?;
    if !args.json {
        table::diagnostics(io.err, io.err_look, metrics.diagnostics().iter());
    }
    // The verdict is for people and stays readable when the results go elsewhere; that it cannot be shown is no failure.
    let _ = verdict(io.err, &Palette::new(io.err_look.colour), ran, number);
    Ok(())
}

fn verdict(err: &mut dyn Write, palette: &Palette, ran: &Ran, number: Option<u32>) -> io::Result<()> {
    for outcome in ran.verdict.outcomes() {
        let (style, word, text) = (of(palette, outcome.verdict), outcome.verdict.word(), outcome.to_string());
        writeln!(err, "{style}{word}{style:#}{}", text.strip_prefix(word).unwrap_or(&text))?;
    }
    let metrics = &ran.metrics;
    let run = number.map_or_else(String::new, |number| format!("run {number}: "));
    let human = |time: Duration| Human::new(time.as_secs_f64(), Some(Unit::SECOND));
    let end = match (metrics.end(), ran.timeout) {
        (End::TimedOut { .. }, Some(timeout)) => format!("timed out after {}", human(timeout)),
        (end, _) => format!("{end} after {}", human(metrics.usage().wall)),
    };
    let (style, said) = match ran.status() {
        Status::Interrupted => (palette.doubt, "interrupted"),
        Status::NoMetrics => (palette.bad, "no metrics"),
        _ => (of(palette, ran.verdict.verdict()), ran.verdict.verdict().word()),
    };
    let asked = if ran.verdict.outcomes().is_empty() { ", nothing was checked" } else { "" };
    writeln!(err, "{run}{} {end}: {style}{said}{style:#}{asked}", metrics.payload_name())
}

pub(super) fn of(palette: &Palette, verdict: Verdict) -> anstyle::Style {
    palette.verdict(verdict.word())
}
