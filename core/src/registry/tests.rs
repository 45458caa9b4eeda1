use super::*;
use crate::extract::{ExtractError, Input, MetricSink, Sniff};
use prill_scan::Text;

struct Named(&'static str);

impl Extractor for Named {
    fn name(&self) -> &str {
        self.0
    }

    fn summary(&self) -> &str {
        "a format for tests"
    }

    fn sniff(&self, _: &Text<'_>) -> Sniff {
        Sniff::No
    }

    fn extract(&self, _: &Input<'_>, _: &mut MetricSink) -> Result<(), ExtractError> {
        Ok(())
    }
}

static B: Registration = Registration::new(&Named("b"), "crate-b", "b.rs", 1);
static A: Registration = Registration::new(&Named("a"), "crate-a", "a.rs", 2);
static OTHER_B: Registration = Registration::new(&Named("b"), "crate-c", "c.rs", 3);

#[test]
fn formats_are_sorted_by_name() {
    let registry = Registry::of([&B, &A]).unwrap();
    assert_eq!(registry.names().collect::<Vec<_>>(), ["a", "b", "exit-code"]);
}

#[test]
fn a_name_twice_shows_both_places() {
    let e = Registry::of([&B, &A, &OTHER_B]).unwrap_err().to_string();
    assert!(e.contains("crate-b (b.rs:1)") && e.contains("crate-c (c.rs:3)"), "{e}");
    let e = Registry::of([&A]).unwrap().with(Named("a")).unwrap_err().to_string();
    assert!(e.contains("crate-a (a.rs:2)") && e.contains("tests.rs"), "{e}");
    assert!(matches!(Registry::of([&A]).unwrap().with(Named("auto")), Err(RegistryError::Reserved { .. })));
}

#[test]
fn an_empty_registry_is_an_error() {
    assert_eq!(Registry::of([]).unwrap_err(), RegistryError::Empty);
}

#[test]
fn a_wrong_name_lists_what_is_linked() {
    let registry = Registry::of([&B, &A]).unwrap();
    let Err(e) = registry.get("exit_code") else { panic!("there is no such format") };
    assert_eq!(e.to_string(), "find an output format called `exit_code`; linked are exit-code, a, b");
}
