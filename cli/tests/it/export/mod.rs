//! Exports, each read by a program that others read such files with: `cli/tests/readers/read.py` calls them, `scripts/readers`
//! installs them.

mod readers;
mod shapes;

use std::fs;
use std::path::PathBuf;

use crate::records::Kept;

/// A label that no format may trip over.
const NASTY: &str = "a \"b\" <c>, #1 | ü";

/// One run of three records: one that passed, with labels that are hard to write; one that failed; one that crashed.
fn three() -> (Kept, PathBuf) {
    let kept = Kept::new();
    let format = kept.path("sizes.toml");
    fs::write(&format, FORMAT).unwrap();
    let format = format.to_str().unwrap();
    let run = |options: &[&str], script: &str| {
        let args = [&["--format-file", format, "run", "--as", "sizes"], options, &["--", "sh", "-c", script]].concat();
        kept.prill("run", &args).status
    };
    let passes = format!("echo 'lat 431 us {NASTY}'; echo 'rate 12.5 MB/s x'; echo 'rss 3 KiB y'; echo 'odd 7 things z'");
    assert_eq!(run(&["--check", "exists odd", "--parameter", "threads=8"], &passes), 0);
    assert_eq!(run(&["--check", "request.latency.p99 < 1us"], "echo 'lat 5 ms w'"), 1);
    let crashed = kept.path("run/prill/sh.2.prill.json");
    let text = fs::read_to_string(&crashed).unwrap().replace("\"state\":\"complete\"", "\"state\":\"crashed\"");
    fs::write(kept.path("run/prill/sh.3.prill.json"), text.replace("\"error\":null", "\"error\":\"the process died\"")).unwrap();
    let path = kept.path("run");
    (kept, path)
}

const FORMAT: &str = r#"
name = "sizes"
summary = "a name, a number, a unit and a label on each line"
streams = "stdout"

[[line]]
regex = '^lat (?<value>\S+) (?<unit>\S+) (?<label>.+)$'
labels = { label = "{label}" }
metrics.value = { name = "request.latency.p99", unit_from = "unit", polarity = "lower" }

[[line]]
regex = '^rate (?<value>\S+) (?<unit>\S+) (?<label>.+)$'
labels = { label = "{label}" }
metrics.value = { name = "throughput", unit_from = "unit", polarity = "higher" }

[[line]]
regex = '^rss (?<value>\S+) (?<unit>\S+) (?<label>.+)$'
labels = { label = "{label}" }
metrics.value = { name = "rss.max", unit_from = "unit", polarity = "lower" }

[[line]]
regex = '^odd (?<value>\S+) things (?<label>.+)$'
labels = { label = "{label}" }
metrics.value = { name = "odd", unit = "{thing}", polarity = "higher" }
"#;

/// Writes the run as `target`, and gives the file.
fn exported(kept: &Kept, run: &std::path::Path, target: &str) -> PathBuf {
    let file = kept.path(target);
    let said = kept.prill("none", &["export", "--to", target, "-o", file.to_str().unwrap(), run.to_str().unwrap()]);
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{target}");
    file
}
