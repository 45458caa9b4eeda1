use super::{TEXT, assert_fits, explained};
use crate::{Look, prill_with};

#[test]
fn each_number_is_marked_and_named_beside_its_line() {
    assert_eq!(
        explained(TEXT, 80),
        "stdout (52 bytes, read as tiny)
1 │ tiny
2 │ version 7        · version
3 │ lat.p99 «431» us ← lat.p99{op=read}  431 us ↓
4 │ total «2»        ← total  3 (no unit) ? (derived)
5 │ odd 5 parsecs    ? unexplained
  │       ^^^^^^^ warning[unknown-unit]: `parsecs` is no unit
metrics: 2; numbers: 4, of which 2 claimed, 1 ignored, 1 unexplained (75 %
    explained)
     1  version
↓ lower is better, ? nobody said which is better
"
    );
}

#[test]
fn names_that_do_not_fit_stand_below() {
    let narrow = explained("tiny\nlat.p99 431 us\nodd 5 parsecs\n", 40);
    assert!(narrow.contains("2 │ lat.p99 «431» us\n  │         └ lat.p99{op=read}  431 us ↓\n"), "{narrow}");
    assert!(narrow.contains("  │       ^^^^^^^\n  │     warning[unknown-unit]:\n  │     `parsecs` is no unit\n"), "{narrow}");
    assert_fits(&narrow, 40);
}

#[test]
fn what_is_said_of_several_places_in_a_line_is_said_once() {
    let out = explained("tiny\nx 1\nodd 5 m parsecs parsecs\nodd 5 parsecs\n", 80);
    assert!(out.contains("  │         ^^^^^^^ ^^^^^^^ warning[unknown-unit]: `parsecs` is no unit\n"), "{out}");
    assert!(out.contains("  │       ^^^^^^^ warning[unknown-unit], as above\n"), "{out}");
}

#[test]
fn numbers_of_one_line_are_told_apart() {
    let out = explained("tiny\na 1\nsum 2 3\n", 80);
    assert!(
        out.contains("3 │ sum «2» «3» ← 2  sum  5 (no unit) ? (derived)\n  │             ← 3  sum  (derived from this too)\n"),
        "{out}"
    );
}

#[test]
fn labels_that_many_lines_share_are_said_once() {
    let text = "tiny\na 1 us\nb 2 us\nc 3 us\nd 4\n";
    let out = explained(text, 80);
    let body: Vec<&str> = out.lines().skip(2).take(6).collect();
    assert_eq!(
        body,
        [
            "  ├── with {op=read}",
            "2 │ a «1» us ← a  1 us ↓",
            "3 │ b «2» us ← b  2 us ↓",
            "4 │ c «3» us ← c  3 us ↓",
            "  ├── with no common label",
            "5 │ d «4»    ← d  4 (no unit) ↓",
        ]
    );
}

#[test]
fn a_reason_that_holds_for_many_lines_is_not_repeated() {
    let out = explained("tiny\nversion 7\nversion 8\nversion 6\nversion 5\nx 1\nversion 9\n", 80);
    let body: Vec<&str> = out.lines().skip(2).take(6).collect();
    assert_eq!(
        body,
        [
            "2 │ version 7 · version",
            "3 │ version 8 · version",
            "4 │ version 6 ·",
            "5 │ version 5 ·",
            "6 │ x «1» ← x  1 (no unit) ↓",
            "7 │ version 9 · version",
        ]
    );
}

#[test]
fn colour_marks_what_was_extracted_and_dims_other_numbers() {
    let ran = prill_with(&["explain"], TEXT, Look { colour: true, width: Some(80), ..Look::default() });
    assert!(ran.out.contains("lat.p99 \x1b[1m\x1b[36m431\x1b[0m us"), "{:?}", ran.out);
    assert!(ran.out.contains("version \x1b[2m7\x1b[0m"), "{:?}", ran.out);
    assert!(!ran.out.contains('«'), "{:?}", ran.out);
}

#[test]
fn a_long_line_is_shown_around_its_numbers() {
    let text = format!("tiny\n{}x 5 us {}\n", " ".repeat(50_000), "z ".repeat(50_000));
    let out = explained(&text, 80);
    assert!(out.len() < 1500 && out.contains("x\n⋮ │ «5» us z") && out.matches(" bytes ⋯").count() == 2, "{out}");
    assert_fits(&out, 80);
}

