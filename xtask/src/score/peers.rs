//! Numbers that the parsers of other projects read: an independent yardstick, matched by value alone.

use prill_core::Extraction;
use prill_testkit::Case;

/// How many numbers of the case are to be found, and which were not. What the peer computed, or read as zero, is not
/// counted.
pub(super) fn judge(case: &Case, extraction: &Extraction) -> (usize, Vec<String>) {
    let strict: Vec<_> = case.expect.iter().flatten().filter(|e| e.printed && e.value != 0.0).collect();
    let missed = strict.iter().filter(|e| !extraction.metrics.iter().any(|m| e.has_value(m.value())));
    let misses = missed.map(|e| format!("{}: no metric has the value {}", e.label, e.value)).collect();
    (strict.len(), misses)
}
