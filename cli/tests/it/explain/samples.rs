use std::fs;
use std::path::{Path, PathBuf};

use super::html::{assert_sound, contents};
use super::{assert_fits, sample};
use crate::{Look, Ran, prill_with};

/// A few recorded outputs of each format.
fn outputs() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for format in fs::read_dir(sample("")).unwrap().map(|entry| entry.unwrap().path().join("samples")) {
        let Ok(cases) = fs::read_dir(format) else { continue };
        let streams = cases.map(|case| case.unwrap().path()).flat_map(|case| ["stdout", "stderr"].map(|s| case.join(s)));
        let mut handy: Vec<PathBuf> = streams.filter(|path| is_handy(path)).collect();
        handy.sort();
        let step = handy.len().div_ceil(FEW).max(1);
        found.extend(handy.into_iter().step_by(step));
    }
    assert!(found.len() > 40, "{} outputs below {}", found.len(), sample("").display());
    found
}

/// Of each format, so that the test is fast.
const FEW: usize = 6;

fn is_handy(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| (1..16 << 10).contains(&file.len()))
}

fn explain(path: &Path, width: usize, more: &[&str]) -> Ran {
    let args = [&["explain"], more, &[path.to_str().unwrap()]].concat();
    prill_with(&args, "", Look { width: Some(width), ..Look::default() })
}

/// The numbers that metrics came from, in order, as they are printed.
fn claimed(path: &Path, raw: &[u8]) -> Vec<String> {
    let extracted = prill_with(&["extract", "--json", path.to_str().unwrap()], "", Look::default()).json();
    let span = |span: &serde_json::Value| [0, 1].map(|end| usize::try_from(span[end].as_u64().unwrap()).unwrap());
    let mut spans: Vec<[usize; 2]> = Vec::new();
    for metric in extracted["metrics"].as_array().unwrap() {
        spans.push(span(&metric["span"]));
        spans.extend(metric["spans"].as_array().into_iter().flatten().map(span));
    }
    spans.sort_unstable();
    spans.dedup();
    spans.iter().map(|[start, end]| String::from_utf8_lossy(&raw[*start..*end]).into_owned()).collect()
}

#[test]
fn each_claimed_number_is_marked_exactly_once() {
    for path in outputs() {
        let raw = fs::read(&path).unwrap();
        let wanted = claimed(&path, &raw);
        let terminal = explain(&path, 160, &[]).out;
        let marked: Vec<&str> = terminal.split('«').skip(1).map(|rest| rest.split('»').next().unwrap()).collect();
        assert_eq!(marked, wanted, "{}", path.display());
        let page = explain(&path, 160, &["--html", "-"]).out;
        assert_eq!(contents(&page, "mark"), wanted, "{}", path.display());
    }
}

#[test]
fn no_row_is_wider_than_the_terminal() {
    for path in outputs() {
        for width in [40, 80, 160] {
            assert_fits(&explain(&path, width, &[]).out, width);
        }
    }
}

#[test]
fn every_page_is_sound_and_has_all_of_a_clean_text() {
    for path in outputs() {
        let page = explain(&path, 80, &["--html", "-"]).out;
        assert_sound(&page);
        let raw = fs::read(&path).unwrap();
        let clean = raw.iter().all(|b| *b == b'\n' || (b' '..=b'~').contains(b));
        if clean && raw.split(|b| *b == b'\n').all(|line| line.len() < 1000) {
            let text = String::from_utf8(raw).unwrap();
            assert_eq!(contents(&page, "code"), text.lines().collect::<Vec<_>>(), "{}", path.display());
        }
    }
}

/// The looks of an output, from the standard input, so that no path of a machine is in them.
fn look(path: &str, format: &str, more: &[&str], width: usize) -> String {
    let text = fs::read(sample(path)).unwrap();
    let args = [&["explain", "--as", format], more].concat();
    prill_with(&args, &text, Look { width: Some(width), ..Look::default() }).out
}

#[test]
fn looks() {
    const FIO: &str = "fio/samples/randread-normal/stdout";
    const SCHBENCH: &str = "schbench/samples/cur-default/stderr";
    const HACKBENCH: &str = "hackbench/samples/default-small/stdout";
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for (path, format) in [(FIO, "fio"), (SCHBENCH, "schbench"), (HACKBENCH, "hackbench")] {
        for width in [80, 160] {
            insta::assert_snapshot!(format!("{format}-{width}"), look(path, format, &[], width));
        }
        let page = look(path, format, &["--html", "-"], 80);
        // The style is read better where it is written.
        insta::assert_snapshot!(format!("{format}-html"), page.split_once("</style>").unwrap().1);
    }
}
