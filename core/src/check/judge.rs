use std::fmt;

use prill_scan::Unit;

use super::metric_check::Test;
use super::term::{Over, Term};
use super::{AssertResult, Evidence, MetricCheck, Outcome, Verdict};
use crate::diagnostic::{Diagnostic, code};
use crate::metric::MetricTable;

mod candidate;
#[cfg(test)]
pub(super) mod fixture;
mod missing;
mod value;

use candidate::{Candidate, list};
use value::Judged;

/// A run that has ended, as checks see it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The metrics of the payload.
    pub metrics: &'a MetricTable,
    /// What the harness measured of the process itself; checks select it like metrics.
    pub usage: &'a [Reading<'a>],
    /// What was said while the metrics were extracted.
    pub diagnostics: &'a [Diagnostic],
    /// How the payload ended.
    pub exit: ExitState,
    /// All that it wrote to stderr.
    pub stderr: &'a [u8],
    /// Whether a run that was cut short, or whose output was cut, may be judged all the same.
    pub allow_partial: bool,
}

/// A value that no tool printed: the harness measured it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading<'a> {
    /// The whole name that selects it, such as `usage.wall`.
    pub name: &'a str,
    /// The value in the base unit.
    pub value: f64,
    /// The base unit, where it has one.
    pub unit: Option<Unit>,
}

/// How a payload ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExitState {
    /// It exited with this code.
    Exited(i32),
    /// This signal ended it.
    Signalled(i32),
    /// It was killed at its deadline.
    TimedOut,
    /// The caller killed it.
    Killed,
}

impl ExitState {
    /// The exit code, and -1 for every end that is not an exit.
    #[must_use]
    pub const fn code(self) -> i32 {
        match self {
            Self::Exited(code) => code,
            Self::Signalled(_) | Self::TimedOut | Self::Killed => -1,
        }
    }

    /// Whether it ended before it was done, and nobody wanted that.
    const fn is_cut_short(self) -> bool {
        matches!(self, Self::Signalled(_) | Self::TimedOut)
    }
}

impl fmt::Display for ExitState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(code) => write!(f, "exited with {code}"),
            Self::Signalled(signal) => write!(f, "was ended by signal {signal}"),
            Self::TimedOut => f.write_str("timed out"),
            Self::Killed => f.write_str("was killed by the caller"),
        }
    }
}

/// Judges `checks`: first those of the exit code, then the run as a whole, then the metrics.
///
/// A tool that says that it failed, fails. A signal, a time-out or a cut capture is inconclusive, unless partial results
/// are allowed or exit checks decide: they decide what end was expected, and a cut only where nothing else was asked,
/// because an exit code says nothing about metrics that were not captured. A check on such a metric is inconclusive too, whatever
/// decides about the end: nobody knows what it would have been.
pub fn judge(checks: &[MetricCheck], subject: &Subject<'_>) -> AssertResult {
    let exits = checks.iter().filter_map(|check| match check.test() {
        Test::Exit(expected) => Some(exit(*check, expected, subject)),
        _ => None,
    });
    let metrics = checks.iter().filter(|check| !check.is_exit()).map(|check| metric(*check, subject));
    exits.chain(tool_failed(subject)).chain(incomplete(checks, subject)).chain(metrics).collect()
}

fn exit(check: MetricCheck, expected: i32, subject: &Subject<'_>) -> Outcome {
    let Subject { exit, stderr, .. } = *subject;
    if exit.code() == expected {
        return Outcome::new(Verdict::Passed, check.to_string(), format!("it {exit}"));
    }
    let evidence = Evidence::Exit { expected, actual: exit, stderr: stderr.to_vec() };
    Outcome { evidence, ..Outcome::new(Verdict::Failed, check.to_string(), format!("it {exit}, and not with {expected}")) }
}

fn tool_failed(subject: &Subject<'_>) -> Option<Outcome> {
    let mut failures = subject.diagnostics.iter().filter(|d| d.code == code::TOOL_FAILED);
    let first = failures.next()?;
    let more = match failures.count() {
        0 => String::new(),
        n => format!(" (and {n} more)"),
    };
    Some(Outcome::new(Verdict::Failed, Outcome::RUN, format!("the tool says that it failed: {}{more}", first.message)))
}

