//! Every error, and where it points.

use prill_declare::{DeclareError, Declared};

const HEAD: &str = "name = \"x\"\nsummary = \"s\"\n";

fn error(text: &str) -> DeclareError {
    Declared::from_toml(text, "x.toml").expect_err(text)
}

/// The error in `[[line]]`, whose keys stand from line 4 on.
#[track_caller]
fn in_line(keys: &str, place: (usize, usize), cause: &str) {
    let found = error(&format!("{HEAD}[[line]]\n{keys}\n"));
    assert_eq!((found.line, found.column), place, "{found}");
    assert!(found.cause.contains(cause), "{found}");
    assert!(!found.remedy.is_empty());
}

#[test]
fn an_error_is_shown_like_a_compilers() {
    let found = error("name = \"x\"\nsummary = \"s\"\n[[line]]\nregex = '(?<n>'\n");
    assert_eq!(
        found.to_string(),
        "read the format at x.toml:4:10: the regex cannot be read: unclosed group\n  |\n4 | regex = '(?<n>'\n  |          ^\n  \
         = see docs.rs/regex for the syntax; '...' in TOML needs no escapes"
    );
}

#[test]
fn what_is_no_toml_is_said_with_its_place() {
    let found = error("name = \"x\"\nsummary = \n");
    assert_eq!(found.line, 2, "{found}");
    assert!(found.cause.starts_with("this is no TOML"), "{found}");
}

#[test]
fn the_head_is_checked() {
    for (text, place, cause) in [
        ("summary = \"s\"\n", (1, 1), "`name` is missing"),
        ("name = \"X\"\nsummary = \"s\"\n", (1, 8), "no name of a format"),
        ("name = \"auto\"\nsummary = \"s\"\n", (1, 8), "of prill itself"),
        ("name = 5\nsummary = \"s\"\n", (1, 8), "not an integer"),
        ("name = \"x\"\nsummary = \"\"\n", (2, 11), "not one line"),
        ("name = \"x\"\nsummary = \"s\"\nstreams = \"both\"\n", (3, 11), "`both` is not known"),
        ("name = \"x\"\nsummary = \"s\"\nline = 5\n", (3, 8), "one table"),
        ("name = \"x\"\nsummary = \"s\"\nsniff = { sure = 'a' }\n", (3, 11), "`sure` is no key"),
        ("name = \"x\"\nsummary = \"s\"\n", (1, 1), "no line is described"),
        ("name = \"x\"\nsummary = \"s\"\nunits = { K = \"KB\" }\n", (3, 15), "1000 for some tools and 1024"),
    ] {
        let found = error(text);
        assert_eq!((found.line, found.column), place, "{found}");
        assert!(found.cause.contains(cause), "{found}");
    }
}

#[test]
fn a_line_is_checked() {
    in_line("regex = 5", (4, 9), "not an integer");
    in_line("regex = 'a'", (4, 9), "no metric");
    in_line("regex = 'a'\nmetrics.n = { name = \"n\" }", (5, 9), "`n` is no capture");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"N\" }", (5, 22), "breaks the grammar");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"{op}.x\" }", (5, 22), "`op` is no capture");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n{\" }", (5, 22), "brace");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\", unit = \"KB\" }", (5, 34), "1000 for some tools and 1024");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\", unit = \"parsec\" }", (5, 34), "`parsec` is no unit");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\", units = \"s\" }", (5, 27), "`units` is no key");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\", polarity = \"up\" }", (5, 38), "`up` is not known");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\", polarity = { target = \"x\" } }", (5, 38), "target is no number");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\", unit = \"s\", resolution = \"1MB\" }", (5, 52), "no step");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\", unit = \"s\", resolution = \"x\" }", (5, 52), "no quantity");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\", samples = \"c\" }", (5, 37), "`c` is no capture");
    in_line("regex = '(?<n>.)(?<m>.)'\nmetrics.n = { name = \"n\" }", (4, 9), "`m` is not used");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\" }\nignore = { n = \"why\" }", (6, 12), "ignored too");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\" }\nlabels = { A = \"b\" }", (6, 12), "no key of a label");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\" }\nlabels = { repetition = \"{n}\" }", (6, 12), "is counted");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\" }\nrepeat = \"first\"", (6, 10), "`first` is not known");
    in_line("regex = '(?<n>.)'\nmetrics.n = { name = \"n\" }\nsection = \"t\"", (6, 11), "`t` is not known");
}

#[test]
fn regexes_and_files_are_bounded() {
    in_line("regex = '(\\w{100}){100}'", (4, 9), "of memory");
    in_line(&format!("regex = '{}'", "a".repeat(3000)), (4, 9), "the limit is 2048");
    let many: String = (0..200).map(|_| "[[ignore]]\nregex = 'a'\nwhy = \"b\"\n").collect();
    let text = format!("{HEAD}[[line]]\nregex = '(?<n>.)'\nmetrics.n = {{ name = \"n\" }}\n{many}");
    assert!(error(&text).cause.contains("more than 128 regexes"));
    assert!(error(&"#".repeat(300 << 10)).cause.contains("the limit is"));
}
