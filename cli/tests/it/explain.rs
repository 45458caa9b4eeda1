//! `prill explain`.

use crate::{Look, prill_with};

const TEXT: &str = "tiny\nversion 7\nlat.p99 431 us\ntotal 2\nodd 5 parsecs\n";

fn explained(text: &str, width: usize) -> String {
    let ran = prill_with(&["explain"], text, Look { width: Some(width), ..Look::default() });
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.out
}

#[test]
fn each_number_is_marked_and_named_beside_its_line() {
    assert_eq!(
        explained(TEXT, 80),
        "stdout (52 bytes, read as tiny)\n\
         tiny\n\
         version 7\n\
         lat.p99 «431» us ← lat.p99{op=read} = 431 us ↓\n\
         total «2»        ← total = 3 (derived) ?\n\
         odd 5 parsecs\n      ^^^^^^^ warning[unknown-unit]: `parsecs` is no unit\n\
         metrics: 2; other numbers: 1 on purpose, 1 unclaimed\n     1  version\n"
    );
}

#[test]
fn names_that_do_not_fit_stand_below() {
    let narrow = explained("tiny\nlat.p99 431 us\nodd 5 parsecs\n", 40);
    assert!(narrow.contains("lat.p99 «431» us\n    └ lat.p99{op=read} = 431 us ↓\n"), "{narrow}");
    assert!(narrow.contains("      ^^^^^^^\n    warning[unknown-unit]"), "{narrow}");
}

#[test]
fn what_is_said_of_several_places_in_a_line_is_said_once() {
    let out = explained("tiny\nx 1\nodd 5 parsecs m parsecs parsecs\n", 80);
    assert!(out.contains("      ^^^^^^^ warning[unknown-unit]: `parsecs` is no unit\n"), "{out}");
    assert!(out.contains("                ^^^^^^^ ^^^^^^^ warning[unknown-unit]: `parsecs` is no unit\n"), "{out}");
}

#[test]
fn colour_marks_what_was_extracted_and_dims_other_numbers() {
    let ran = prill_with(&["explain"], TEXT, Look { colour: true, width: Some(80), ..Look::default() });
    assert!(ran.out.contains("lat.p99 \x1b[1m\x1b[36m431\x1b[0m us"), "{:?}", ran.out);
    assert!(ran.out.contains("version \x1b[2m7\x1b[0m\n"), "{:?}", ran.out);
}

#[test]
fn a_long_line_is_shown_around_its_numbers_and_control_characters_as_pictures() {
    let text = format!("tiny\n{}\rx 5 us {}\n", "7 ".repeat(50_000), "z ".repeat(50_000));
    let out = explained(&text, 80);
    assert!(out.len() < 1000 && out.contains("7 ␍x «5» us z") && out.contains("bytes ⋯"), "{out}");
    let out = explained("tiny\nx 5 us \u{7}\ty\n", 80);
    assert!(out.contains("us ␇      y"), "{out}");
}

#[test]
fn streams_are_labelled_and_what_was_not_read_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let [out, err] = ["out", "err"].map(|name| dir.path().join(name));
    std::fs::write(&out, "tiny\nx 1\n").unwrap();
    std::fs::write(&err, "noise 3\n").unwrap();
    let args = ["explain", "--stdout", out.to_str().unwrap(), "--stderr", err.to_str().unwrap()];
    let ran = prill_with(&args, "", Look::default());
    assert!(ran.out.contains("stdout (9 bytes, read as tiny)\n"), "{}", ran.out);
    assert!(ran.out.contains("stderr (8 bytes, not read by tiny)\nnoise 3\n"), "{}", ran.out);
}
