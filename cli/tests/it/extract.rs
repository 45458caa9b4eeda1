//! `prill extract`.

use std::path::PathBuf;

use serde_json::json;

use crate::{Look, prill, prill_with};

const TEXT: &str = "tiny\nversion 7\nlat.p99 431 us\ncount 18446744073709551615\ntotal 2\nodd 5 parsecs\n";

/// A folder with an output in it.
fn file(text: &str) -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    let path: PathBuf = dir.path().join("out");
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (dir, path)
}

#[test]
fn the_object_has_the_keys_of_the_contract() {
    let (_dir, path) = file(TEXT);
    let ran = prill(&["extract", "--as", "tiny", "--stderr", &path, "--exit-code", "3", "--json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out.lines().count(), 1);
    assert_eq!(
        ran.json(),
        json!({
            "format": "tiny", "stream": "stderr", "exit_code": 3,
            "metrics": [
                {"name": "lat.p99", "labels": {"op": "read"}, "value": 0.000431, "unit": "s", "polarity": "lower",
                 "stream": "stderr", "span": [23, 26], "resolution": 1e-6},
                {"name": "count", "labels": {}, "value": 18446744073709551615.0, "unit": null, "polarity": "lower",
                 "stream": "stderr", "span": [36, 56], "exact": "18446744073709551615"},
                {"name": "total", "labels": {}, "value": 3, "unit": null, "polarity": "unknown",
                 "stream": "stderr", "span": [63, 64], "derived": true, "spans": [[63, 64]]},
            ],
            "diagnostics": [
                {"severity": "warning", "code": "unknown-unit", "message": "`parsecs` is no unit", "stream": "stderr", "span": [71, 78]},
            ],
        })
    );
    assert!(
        ran.out.starts_with(r#"{"format":"tiny","stream":"stderr","exit_code":3,"metrics":[{"name":"lat.p99""#),
        "{}",
        ran.out
    );
}

#[test]
fn a_bare_file_is_the_stream_that_the_format_reads() {
    let (_dir, path) = file(TEXT);
    for (format, stream) in [("tiny", "stdout"), ("tiny-err", "stderr"), ("tiny-late", "stderr"), ("auto", "stdout")] {
        let ran = prill(&["extract", "--as", format, &path, "--json"]);
        assert_eq!((ran.status, &ran.json()["stream"]), (0, &json!(stream)), "{format}");
    }
    let named = path.clone() + ".stderr";
    std::fs::copy(&path, &named).unwrap();
    let ran = prill(&["extract", "--as", "tiny", &named, "--json"]);
    assert_eq!(ran.json()["stream"], json!("stderr"), "a file that is named after a stream is that stream");
    let (_dir, path) = file(&TEXT.replacen("tiny", "tiny-err", 1));
    let ran = prill(&["extract", &path, "--json"]);
    assert_eq!((&ran.json()["format"], &ran.json()["stream"]), (&json!("tiny-err"), &json!("stderr")));
}

#[test]
fn the_standard_input_is_read_in_a_pipe() {
    for args in [&["extract", "--json", "-"][..], &["extract", "--json"]] {
        let ran = prill_with(args, TEXT, Look::default());
        assert_eq!(ran.json()["metrics"][0]["value"], json!(0.000431), "{args:?}");
    }
}

#[test]
fn nothing_found_is_status_3_and_says_why() {
    for (text, code) in [("", "no-metrics"), ("junk 5\n", "no-metrics"), ("twin\nx 5\n", "tie")] {
        let ran = prill_with(&["extract", "--json"], text, Look::default());
        assert_eq!((ran.status, &ran.json()["metrics"]), (3, &json!([])), "{text}");
        assert_eq!(ran.json()["diagnostics"][0]["code"], json!(code), "{text}");
        assert!(!prill_with(&["extract"], text, Look::default()).err.is_empty(), "people are told too");
    }
    let exit_code = prill_with(&["extract", "--as", "exit-code"], "junk", Look::default());
    assert_eq!((exit_code.status, exit_code.err.as_str()), (0, ""), "this format never has numbers");
}

#[test]
fn bad_usage_is_status_2_and_names_the_remedy() {
    let (_dir, path) = file(TEXT);
    for (args, says) in [
        (&["extract", "--as", "tinny", &path][..], "called `tinny`; linked are tiny, "),
        (&["extract", "/no/such/file"], "error: failed to read /no/such/file: No such file"),
        (&["extract", "--stdout", &path, &path], "cannot be used with"),
        (&["extract", "--argv", &path, "-"], "write a JSON array of strings"),
        (&["extract", "--jsn"], "--json"),
        (&["frobnicate"], "unrecognized subcommand"),
        (&[], "Usage: prill"),
    ] {
        let ran = prill(args);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
    }
}

#[test]
fn people_get_a_table_in_human_units_and_the_diagnostics_apart() {
    let ran = prill_with(&["extract"], "tiny\nb 2 us\na.p99 15984 us\na.p9 5 us\nodd 5 parsecs\n", Look::default());
    assert_eq!(
        ran.out,
        "all with {op=read}\n\
         metric  value  unit  better\n\
         a.p9        5  us    ↓\n\
         a.p99   15.98  ms    ↓\n\
         b           2  us    ↓\n"
    );
    assert_eq!(ran.err, "warning[unknown-unit]: `parsecs` is no unit (stdout, bytes 43..50)\n");
}

#[test]
fn what_is_odd_in_every_line_is_said_a_few_times() {
    let ran = prill_with(&["extract"], format!("tiny\nx 1\nodd 5{}\n", " parsecs".repeat(9)), Look::default());
    assert_eq!(ran.err.lines().filter(|line| line.contains("is no unit")).count(), 5);
    assert!(ran.err.ends_with("warning[unknown-unit]: 4 more (--json and `prill explain` show all)\n"), "{}", ran.err);
}

#[test]
fn colours_are_asked_for_or_not_there() {
    let plain = prill_with(&["extract"], TEXT, Look::default());
    let always = prill_with(&["--color", "always", "extract"], TEXT, Look::default());
    let never = prill_with(&["extract", "--color=never"], TEXT, Look { colour: true, ..Look::default() });
    assert!(always.out.contains("\x1b[") && always.err.contains("\x1b["), "{}", always.out);
    assert_eq!((never.out, never.err), (plain.out, plain.err));
}
