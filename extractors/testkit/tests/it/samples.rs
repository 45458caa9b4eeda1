use std::fs::{create_dir_all, write};
use std::path::Path;

/// A run of the toy.
const RUN: &str = "toy 1.2\npid 4711\nlatency p50 431 us\nlatency p99 1250 us\nrate 5860.25 requests/s\ntoy finished\n";

/// The numbers in it, as somebody who knows no parser reads them.
const READ: &str = r#"[
    {"label": "median", "raw": "latency p50 431 us", "num": "431", "value": 0.000431, "unit": "s", "better": "lower", "stream": "stdout"},
    {"label": "p99", "raw": "latency p99 1250 us", "num": "1250", "value": 0.00125, "unit": "s", "better": "lower", "stream": "stdout"},
    {"label": "rate", "raw": "rate 5860.25 requests/s", "num": "5860.25", "value": 5860.25, "unit": "ops/s", "better": "higher", "stream": "stdout"}
]"#;

/// A folder with the samples of the toy: a run, and one of each that is hard.
pub(crate) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path().join("Cargo.lock"), "").unwrap();
    let samples = folder.path().join("samples");
    case(&samples.join("quick"), RUN, READ, r#"{"tool": "toy"}"#);
    case(&samples.join("empty"), "", "[]", r#"{"tool": "toy"}"#);
    case(&samples.join("truncated"), "toy 1.2\npid 4711\nlatency p50 4", "[]", r#"{"tool": "toy"}"#);
    case(&samples.join("other"), "Total: 8 things\n", "[]", r#"{"tool": "things", "shows": "wrong-tool"}"#);
    case(&samples.join("tool-failed"), "toy 1.2\nerror: no such thing\ntoy finished\n", "[]", r#"{"tool": "toy"}"#);
    folder
}

pub(crate) fn case(folder: &Path, stdout: &str, expect: &str, meta: &str) {
    create_dir_all(folder).unwrap();
    write(folder.join("stdout"), stdout).unwrap();
    write(folder.join("expect.json"), expect).unwrap();
    write(folder.join("meta.json"), meta).unwrap();
}
