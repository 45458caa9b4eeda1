//! Any text as a check or a selector: refused with words, or understood.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prill_core::{MetricCheck, Selector};

fuzz_target!(|text: &str| {
    match text.parse::<MetricCheck>() {
        Ok(check) => {
            let shown = check.to_string();
            let again: MetricCheck = shown.parse().unwrap_or_else(|e| panic!("`{text}` is shown as `{shown}`: {e}"));
            assert_eq!(again.to_string(), shown, "`{text}`");
        }
        Err(e) => assert!(!e.to_string().is_empty()),
    }
    match text.parse::<Selector>() {
        Ok(selector) => {
            let shown = selector.to_string();
            let again: Selector = shown.parse().unwrap_or_else(|e| panic!("`{text}` is shown as `{shown}`: {e}"));
            assert_eq!(again.to_string(), shown, "`{text}`");
        }
        Err(e) => assert!(!e.to_string().is_empty()),
    }
});
