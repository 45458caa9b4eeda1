use std::collections::BTreeSet;

use prill_core::{OutputFormat, Registry};
use prill_testkit::{Case, Recognised, recognised};

use super::{all_cases, are_twins, assert_none, name, registry, root};

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
fn every_format_is_held_to_the_conformance_kit() {
    let crates = std::fs::read_dir(root().join("extractors")).unwrap().map(|entry| entry.unwrap().path());
    let held: String = crates.filter_map(|folder| std::fs::read_to_string(folder.join("tests/conformance.rs")).ok()).collect();
    let registry = registry();
    let formats = registry.names().filter(|name| *name != OutputFormat::EXIT_CODE.name());
    let loose: Vec<_> = formats.filter(|name| !held.contains(&format!("conformance!(\"{name}\""))).collect();
    let remedy = "write `prill_testkit::conformance!(\"FORMAT\");` into the crate's tests/conformance.rs";
    assert!(loose.is_empty(), "nothing holds {loose:?} to the conformance kit: {remedy}");
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
fn every_snapshot_is_of_a_linked_format() {
    let registry = registry();
    let folders = std::fs::read_dir(root().join("snapshots")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let stale: Vec<_> = folders.filter(|name| registry.get(name).is_err()).collect();
    assert!(stale.is_empty(), "no format is called {stale:?}: delete its folder in snapshots");
}