fn incomplete(checks: &[MetricCheck], subject: &Subject<'_>) -> Vec<Outcome> {
    if subject.allow_partial {
        return Vec::new();
    }
    let inconclusive = |reason: String| Outcome::new(Verdict::Inconclusive, Outcome::RUN, reason);
    let exit_decides = checks.iter().any(MetricCheck::is_exit);
    let only_exit = exit_decides && checks.iter().all(MetricCheck::is_exit);
    let cut_short = subject.exit.is_cut_short() && !exit_decides;
    let end = cut_short.then(|| inconclusive(format!("the payload {}", subject.exit)));
    let cut = subject.diagnostics.iter().find(|d| d.code == code::CUT && !only_exit);
    end.into_iter().chain(cut.map(|d| inconclusive(d.message.clone()))).collect()
}

fn metric(check: MetricCheck, subject: &Subject<'_>) -> Outcome {
    let text = check.to_string();
    let (verdict, reason, values) = match answer(check, subject) {
        Ok(answer) => answer,
        Err(reason) => (Verdict::Failed, reason, Vec::new()),
    };
    let evidence = if values.is_empty() { Evidence::None } else { Evidence::Values(values) };
    Outcome { evidence, ..Outcome::new(verdict, text, reason) }
}

type Answer = (Verdict, String, Vec<super::Actual>);

/// The answer, or why the question cannot be asked.
fn answer(check: MetricCheck, subject: &Subject<'_>) -> Result<Answer, String> {
    let term = Term::parse(check.selector().unwrap_or_default()).map_err(|e| format!("failed to {e}"))?;
    if let Some(fault) = check.test().fault() {
        return Err(fault);
    }
    let picked = candidate::pick(&term.selector, subject);
    if picked.is_empty() {
        let why = missing::explain(&term.selector, subject);
        return match missing::excuse(&term.selector, subject) {
            Some(excuse) => Ok((Verdict::Inconclusive, format!("{why}; {excuse}"), Vec::new())),
            None => Err(why),
        };
    }
    match (check.test(), term.over) {
        (Test::Exists, Over::One) => Ok((Verdict::Passed, format!("there is {}", list(&picked)), Vec::new())),
        (Test::Exists, over) => Err(format!("`exists` takes no `{}`: it holds when one metric is there", over.word())),
        (test, Over::One) => one(test, &term, &picked),
        (test, Over::Each | Over::Any) => Ok(several(test, term.over, &picked)),
        (test, over) => {
            let judged = value::combined(test, over, &term, &picked)?;
            Ok((judged.verdict, judged.reason(), vec![judged.actual]))
        }
    }
}

/// The one metric that is spelled out in full, else the only one that is picked.
fn one(test: Test, term: &Term, picked: &[Candidate<'_>]) -> Result<Answer, String> {
    let exact: Vec<Candidate<'_>> = picked.iter().filter(|c| term.selector.is_identity(c.labels)).copied().collect();
    let (([only], _) | ([], [only])) = (exact.as_slice(), picked) else {
        return Err(format!(
            "`{term}` picks {} metrics: {}; add labels, or ask for each, any, max(..), min(..), sum(..) or mean(..)",
            picked.len(),
            list(picked)
        ));
    };
    let judged = value::single(test, only);
    let is_named = judged.actual.metric == term.to_string();
    let reason = if is_named { judged.reason() } else { format!("{} is {}", judged.actual.metric, judged.reason()) };
    Ok((judged.verdict, reason, vec![judged.actual]))
}

fn several(test: Test, over: Over, picked: &[Candidate<'_>]) -> Answer {
    let judged: Vec<Judged> = picked.iter().map(|c| value::single(test, c)).collect();
    let any = |verdict| judged.iter().any(|j| j.verdict == verdict);
    let order = match over {
        Over::Any => [Verdict::Passed, Verdict::Inconclusive],
        _ => [Verdict::Failed, Verdict::Inconclusive],
    };
    let last = if over == Over::Any { Verdict::Failed } else { Verdict::Passed };
    let verdict = order.into_iter().find(|v| any(*v)).unwrap_or(last);
    let deciding: Vec<&Judged> = judged.iter().filter(|j| j.verdict == verdict).collect();
    let shown = candidate::capped(deciding.len(), deciding.iter().map(|j| format!("{} is {}", j.actual.metric, j.reason())));
    let reason = format!("{} of {} {verdict}: {shown}", deciding.len(), judged.len());
    (verdict, reason, deciding.into_iter().take(candidate::LISTED).map(|j| j.actual.clone()).collect())
}

#[cfg(test)]
mod tests;
