use super::candidate::{all, capped, list};
use super::{Candidate, Subject};
use crate::check::Selector;
use crate::check::selector::name;
use crate::diagnostic::{Severity, code};
use crate::nearest;

/// Why a selector picks nothing.
pub(super) fn explain(selector: &Selector, subject: &Subject<'_>) -> String {
    if let Some(said) = no_samples(selector, subject) {
        return format!("there is no `{selector}`: {said}");
    }
    let namesakes: Vec<Candidate<'_>> = all(subject).filter(|c| selector.names(c.name)).collect();
    if !namesakes.is_empty() {
        return format!("no `{}` has the labels of `{selector}`; there are {}", selector.name(), list(&namesakes));
    }
    if subject.metrics.is_empty() {
        let why = subject.diagnostics.iter().find(|d| d.severity == Severity::Error).map(|d| d.message.as_str());
        return format!("there is no `{selector}`: {}", why.unwrap_or("the run has no metrics"));
    }
    let names = nearest_names(selector.name(), subject);
    format!("no metric is called `{}`; there are {}", selector.name(), capped(names.len(), names.iter().cloned()))
}

/// Why nobody can say whether the payload has, or would have, printed what is missing.
pub(super) fn excuse(selector: &Selector, subject: &Subject<'_>) -> Option<String> {
    // What the harness measures is there in any case, and what was printed without samples will not become a metric.
    if subject.allow_partial || selector.name().starts_with("usage.") || no_samples(selector, subject).is_some() {
        return None;
    }
    if subject.exit.is_cut_short() {
        return Some(format!("it may have come later: the payload {}", subject.exit));
    }
    let cut = subject.diagnostics.iter().find(|d| d.code == code::CUT)?;
    Some(format!("it may have been in what was not kept: {}", cut.message))
}

/// The names that there are: first those that hold the wanted one, then by likeness.
fn nearest_names(wanted: &str, subject: &Subject<'_>) -> Vec<String> {
    let names: std::collections::BTreeSet<&str> = all(subject).map(|c| c.name).collect();
    let mut names = nearest::sorted(wanted, names.into_iter());
    names.sort_by_key(|name| !name.contains(wanted));
    names.iter().map(|metric| name::selecting(metric)).collect()
}

/// What a diagnostic says of a metric that stood on no sample. One about `clat` is about `clat.p99` as well.
fn no_samples<'a>(selector: &Selector, subject: &Subject<'a>) -> Option<&'a str> {
    let wanted = selector.name();
    let mut about = subject.diagnostics.iter().filter(|d| d.code == code::NO_SAMPLES).map(|d| d.message.as_str());
    about.find(|message| {
        let is_name = |c: char| c.is_alphanumeric() || "._".contains(c);
        let mut words = message.split(|c| !is_name(c)).map(|word| word.trim_end_matches('.'));
        words.any(|word| {
            !word.is_empty() && wanted.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    })
}
