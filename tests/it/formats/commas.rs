use std::collections::BTreeMap;

use prill_core::extract::Extraction;

use super::{all_cases, assert_none, name, registry};

/// Formats of tools that print the decimal point of the locale.
const OF_LOCALES: &[&str] = &["perf-stat", "iostat", "mpstat", "pidstat", "sar", "vmstat", "free", "dd", "time", "jmh"];

/// The text as it is printed where the locale has decimal commas.
fn with_commas(text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    for at in 1..text.len().saturating_sub(1) {
        if text[at] == b'.' && text[at - 1].is_ascii_digit() && text[at + 1].is_ascii_digit() {
            text[at] = b',';
        }
    }
    text
}

fn values(found: &Extraction) -> BTreeMap<String, f64> {
    found.metrics.iter().map(|m| (m.to_string(), m.value())).collect()
}

/// `0,990` is no 990: such a number is read as what it is, or said.
#[test]
fn a_decimal_comma_is_never_one_of_thousands_and_goes_not_without_a_word() {
    let registry = registry();
    let mut wrong = Vec::new();
    let mut asked = 0;
    for mut case in all_cases().into_iter().filter(|case| OF_LOCALES.contains(&&*case.group)) {
        // A document has points in every locale.
        if case.streams.iter().any(|(_, bytes)| matches!(bytes.trim_ascii_start(), [b'{' | b'[', ..])) {
            continue;
        }
        let extractor = registry.get(&case.group).unwrap();
        let before = case.extract(extractor);
        case.streams.iter_mut().for_each(|(_, bytes)| *bytes = with_commas(bytes));
        let after = case.extract(extractor);
        let (old, new) = (values(&before), values(&after));
        let other = new.iter().filter(|(identity, value)| old.get(*identity).is_some_and(|old| old != *value));
        wrong.extend(
            other.map(|(identity, value)| format!("{}: {identity} is {value}, with a point {}", name(&case), old[identity])),
        );
        let is_said = after.diagnostics.iter().any(|d| before.diagnostics.iter().all(|known| known.code != d.code));
        if old.keys().any(|identity| !new.contains_key(identity)) && !is_said {
            wrong.push(format!("{}: numbers are gone and nothing is said", name(&case)));
        }
        asked += usize::from(new != old || is_said);
    }
    assert!(asked > 20, "{asked} samples have a point to change");
    assert_none(&wrong);
}
