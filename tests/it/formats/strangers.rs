use prill_core::{Extractor, Sniff};
use prill_testkit::Case;

use super::{all_cases, are_twins, assert_none, is_generic, name, registry};

/// The formats that `case` is a stranger to: not its own, not its tool's, none that reads any text of its kind.
fn strangers<'r>(case: &Case, formats: &[&'r dyn Extractor]) -> Vec<&'r dyn Extractor> {
    let own: Vec<&str> = case.tool.iter().map(String::as_str).chain([case.group.as_str()]).collect();
    let is_own = |name: &str| own.iter().any(|own| *own == name || are_twins(name, own));
    formats.iter().copied().filter(|f| !is_own(f.name()) && !is_generic(*f)).collect()
}

#[test]
fn no_format_claims_the_output_of_another() {
    let registry = registry();
    let formats: Vec<&dyn Extractor> = registry.iter().collect();
    let mut wrong = Vec::new();
    for case in all_cases() {
        for format in strangers(&case, &formats) {
            for (stream, text) in case.texts() {
                let sniff = format.sniff(&text);
                if sniff >= Sniff::Likely {
                    wrong.push(format!("{} says {sniff:?} of {stream} of {}", format.name(), name(&case)));
                }
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn no_format_invents_numbers_in_the_output_of_another() {
    let registry = registry();
    let formats: Vec<&dyn Extractor> = registry.iter().collect();
    let mut wrong = Vec::new();
    for case in all_cases() {
        for format in strangers(&case, &formats) {
            let found = case.extract(format);
            wrong.extend(found.metrics.iter().map(|m| format!("{} invents {m:?} in {}", format.name(), name(&case))));
        }
    }
    assert_none(&wrong);
}
