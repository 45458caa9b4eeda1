//! Any text as the output of any format: no panic, and nothing said that is not so.
//!
//! The first line of an input names the format; what follows is stdout, then a byte 0x1e, then stderr.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use prill_core::extract::{self, Captures};
use prill_core::{Coverage, OutputFormat, Registry, Stream, Text};
use prill_extract_all as _;
use prill_testkit::{invariants, wording};

fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| Registry::linked().expect("formats are linked"))
}

fuzz_target!(|data: &[u8]| -> Corpus {
    let mut parts = data.splitn(2, |byte| *byte == b'\n');
    let name = parts.next().and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
    let (Ok(format), Some(output)) = (registry().get(name), parts.next()) else { return Corpus::Reject };
    let mut streams = output.splitn(2, |byte| *byte == 0x1e);
    let (stdout, stderr) = (streams.next().unwrap_or_default(), streams.next().unwrap_or_default());
    let captures = Captures::new().with(Stream::Stdout, stdout).with(Stream::Stderr, stderr);
    let _ = format.sniff(&Text::new(stdout));
    let extraction = extract::run(format, &captures, &[]);
    let mut wrong = invariants(&extraction, &captures);
    if name != OutputFormat::JSON.name() {
        wrong.extend(wording(&extraction));
    }
    assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
    assert!(!extraction.metrics.is_empty() || !extraction.diagnostics.is_empty(), "{name}: silence");
    let _ = Coverage::of(&extraction, &captures).explained();
    Corpus::Keep
});
