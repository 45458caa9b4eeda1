//! Any text as the TOML of a format, and any text as its output: refused with a place, or read without a lie.
//!
//! What follows the first byte 0x1e of an input is the output.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use prill_core::extract::{self, Captures};
use prill_core::{Extractor as _, Stream, Text};
use prill_declare::Declared;
use prill_testkit::invariants;

fuzz_target!(|data: &[u8]| -> Corpus {
    let mut parts = data.splitn(2, |byte| *byte == 0x1e);
    let Some(Ok(toml)) = parts.next().map(std::str::from_utf8) else { return Corpus::Reject };
    let output = parts.next().unwrap_or_default();
    let format = match Declared::from_toml(toml, "fuzz.toml") {
        Ok(format) => format,
        Err(e) => {
            assert!(!e.to_string().is_empty());
            return Corpus::Keep;
        }
    };
    let _ = format.sniff(&Text::new(output));
    let captures = Captures::new().with(Stream::Stdout, output);
    let wrong = invariants(&extract::run(&format, &captures, &[]), &captures);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Corpus::Keep
});
