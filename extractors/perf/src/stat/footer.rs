use prill_core::diagnostic::code;
use prill_core::scan::{Search, number, unit};

use crate::step::step;
use crate::writer::{Quantity, Writer};

const ELAPSED: Quantity = Quantity::lower("elapsed", unit::SECOND);

/// What a line below the rows was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The time that the command took; the rows are over.
    Elapsed,
    /// Something else.
    Other,
    /// The text ends in the line.
    Cut,
}

/// `0.213 seconds time elapsed`, `0.1204 +- 0.0190 seconds time elapsed  ( +- 15.77% )`, `0.003 seconds user`, `0.000 seconds sys`,
/// and a run of `--table`: `0.057417 (+0.002748) #`. `run` counts these. Behind
/// the table come user and sys only.
pub(crate) fn read(shown: &str, ended: bool, in_table: bool, run: &mut usize, out: &mut Writer<'_>) -> Option<Part> {
    let Some((token, rest)) = number::leading(shown) else { return other_locale(shown, in_table, out) };
    let rest = rest.trim_start();
    let step = step(token, unit::SECOND).unwrap_or(1.0);
    let cpu_time = |mode: &'static str, out: &mut Writer<'_>| {
        // Nine decimals are printed of microseconds.
        let labels = out.labels([("mode", mode)]);
        out.put(Quantity::lower("cpu_time", unit::SECOND), labels, Some(step.max(1e-6)), token);
    };
    if let (Some(after), true) = (rest.strip_prefix("seconds time elapsed"), in_table) {
        let labels = out.labels([]);
        out.put(ELAPSED, labels, Some(step), token);
        out.ignore(after, "the standard error, as a share of the mean");
        return Some(Part::Elapsed);
    }
    match rest {
        "seconds user" => cpu_time("user", out),
        "seconds sys" => cpu_time("system", out),
        _ if !in_table => return None,
        _ => return spread(token, rest, ended, step, out).or_else(|| one_run(token, rest, ended, run, out)),
    }
    Some(Part::Other)
}

/// `0,213 seconds time elapsed`, in a locale with decimal commas.
fn other_locale(shown: &str, in_table: bool, out: &mut Writer<'_>) -> Option<Part> {
    let (token, rest) = shown.split_once(' ')?;
    let is_number = token.starts_with(|c: char| c.is_ascii_digit()) && token.bytes().all(|b| b.is_ascii_digit() || b == b',');
    let is_elapsed = rest.has("seconds time elapsed");
    if !in_table && is_elapsed || !is_number || !(is_elapsed || matches!(rest, "seconds user" | "seconds sys")) {
        return None;
    }
    out.sink.warn(code::NOT_A_NUMBER, token, format!("`{token}` has a decimal comma: `{rest}` is not read"));
    out.ignore(shown, "number of another locale");
    Some(if is_elapsed { Part::Elapsed } else { Part::Other })
}

/// `+- 0.0190 seconds time elapsed  ( +- 15.77% )`, behind the mean `token`
fn spread(token: &str, rest: &str, ended: bool, step: f64, out: &mut Writer<'_>) -> Option<Part> {
    let (stderr, rest) = number::leading(rest.strip_prefix("+-")?.trim_start())?;
    let Some(after) = rest.trim_start().strip_prefix("seconds time elapsed") else {
        return (!ended).then(|| {
            out.ignore(token, "line that is cut");
            out.ignore(stderr, "line that is cut");
            Part::Cut
        });
    };
    let labels = out.labels([]);
    out.put(ELAPSED, labels, Some(step), token);
    out.put(Quantity::unknown("elapsed.stderr", Some(unit::SECOND)), labels, Some(step), stderr);
    out.ignore(after, "the standard error, as a share of the mean");
    Some(Part::Elapsed)
}

fn one_run(token: &str, rest: &str, ended: bool, run: &mut usize, out: &mut Writer<'_>) -> Option<Part> {
    let (deviation, marks) = rest.strip_prefix('(')?.split_once(')')?;
    if !number::is_token(deviation) || !marks.trim().bytes().all(|b| b == b'#') || !deviation.starts_with(['+', '-']) {
        return None;
    }
    *run += 1;
    let labels = out.labels([("repetition", run.to_string().as_str())]);
    out.put(ELAPSED, labels, None, token);
    out.ignore(deviation, "difference to the mean");
    Some(if ended { Part::Other } else { Part::Cut })
}