#[test]
fn a_line_that_is_too_wide_goes_on_below_with_its_names_near() {
    let text = format!("tiny\nfirst 1 us {}tail\n", "word ".repeat(30));
    let out = explained(&text, 60);
    let rows: Vec<&str> = out.lines().skip(2).collect();
    assert!(rows[0].starts_with("2 │ first «1» us word "), "{out}");
    assert_eq!(rows[1], "  │       └ first{op=read}  1 us ↓");
    assert!(rows[2].starts_with("⋮ │ word "), "{out}");
    assert_fits(&out, 60);
}

#[test]
fn progress_that_was_overwritten_is_left_out() {
    let out = explained("tiny\n10%\r20%\r30%\rx 5 us\n", 80);
    assert!(out.contains("2 │ ⋯ 12 bytes overwritten ⋯ x «5» us ← x{op=read}  5 us ↓\n"), "{out}");
}

#[test]
fn what_was_overwritten_stays_where_a_metric_came_from_it() {
    let ran = prill_with(&["explain", "--as", "json"], "{\"a\": 1,\r\"b\": 2}\n", Look { width: Some(80), ..Look::default() });
    assert!(ran.out.contains("1 │ {\"a\": «1»,␍ ") && ran.out.contains("\n⋮ │ \"b\": «2»} "), "{}", ran.out);
}

#[test]
fn control_characters_colours_and_junk_stay_readable() {
    let text = b"tiny\r\nx \x1b[1;32m5\x1b[0m us \x07\ty\r\nz \x1b[2K\x00 \xff\r\n\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7\xf6\n";
    let ran = prill_with(&["explain"], text, Look { width: Some(80), ..Look::default() });
    assert!(ran.out.contains("2 │ x «5» us ␇      y ← x{op=read}  5 us ↓\n"), "{}", ran.out);
    assert!(ran.out.contains("3 │ z ␛␀ \u{fffd}\n4 │ ⋯ 10 bytes of no text ⋯\n"), "{}", ran.out);
    let how = "(51 bytes, read as tiny, CRLF line ends, escape sequences, NUL";
    assert!(ran.out.contains(how) && ran.out.contains("bytes, not all UTF-8)"), "{}", ran.out);
    assert!(!ran.out.contains(['\r', '\x1b', '\x07', '\0']), "{:?}", ran.out);
}

#[test]
fn wide_characters_take_two_columns() {
    let out = explained(&format!("tiny\nx 5 us {}\n", "測試".repeat(40)), 50);
    assert_fits(&out, 50);
    assert!(out.contains("測試"), "{out}");
}

#[test]
fn streams_are_labelled_and_what_was_not_read_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let [out, err] = ["out", "err"].map(|name| dir.path().join(name));
    std::fs::write(&out, "tiny\nx 1\n").unwrap();
    std::fs::write(&err, "noise 3\n").unwrap();
    let [out, err] = [out, err].map(|path| path.to_str().unwrap().to_owned());
    let ran = prill_with(&["explain", "--stdout", &out, "--stderr", &err], "", Look { width: Some(500), ..Look::default() });
    assert!(ran.out.contains(&format!("stdout {out} (9 bytes, read as tiny)\n")), "{}", ran.out);
    assert!(ran.out.contains(&format!("stderr {err} (8 bytes, not read by tiny)\n1 │ noise 3\n")), "{}", ran.out);
    assert!(ran.out.contains("numbers: 1, of which 1 claimed"), "what was not read does not count: {}", ran.out);
}

#[test]
fn a_text_that_no_format_knows_is_shown_all_the_same() {
    let ran = prill_with(&["explain"], "what is 5?\n", Look { width: Some(80), ..Look::default() });
    assert_eq!(ran.status, 3);
    assert!(ran.out.starts_with("error[no-metrics]: no linked format recognises the output"), "{}", ran.out);
    assert!(ran.out.contains("stdout (11 bytes, no format recognised)\n1 │ what is 5?\nmetrics: 0; numbers: 0"), "{}", ran.out);
}
