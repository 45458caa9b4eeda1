use std::fs::{create_dir_all, remove_dir_all, remove_file, write};

use prill_testkit::{Guarantee, Kit};

use crate::toy::{Flaw, Toy};
use crate::{broken, names, samples, toy};

/// Fails unless the toy with `flaw` breaks just `guarantees`, and what is said of the first of them has all of `words`: the
/// place, the cause, the remedy.
fn breaks(flaw: Flaw, guarantees: &[Guarantee], words: &[&str]) {
    let (_folder, kit) = toy(flaw);
    let found = broken(&kit);
    assert_eq!(names(&found), guarantees.iter().copied().collect(), "{flaw:?}: {found:#?}");
    let said = &found.iter().find(|(guarantee, _)| *guarantee == guarantees[0]).unwrap().1;
    for word in words {
        assert!(said.contains(word), "{flaw:?}: `{word}` is not said: {said}");
    }
}

#[test]
fn a_wrong_unit_is_seen() {
    breaks(
        Flaw::WrongUnit,
        &[Guarantee::Values],
        &["quick: median: 0.000431 s", "no metric has the value", "remedy: read the upstream"],
    );
}

#[test]
fn a_missing_unit_is_seen() {
    breaks(
        Flaw::NoUnit,
        &[Guarantee::Words, Guarantee::Values],
        &["quick: request.latency.p50", "has no unit", "remedy: name the printed unit"],
    );
}

#[test]
fn a_missing_direction_is_seen() {
    breaks(
        Flaw::NoDirection,
        &[Guarantee::Words, Guarantee::Values],
        &["quick: request.latency.p50", "the direction unknown: expected lower", "remedy: name"],
    );
}

