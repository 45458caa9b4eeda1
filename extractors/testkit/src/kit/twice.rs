use std::collections::BTreeSet;

use prill_core::Extraction;
use prill_core::extract::Captures;

use super::{Finding, Kit, finding, places};
use crate::Case;
use crate::invariant::identities;

const SAY: &str = "let the last run count and say code::SEVERAL_DOCUMENTS, or label the runs; where two outputs cannot be told from \
                   one that went on, say why in `repeats` of meta.json";

/// Each output after itself, and after the one before it in the folder.
pub(super) fn check(kit: &Kit) -> Vec<Finding> {
    let mut findings = kit.each(|case, once| {
        let place = format!("{} twice in one output", case.name);
        look(kit, &place, &joined(case, case), |twice| dropped(case, once, twice))
    });
    for pair in kit.cases.windows(2) {
        let place = format!("{} and {} in one output", pair[0].name, pair[1].name);
        findings.extend(look(kit, &place, &joined(&pair[0], &pair[1]), |_| None));
    }
    findings
}

/// The streams of the second case behind those of the first; whole lines, as two runs into one file give them.
fn joined<'c>(first: &Case, second: &'c Case) -> Captures<'c> {
    let join = |(stream, bytes): &(prill_core::Stream, Vec<u8>)| {
        let before = first.bytes(stream);
        let feed: &[u8] = if before.is_empty() || before.ends_with(b"\n") { b"" } else { b"\n" };
        (stream.clone(), [before, feed, bytes].concat())
    };
    let captures = second.streams.iter().map(join).fold(Captures::new(), |captures, (s, bytes)| captures.with(s, bytes));
    second.argv.iter().fold(captures, |captures, argv| captures.with_argv(&argv[..]))
}

fn look(kit: &Kit, place: &str, captures: &Captures<'_>, and: impl Fn(&Extraction) -> Option<String>) -> Vec<Finding> {
    match kit.try_extract(captures) {
        Ok(extraction) => {
            let mut findings = places::wrong(place, &extraction, captures);
            findings
                .extend(identities(&extraction).into_iter().chain(and(&extraction)).map(|cause| Finding::new(place, cause, SAY)));
            findings
        }
        Err(panic) => vec![Finding::new(place, panic, finding::NO_PANIC)],
    }
}

/// What is lost of a run that stands twice, without a word. An output that the case says is hard, or that is broken already,
/// need not be better twice; nor one whose `repeats` says why.
fn dropped(case: &Case, once: &Extraction, twice: &Extraction) -> Option<String> {
    if case.shows.is_some()
        || case.repeats.is_some()
        || once.metrics.is_empty()
        || once.diagnostics.iter().any(|d| d.severity > prill_core::Severity::Note)
    {
        return None;
    }
    let names = |e: &Extraction| e.metrics.iter().map(|m| m.name().to_owned()).collect::<BTreeSet<_>>();
    if let Some(lost) = names(once).difference(&names(twice)).next() {
        return Some(format!("no metric is called {lost} any more"));
    }
    let said = twice.diagnostics.len() > once.diagnostics.len();
    (twice.metrics.len() < 2 * once.metrics.len() && !said).then(|| {
        format!(
            "{} metrics of one run, {} of two, and nothing says that one is left out",
            once.metrics.len(),
            twice.metrics.len()
        )
    })
}
