use super::TEXT;
use crate::{Look, prill_with};

#[test]
fn numbers_are_counted_and_the_open_ones_listed_with_their_places() {
    let ran = prill_with(&["explain", "--coverage"], TEXT, Look::default());
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(
        ran.out,
        "format  stream  numbers  claimed  ignored  unexplained  explained\n\
         tiny    stdout        4        2        1            1       75 %\n\
         \nignored\n     1  version\n\
         \nunexplained\nstdout:5:5: odd 5 parsecs\n"
    );
}

#[test]
fn a_place_names_the_file_so_that_an_editor_finds_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("run.log");
    std::fs::write(&path, "tiny\nx 1\nµµµ  7 parsecs\n").unwrap();
    let path = path.to_str().unwrap();
    let ran = prill_with(&["explain", "--coverage", path], "", Look::default());
    assert!(ran.out.contains(&format!("\nunexplained\n{path}:3:6: µµµ  7 parsecs\n")), "in characters: {}", ran.out);
}

#[test]
fn streams_are_counted_apart_and_together() {
    let dir = tempfile::tempdir().unwrap();
    let [out, err, foreign] = ["out", "err", "foreign"].map(|name| dir.path().join(name).to_str().unwrap().to_owned());
    std::fs::write(&out, "tiny-both\nx 1\n").unwrap();
    std::fs::write(&err, "tiny-both\ny 2\nversion 3\n").unwrap();
    std::fs::write(&foreign, "4 5 6\n").unwrap();
    let ran =
        prill_with(&["explain", "--coverage", "--as", "tiny-both", "--stdout", &out, "--stderr", &err], "", Look::default());
    let rows: Vec<&str> = ran.out.lines().skip(1).take(3).collect();
    assert_eq!(
        rows,
        [
            "tiny-both  stdout        1        1        0            0      100 %",
            "tiny-both  stderr        2        1        1            0      100 %",
            "tiny-both  all           3        2        1            0      100 %",
        ],
        "{}",
        ran.out
    );
    let ran =
        prill_with(&["explain", "--coverage", "--stdout", &out, "--as", "tiny-both", "--stderr", &foreign], "", Look::default());
    assert!(ran.out.lines().nth(1).is_some_and(|row| row.contains("stdout        1        1")), "{}", ran.out);
    assert!(!ran.out.contains("stderr"), "another program's numbers do not count: {}", ran.out);
}

#[test]
fn json_has_the_streams_and_spans_of_extract() {
    let ran = prill_with(&["explain", "--coverage", "--json"], TEXT, Look::default());
    assert_eq!(
        ran.json(),
        serde_json::json!({
            "format": "tiny",
            "metrics": 2,
            "streams": [{"stream": "stdout", "numbers": 4, "claimed": 2, "ignored": {"version": 1}, "unexplained": 1}],
            "unexplained": [{"stream": "stdout", "span": [42, 43], "line": 5, "column": 5, "text": "5"}],
        })
    );
    assert_eq!(&TEXT[42..43], "5");
    assert_eq!(prill_with(&["explain", "--json"], TEXT, Look::default()).status, 2, "there is no JSON of the text");
}

#[test]
fn a_text_that_gives_nothing_says_why_and_ends_with_3() {
    let ran = prill_with(&["explain", "--coverage"], "what is 5?\n", Look::default());
    assert_eq!(ran.status, 3);
    assert!(ran.err.contains("error[no-metrics]"), "{}", ran.err);
    assert!(ran.out.contains("none    all           0        0        0            0          -\n"), "{}", ran.out);
}

#[test]
fn almost_all_is_not_all() {
    let text = format!("tiny\n{}odd 5 parsecs\n", "x 1\n".repeat(2000));
    let ran = prill_with(&["explain", "--coverage"], &text, Look::default());
    assert!(ran.out.contains("99.9 %"), "{}", ran.out);
}