#[test]
fn a_shifted_span_is_seen() {
    use Guarantee::{BadBytes, Colours, LineEnds, LostBytes, Places, Prefixes, Twice, Values};
    let (_folder, kit) = toy(Flaw::ShiftedSpan);
    let found = names(&broken(&kit));
    assert!(found.is_superset(&[Places, Values, Prefixes, LostBytes, Twice].into()), "{found:?}");
    assert!(found.is_disjoint(&[LineEnds, Colours, BadBytes].into()), "{found:?}");
    let said = format!("{}", kit.check(Places).unwrap_err());
    for word in ["quick: ", "`31 ` at its span is no number", "remedy: push the token as a slice"] {
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn a_half_number_at_a_span_is_seen() {
    let (_folder, kit) = toy(Flaw::HalfSpan);
    let said = format!("{}", kit.check(Guarantee::Places).unwrap_err());
    assert!(
        said.contains("quick: request.latency.p50{thread=1} = 0.000031 s (lower, stdout 30..32) is a part of `431`"),
        "{said}"
    );
}

#[test]
fn a_lost_row_is_seen() {
    breaks(
        Flaw::LostRow,
        &[Guarantee::Values, Guarantee::Covered],
        &["quick: p99: 0.00125 s", "no metric has the value", "remedy"],
    );
    breaks(
        Flaw::LostRow,
        &[Guarantee::Covered, Guarantee::Values],
        &["quick stdout 48..52", "«1250»", "remedy: make it a metric"],
    );
}

#[test]
fn a_greedy_sniff_is_seen() {
    breaks(Flaw::GreedySniff, &[Guarantee::Foreign], &["an output of fio: sniff says Likely", "remedy: sniff for a mark"]);
}

#[test]
fn a_blind_sniff_is_seen() {
    breaks(Flaw::BlindSniff, &[Guarantee::Own], &["quick: sniff says No of it", "remedy: sniff for a mark"]);
}

#[test]
fn an_invented_number_is_seen() {
    breaks(
        Flaw::InventsNumbers,
        &[Guarantee::Foreign, Guarantee::Values, Guarantee::Words],
        &["other: invents count = 8", "an output of log: invents count = 1024", "remedy: read numbers only where"],
    );
}

#[test]
fn a_panic_is_seen() {
    breaks(
        Flaw::PanicsWhenCut,
        &[Guarantee::Prefixes],
        &["quick with stdout cut at 49", "panicked: a latency has four words", "remedy: an extractor returns"],
    );
    breaks(
        Flaw::PanicsWhenAByteIsLost,
        &[Guarantee::LostBytes],
        &["quick with stdout without byte 59", "panicked: no row is called rat"],
    );
}

#[test]
fn a_half_number_at_the_end_is_seen() {
    breaks(
        Flaw::HalfNumbers,
        &[Guarantee::Prefixes],
        &["quick with stdout cut at 31: half a number", "remedy: a number at the end of a line that is not ended"],
    );
}

#[test]
fn a_number_that_nobody_explains_is_seen() {
    breaks(
        Flaw::NumberUnexplained,
        &[Guarantee::Covered],
        &["quick stdout 12..16: nobody says what `pid «4711»` is", "remedy: make it a metric, or say why"],
    );
}

#[test]
fn a_name_against_the_rules_is_seen() {
    breaks(Flaw::CapitalName, &[Guarantee::Names], &["quick: `Request.latency.p50`: a name is lower_snake", "remedy: names are"]);
    breaks(Flaw::ToolInName, &[Guarantee::Names], &["quick: `toy.latency.p50`: no tool in a name", "remedy: names are"]);
    breaks(Flaw::CapitalLabel, &[Guarantee::Names], &["quick: ", "the label `Thread` is not lower_snake", "remedy: names are"]);
}

#[test]
fn one_identity_for_two_metrics_is_seen() {
    breaks(
        Flaw::OneIdentityForTwo,
        &[Guarantee::Names],
        &["quick: 1 metrics repeat an identity", "remedy: label what tells them apart"],
    );
}

#[test]
fn silence_is_seen() {
    breaks(
        Flaw::SilentCut,
        &[Guarantee::Samples, Guarantee::Covered],
        &["truncated (truncated): nothing says that the output is cut", "remedy: return"],
    );
    breaks(
        Flaw::SilentFailure,
        &[Guarantee::Samples],
        &["tool-failed (tool-failed): nothing says that the tool failed", "remedy: call"],
    );
    breaks(
        Flaw::SilentSecondRun,
        &[Guarantee::Twice],
        &["quick twice in one output: 3 metrics of one run, 3 of two", "remedy: let"],
    );
}

#[test]
fn what_a_line_is_wrapped_in_is_seen() {
    breaks(
        Flaw::KeepsCarriageReturn,
        &[Guarantee::LineEnds, Guarantee::Colours, Guarantee::BadBytes],
        &["quick with CRLF", "remedy: read lines by"],
    );
    breaks(
        Flaw::CountsColumns,
        &[Guarantee::Colours],
        &["quick with coloured lines: 3 metrics became 0", "remedy: read lines by"],
    );
    breaks(
        Flaw::CountsToTheEnd,
        &[Guarantee::BadBytes, Guarantee::Colours],
        &["quick with bytes that are no UTF-8", "remedy: read lines by"],
    );
}

#[test]
fn missing_samples_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let kit = Kit::of(&Toy(Flaw::None), &folder.path().join("samples")).unwrap();
    let said = format!("{}", kit.check(Guarantee::Samples).unwrap_err());
    assert!(
        said.contains("samples: there is no recorded output") && said.contains("remedy: record one: a folder samples/CASE"),
        "{said}"
    );
    for (hard, recipe) in [
        ("empty", "make an empty stdout"),
        ("truncated", "cut a recorded output"),
        ("other", "take a short output of another tool"),
        ("tool-failed", "run the tool with an argument that it refuses"),
    ] {
        let folder = samples::folder();
        remove_dir_all(folder.path().join("samples").join(hard)).unwrap();
        let kit = Kit::of(&Toy(Flaw::None), &folder.path().join("samples")).unwrap();
        let said = format!("{}", kit.check(Guarantee::Samples).unwrap_err());
        let word = if hard == "other" { "wrong-tool" } else { hard };
        assert!(said.contains(&format!("no case is `{word}`")) && said.contains(&format!("remedy: {recipe}")), "{said}");
    }
}

#[test]
fn a_sample_that_nobody_read_is_seen() {
    let folder = samples::folder();
    remove_file(folder.path().join("samples/quick/expect.json")).unwrap();
    let said =
        format!("{}", Kit::of(&Toy(Flaw::None), &folder.path().join("samples")).unwrap().check(Guarantee::Samples).unwrap_err());
    assert!(said.contains("no recorded output has a number") && said.contains("quick: no expect.json"), "{said}");
}

#[test]
fn a_failure_in_silence_needs_a_word_why() {
    let folder = samples::folder();
    let case = folder.path().join("samples/tool-failed");
    let ask = || Kit::of(&Toy(Flaw::None), &folder.path().join("samples")).unwrap().check(Guarantee::Samples);
    write(case.join("stdout"), "").unwrap();
    assert!(ask().is_err());
    write(case.join("meta.json"), r#"{"silent": "the toy dies without a word"}"#).unwrap();
    assert!(ask().is_ok());
}

#[test]
fn a_snapshot_that_differs_or_is_stale_is_seen() {
    let (folder, kit) = toy(Flaw::None);
    assert!(kit.snapshots(|_, _| {}).is_ok());
    let texts = std::cell::RefCell::new(Vec::new());
    kit.snapshots(|name, text| texts.borrow_mut().push(format!("{name}: {text}"))).unwrap();
    assert_eq!(texts.borrow().len(), 5);
    assert!(
        texts
            .borrow()
            .iter()
            .any(|text| text.contains("quick: toy of stdout: 3 metrics\nrequest.latency.p50{thread=1} = 0.000431 s"))
    );
    let differs = kit.snapshots(|name, _| assert_ne!(name, "quick")).unwrap_err().to_string();
    assert!(
        differs.contains("quick: its snapshot differs") && differs.contains("remedy: look at the difference above"),
        "{differs}"
    );
    let snapshots = folder.path().join("snapshots/toy");
    create_dir_all(&snapshots).unwrap();
    write(snapshots.join("quick.snap"), "").unwrap();
    write(snapshots.join("gone.snap"), "").unwrap();
    let stale = kit.check(Guarantee::Snapshots).unwrap_err().to_string();
    assert!(
        stale.contains("gone.snap: no sample belongs") && stale.contains("remedy: delete it") && !stale.contains("quick.snap"),
        "{stale}"
    );
}

#[test]
fn a_format_that_is_not_linked_is_named_with_its_crate() {
    let said = Kit::linked("no-such", env!("CARGO_MANIFEST_DIR")).err().unwrap().to_string();
    assert!(said.contains("no-such") && said.contains("use prill_extract_no_such as _;"), "{said}");
}
