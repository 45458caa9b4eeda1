//! `prill explain`.
//!
//! - `terminal`: the text with notes; `html`: the page; `coverage`: the numbers that nobody explained
//! - `samples`: what holds for all recorded outputs; the looks of three of them
//! - `hostile`: what holds for any bytes

mod coverage;
mod hostile;
mod html;
mod samples;
mod terminal;

use std::path::PathBuf;

use unicode_width::UnicodeWidthStr as _;

use crate::{Look, prill_with};

/// A text of the format `tiny` with numbers of every fate.
const TEXT: &str = "tiny\nversion 7\nlat.p99 431 us\ntotal 2\nodd 5 parsecs\n";

/// What `prill explain` prints of `text` on a terminal of this width.
fn explained(text: &str, width: usize) -> String {
    let ran = prill_with(&["explain"], text, Look { width: Some(width), ..Look::default() });
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.out
}

/// The page that `prill explain` makes of `text`.
fn page(text: &[u8]) -> String {
    prill_with(&["explain", "--html", "-"], text, Look::default()).out
}

/// No row is wider than the terminal.
fn assert_fits(out: &str, width: usize) {
    for row in out.lines() {
        assert!(row.width() <= width, "{} columns of {width}:\n{row}", row.width());
    }
}

/// The folder of a recorded output.
fn sample(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../extractors")).join(path)
}
