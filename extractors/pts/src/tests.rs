use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

use super::Pts;

fn read(text: &str) -> Extraction {
    extract::run(&Pts, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn shown(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m} = {} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

const HEAD: &str = "    pts/x-1.0.0 [Size: 5]\n        Started Run 1 @ 09:56:55\n\n";

#[test]
fn the_mean_says_what_the_trials_are() {
    let found = read(&format!("{HEAD}    Size: 5:\n        20.5\n        19.5\n\n    Average: 20.0 ms\n    Deviation: 2.50%\n"));
    let labels = "result=\"Size: 5\", test=pts/x-1.0.0";
    assert_eq!(
        shown(&found),
        [
            format!("time{{repetition=1, {labels}}} = 0.0205 s"),
            format!("time{{repetition=2, {labels}}} = 0.0195 s"),
            format!("time.mean{{{labels}}} = 0.02 s"),
            format!("time.cv{{{labels}}} = 0.025 1"),
        ]
    );
}

#[test]
fn a_scale_that_only_the_test_knows_is_a_label() {
    let found = read(&format!("{HEAD}    Test Results:\n        7\n\n    Average: 7 MiPolys / Sec\n"));
    assert_eq!(shown(&found)[1], "score.mean{scale=\"MiPolys / Sec\", test=pts/x-1.0.0} = 7 ?");
    assert_eq!(found.diagnostics[0].code, code::UNKNOWN_UNIT);
}

#[test]
fn trials_without_a_mean_have_no_unit_and_are_no_metrics() {
    let found = read(&format!("{HEAD}    Test Results:\n        7\n        8\n"));
    assert!(found.metrics.is_empty());
}
