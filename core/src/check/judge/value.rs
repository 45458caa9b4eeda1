use prill_scan::{Quantity, Unit};

use super::Candidate;
use crate::check::metric_check::Test;
use crate::check::term::{Over, Term};
use crate::check::{Actual, Verdict};

/// One value against one test.
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) actual: Actual,
    /// What is to be said beside the value.
    note: Option<String>,
}

impl Judged {
    /// The value and why it decides, such as `15.98 ms (0.015984 s), from 26 samples, where p99 needs 100`.
    pub(super) fn reason(&self) -> String {
        self.note.as_ref().map_or_else(|| self.actual.to_string(), |note| format!("{}, {note}", self.actual))
    }
}

pub(super) fn single(test: Test, candidate: &Candidate<'_>) -> Judged {
    let Candidate { value, unit, .. } = *candidate;
    let actual = Actual { metric: candidate.selector().to_string(), value, unit };
    let (verdict, note) = match holds(test, value, unit) {
        Err(fault) => (Verdict::Failed, Some(fault)),
        Ok(_) if candidate.samples == Some(0) => (Verdict::Failed, Some("a placeholder: it stands on no sample".to_owned())),
        Ok(holds) => match too_few(candidate) {
            Some(few) => (Verdict::Inconclusive, Some(few)),
            None => (if holds { Verdict::Passed } else { Verdict::Failed }, None),
        },
    };
    Judged { verdict, actual, note }
}

/// The value of a function over several metrics; why there is none, where it would mean nothing.
pub(super) fn combined(test: Test, over: Over, term: &Term, picked: &[Candidate<'_>]) -> Result<Judged, String> {
    let unit = picked[0].unit;
    if let Some(other) = picked.iter().find(|c| c.unit != unit) {
        let code = |unit: Option<Unit>| unit.map_or("no known unit", Unit::code);
        return Err(format!("`{term}` mixes units: {} and {}", code(unit), code(other.unit)));
    }
    if matches!(over, Over::Sum | Over::Mean) {
        same_kind(term, picked)?;
    }
    if let Some(placeholder) = picked.iter().find(|c| c.samples == Some(0)) {
        return Err(format!("{} is a placeholder: it stands on no sample", placeholder.selector()));
    }
    let value = fold(over, picked);
    let actual = Actual { metric: term.to_string(), value, unit };
    let of = format!("of {}", picked.len());
    let few = picked.iter().find_map(|c| too_few(c).map(|few| format!("{of}; {} is {few}", c.selector())));
    Ok(match (holds(test, value, unit)?, few) {
        (_, Some(few)) => Judged { verdict: Verdict::Inconclusive, actual, note: Some(few) },
        (true, None) => Judged { verdict: Verdict::Passed, actual, note: Some(of) },
        (false, None) => Judged { verdict: Verdict::Failed, actual, note: Some(of) },
    })
}

#[expect(clippy::cast_precision_loss, reason = "the number of metrics in one run is far below 2^53")]
fn fold(over: Over, picked: &[Candidate<'_>]) -> f64 {
    let values = picked.iter().map(|c| c.value);
    match over {
        Over::Max => values.fold(f64::NEG_INFINITY, f64::max),
        Over::Min => values.fold(f64::INFINITY, f64::min),
        Over::Mean => values.sum::<f64>() / picked.len() as f64,
        _ => values.sum(),
    }
}

/// Rows with other label keys are another kind of row: a total beside its parts, an interval beside its summary. To add
/// them up counts things twice.
fn same_kind(term: &Term, picked: &[Candidate<'_>]) -> Result<(), String> {
    let keys = |c: &Candidate<'_>| c.labels.iter().map(|(key, _)| key.to_owned()).collect::<Vec<_>>();
    let first = keys(&picked[0]);
    let Some(other) = picked.iter().find(|c| !c.labels.iter().map(|(key, _)| key).eq(first.iter().map(String::as_str))) else {
        return Ok(());
    };
    let others = keys(other);
    let key = first.iter().find(|k| !others.contains(k)).or_else(|| others.iter().find(|k| !first.contains(k)));
    let key = key.map_or("", String::as_str);
    Err(format!(
        "`{term}` would add up different kinds of rows, such as {} and {}: narrow it with {{{key}=*}} or {{!{key}}}",
        picked[0].selector(),
        other.selector()
    ))
}

fn holds(test: Test, value: f64, unit: Option<Unit>) -> Result<bool, String> {
    if !value.is_finite() {
        return Err("no finite number".to_owned());
    }
    match test {
        Test::Compare(op, bound) => Ok(op.holds(value, comparable(bound, unit)?)),
        Test::Within(low, high) => Ok((comparable(low, unit)?..=comparable(high, unit)?).contains(&value)),
        Test::Exists | Test::Exit(_) => Ok(true),
    }
}

/// The bound in the unit of the metric.
fn comparable(bound: Quantity, unit: Option<Unit>) -> Result<f64, String> {
    match (bound.unit(), unit) {
        (Some(wanted), Some(unit)) if !wanted.covers(unit) => {
            Err(format!("which is in {unit}, and {} is in {wanted}", bound.written()))
        }
        (Some(_), None) => Err(format!(
            "whose unit is not known, so it cannot be compared with {}: write a bare number, or declare the unit with a MetricHint",
            bound.written()
        )),
        _ => Ok(bound.value()),
    }
}

fn too_few(candidate: &Candidate<'_>) -> Option<String> {
    let samples = candidate.samples?;
    let stat = candidate.name.rsplit('.').next()?;
    let needed = needed(stat)?;
    (samples < needed).then(|| format!("from {samples} samples, where {stat} needs {needed}"))
}

/// How many samples a percentile needs so that one of them at least lies beyond it: 100 for p99 and p1, 1,000 for p99.9.
fn needed(stat: &str) -> Option<u64> {
    prill_scan::percentile::value(stat)?;
    let (whole, part) = stat.strip_prefix('p')?.split_once('_').unwrap_or((&stat[1..], ""));
    let one = 10u64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let part = if part.is_empty() { 0 } else { part.parse::<u64>().ok()? };
    let percentile = whole.parse::<u64>().ok()?.checked_mul(one)?.checked_add(part)?;
    let all = one.checked_mul(100)?;
    let beyond = percentile.min(all.checked_sub(percentile)?);
    (beyond > 0).then(|| all.div_ceil(beyond))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_needs_a_sample_beyond_it() {
        for (stat, samples) in [
            ("p50", Some(2)),
            ("p75", Some(4)),
            ("p99", Some(100)),
            ("p99_9", Some(1000)),
            ("p99_99", Some(10_000)),
            ("p1", Some(100)),
            ("p99_95", Some(2000)),
            ("p0", None),
            ("p100", None),
            ("p250", None),
            ("max", None),
            ("p99_99999999999999999999", None),
        ] {
            assert_eq!(needed(stat), samples, "{stat}");
        }
    }
}
