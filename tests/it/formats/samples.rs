use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use prill_core::{OutputFormat, Registry};
use prill_testkit::{Case, Recognised, invariants, invented, judge, recognised, snapshot, wording};

use super::{all_cases, are_twins, assert_none, is_generic, name, registry, root};

#[test]
fn every_format_has_a_sample_and_every_sample_a_format() {
    let registry = registry();
    let sampled: BTreeSet<String> = all_cases().into_iter().map(|c| c.group).collect();
    let linked: BTreeSet<String> = registry.names().map(str::to_owned).collect();
    // The one format that reads no text.
    let without: Vec<_> = linked.difference(&sampled).filter(|n| *n != OutputFormat::EXIT_CODE.name()).collect();
    assert!(without.is_empty(), "no recorded output of {without:?}: put one in extractors/FORMAT/samples/CASE");
    let unlinked: Vec<_> = sampled.difference(&linked).collect();
    assert!(unlinked.is_empty(), "samples of {unlinked:?}, which no linked format is called: the folder has the format's name");
}

#[test]
fn samples_have_the_numbers_that_were_read_by_hand() {
    let registry = registry();
    let wrong: Vec<String> = all_cases().iter().flat_map(|case| complaints(case, &registry)).collect();
    assert_none(&wrong);
}

fn complaints(case: &Case, registry: &Registry) -> Vec<String> {
    let format = registry.get(&case.group).unwrap();
    let extraction = case.extract(format);
    let mut wrong = invented(case, &extraction);
    wrong.extend(judge(case, &extraction).iter().filter_map(|m| m.complaint()));
    if case.expect.is_none() {
        wrong.push("no expect.json: write down the numbers of the output that you can read in it".to_owned());
    }
    wrong.extend(invariants(&extraction, &case.captures()));
    if !is_generic(format) {
        wrong.extend(wording(&extraction));
    }
    if extraction.metrics.is_empty() && extraction.diagnostics.is_empty() {
        wrong.push("no metric and no diagnostic that says why".to_owned());
    }
    wrong.into_iter().map(|w| format!("{}: {w}", name(case))).collect()
}

#[test]
fn samples_are_recognised_when_nobody_names_the_format() {
    let registry = registry();
    let cases = all_cases();
    let measured = cases.iter().filter(|c| c.expect.as_ref().is_some_and(|e| !e.is_empty()));
    let wrong: Vec<String> = measured.filter_map(|case| mistaken(case, &registry)).collect();
    assert_none(&wrong);
}

fn mistaken(case: &Case, registry: &Registry) -> Option<String> {
    // A sample of a generic format may be some tool's output, which that tool's format knows better.
    let formats: Vec<&str> = [Some(case.group.as_str()), case.tool.as_deref()].into_iter().flatten().collect();
    match recognised(case, &formats, registry, true) {
        Recognised::Right => None,
        Recognised::Tie(names) if names.iter().all(|name| are_twins(name, &case.group)) => None,
        Recognised::Tie(names) => Some(format!("{}: tied by {names:?}, which are no twins that are known", name(case))),
        Recognised::Wrong(names) => Some(format!("{}: recognised by {names:?}", name(case))),
    }
}

#[test]
fn samples_match_their_snapshots() {
    let registry = registry();
    let cases = all_cases();
    let differ = cases.iter().filter(|case| catch_unwind(AssertUnwindSafe(|| assert_snapshot(case, &registry))).is_err());
    let differ: Vec<String> = differ.map(name).collect();
    assert!(differ.is_empty(), "the snapshots of {differ:?} differ: look at the differences above, then `cargo insta review`");
}

fn assert_snapshot(case: &Case, registry: &Registry) {
    let extraction = case.extract(registry.get(&case.group).unwrap());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("snapshots").join(&case.group));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(case.name.as_str(), snapshot(case, &extraction)));
}

#[test]
fn every_snapshot_has_a_sample() {
    let known: BTreeSet<String> = all_cases().iter().map(|c| format!("{}.snap", name(c))).collect();
    let list = |dir: &Path| std::fs::read_dir(dir).into_iter().flatten().map(|e| e.unwrap().path()).collect::<Vec<_>>();
    let snapshots = root().join("snapshots");
    let files: Vec<_> = list(&snapshots).iter().flat_map(|format| list(format)).collect();
    let kept = files.iter().filter(|f| f.extension().is_some_and(|e| e == "snap"));
    let stale: Vec<_> = kept.filter(|f| !known.contains(f.strip_prefix(&snapshots).unwrap().to_str().unwrap())).collect();
    assert!(stale.is_empty(), "no sample belongs to {stale:?}: delete them");
}
