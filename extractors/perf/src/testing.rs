//! What the tests of both formats need.

use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Extractor, Stream};
use prill_testkit::{cases, invariants, judge, wording};

/// What `format` reads in `text`, a text of `stream`.
pub(crate) fn read(format: &dyn Extractor, stream: Stream, text: &str) -> Extraction {
    extract::run(format, &Captures::new().with(stream, text.as_bytes()), &[])
}

/// The metrics, as `name{labels}=value`.
pub(crate) fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

/// The codes of the diagnostics.
pub(crate) fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

/// Fails unless the samples of `format` have the numbers that were read in them by hand, whatever their end cuts off.
pub(crate) fn samples(format: &dyn Extractor) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/").to_owned() + format.name();
    for case in cases(folder.as_ref()).unwrap() {
        let extraction = case.extract(format);
        let mut wrong: Vec<String> = judge(&case, &extraction).iter().filter_map(|m| m.complaint()).collect();
        wrong.extend(invariants(&extraction, &case.captures()));
        wrong.extend(wording(&extraction));
        assert!(wrong.is_empty(), "{}: {}", case.name, wrong.join("\n"));
        assert_eq!(extraction.metrics.is_empty(), case.expect.as_ref().unwrap().is_empty(), "{}", case.name);
        for (stream, bytes) in case.streams.iter().filter(|(_, bytes)| bytes.len() < 3000) {
            for end in 0..bytes.len() {
                let captures = Captures::new().with(stream.clone(), &bytes[..end]);
                let wrong = invariants(&extract::run(format, &captures, &[]), &captures);
                assert!(wrong.is_empty(), "{} cut at {end}: {}", case.name, wrong.join("\n"));
            }
        }
    }
}
