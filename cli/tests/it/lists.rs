//! What lists and describes: formats, completions, manual pages, version.

use crate::prill;

#[test]
fn formats_are_listed_with_the_streams_they_read() {
    let ran = prill(&["formats"]);
    assert_eq!(ran.status, 0);
    // How far apart the columns stand depends on the longest name that is linked.
    let rows: Vec<String> = ran.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert!(rows.iter().any(|row| row == "tiny stdout, else stderr names and values, for tests"), "{}", ran.out);
    assert!(ran.out.contains("exit-code"), "{}", ran.out);
    let verbose = prill(&["formats", "--verbose"]);
    assert!(verbose.out.contains("registered by prill-cli (cli/tests/it/tiny.rs:"), "{}", verbose.out);
}

#[test]
fn payloads_are_listed_with_what_they_run() {
    let ran = prill(&["payloads"]);
    let row =
        |name: &str| ran.out.lines().find(|line| line.starts_with(name)).unwrap().split("  ").map(str::trim).collect::<String>();
    assert_eq!(row("tiny-echo"), "tiny-echoechoexit-codeprints its arguments");
    assert_eq!(row("tiny-foreign"), "tiny-foreigntruetiny-foreign (not linked)its format is not linked");
    let verbose = prill(&["payloads", "-v"]);
    assert!(verbose.out.contains("  args     default\n  checks   exit == 0\n"), "{}", verbose.out);
}

#[test]
fn completions_and_manual_pages_are_made() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = prill(&["completions", shell]);
        assert!(ran.status == 0 && ran.out.contains("extract"), "{shell}");
    }
    let page = prill(&["man"]);
    assert!(page.out.contains(".TH prill 1") && page.out.contains("Exit status"), "{}", page.out);
    let page = prill(&["man", "extract"]);
    assert!(page.out.contains(".TH prill-extract 1") && page.out.contains("exit\\-code"), "{}", page.out);
    let none = prill(&["man", "nothing"]);
    assert!(none.status == 2 && none.err.contains("there are run, extract,"), "{}", none.err);
}

#[test]
fn help_and_version_are_results() {
    let version = prill(&["--version"]);
    assert_eq!((version.status, version.out), (0, format!("prill {}\n", env!("CARGO_PKG_VERSION"))));
    let help = prill(&["extract", "--help"]);
    assert!(help.status == 0 && help.out.contains("--exit-code") && help.err.is_empty());
}
