//! Formats that TOML files describe.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::prill;

fn format(name: &str) -> String {
    format!(
        "name = \"{name}\"\nsummary = \"a rate\"\n[[line]]\nregex = '^rate (?<n>[0-9]+)$'\nmetrics.n = {{ name = \"rate\", unit = \"Hz\" }}\n"
    )
}

/// Runs the program in `dir`, whose folder `config` is the user's.
fn prill_in(dir: &Path, config: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prill"));
    command.args(args).current_dir(dir).env("XDG_CONFIG_HOME", config).output().unwrap()
}

#[test]
fn a_file_that_is_named_is_a_format() {
    let dir = tempfile::tempdir().unwrap();
    let (file, out) = (dir.path().join("my.toml"), dir.path().join("out"));
    fs::write(&file, format("my-rate")).unwrap();
    fs::write(&out, "rate 5\n").unwrap();
    let (file, out) = (file.to_str().unwrap(), out.to_str().unwrap());
    let ran = prill(&["extract", "--format-file", file, "--as", "my-rate", "--json", out]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let metric = &ran.json()["metrics"][0];
    assert_eq!((metric["name"].as_str(), metric["span"].to_string()), (Some("rate"), "[5,6]".to_owned()));
    let list = prill(&["--format-file", file, "formats"]);
    assert!(list.out.contains(&format!("described by {file}")), "{}", list.out);
}

#[test]
fn a_wrong_file_is_bad_usage_and_shown_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("my.toml");
    fs::write(&file, format("my-rate").replace("Hz", "KB")).unwrap();
    let ran = prill(&["formats", "--format-file", file.to_str().unwrap()]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("my.toml:5:37: `KB` is 1000 for some tools and 1024 for others\n"), "{}", ran.err);
    assert!(ran.err.contains("^^^^"), "{}", ran.err);
    fs::write(&file, format("tiny")).unwrap();
    let ran = prill(&["formats", "--format-file", file.to_str().unwrap()]);
    assert!(ran.status == 2 && ran.err.contains("both called `tiny`") && ran.err.contains("my.toml"), "{}", ran.err);
    let ran = prill(&["formats", "--format-file", "nowhere.toml"]);
    assert!(ran.status == 2 && ran.err.contains("nowhere.toml"), "{}", ran.err);
}

#[test]
fn the_projects_and_the_users_formats_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let (below, config) = (dir.path().join("a/b"), dir.path().join("config"));
    let users = config.join("prill/formats");
    fs::create_dir_all(&below).unwrap();
    fs::create_dir_all(&users).unwrap();
    fs::write(dir.path().join("filed.toml"), format("filed")).unwrap();
    fs::write(users.join("mine.toml"), format("mine")).unwrap();
    fs::write(users.join("notes.txt"), "no format").unwrap();
    let inline = format("inline").replace("[[line]]", "[[format.line]]");
    fs::write(dir.path().join("prill.toml"), format!("[[format]]\nfile = \"filed.toml\"\n[[format]]\n{inline}")).unwrap();
    // Named twice, it counts once.
    let list = prill_in(&below, &config, &["formats", "--format-file", "../../filed.toml"]);
    let shown = String::from_utf8_lossy(&list.stdout).into_owned();
    for (name, place) in [("filed", "filed.toml"), ("inline", "prill.toml"), ("mine", "mine.toml")] {
        let at = shown.find(&format!("{name} ")).unwrap_or_else(|| panic!("{shown}{}", String::from_utf8_lossy(&list.stderr)));
        let described = shown[at..].lines().nth(1).unwrap();
        assert!(described.contains("described by") && described.ends_with(place), "{shown}");
    }
    fs::write(dir.path().join("prill.toml"), "[[format]]\nfiles = \"x\"\n").unwrap();
    let wrong = prill_in(&below, &config, &["formats"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("prill.toml:"), "{}", String::from_utf8_lossy(&wrong.stderr));
}
