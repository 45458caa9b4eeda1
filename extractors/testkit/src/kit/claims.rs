use prill_core::{Extraction, Sniff, Stream, Text};

use super::{Finding, Kit};
use crate::{Case, Hard};

const MARK: &str = "sniff for a mark that only this tool prints, wherever in the text it stands";

/// What other tools print, by the name of the tool.
const STRANGERS: &[(&str, &str)] = &[
    ("ab", include_str!("../../strangers/ab")),
    ("cyclictest", include_str!("../../strangers/cyclictest")),
    ("dbench", include_str!("../../strangers/dbench")),
    ("fio", include_str!("../../strangers/fio")),
    ("go-bench", include_str!("../../strangers/go-bench")),
    ("google-benchmark", include_str!("../../strangers/google-benchmark")),
    ("hackbench", include_str!("../../strangers/hackbench")),
    ("hyperfine", include_str!("../../strangers/hyperfine")),
    ("hyperfine", include_str!("../../strangers/hyperfine.json")),
    ("iperf3", include_str!("../../strangers/iperf3")),
    ("log", include_str!("../../strangers/log")),
    ("mbw", include_str!("../../strangers/mbw")),
    ("perf-stat", include_str!("../../strangers/perf-stat")),
    ("pgbench", include_str!("../../strangers/pgbench")),
    ("prose", include_str!("../../strangers/prose")),
    ("redis-benchmark", include_str!("../../strangers/redis-benchmark")),
    ("schbench", include_str!("../../strangers/schbench")),
    ("stress-ng", include_str!("../../strangers/stress-ng")),
    ("sysbench", include_str!("../../strangers/sysbench")),
    ("wrk", include_str!("../../strangers/wrk")),
];

/// Outputs of the format that it does not recognise.
pub(super) fn own(kit: &Kit) -> Vec<Finding> {
    // One that reads any text of a kind leaves a text to the format that knows the tool.
    let called = |case: &Case| case.argv.as_ref().is_some_and(|argv| kit.extractor().called_by(argv).is_some());
    // A bare number has no mark: the command says whose it is.
    let least = |case: &Case| if kit.generic || is_bare(case) && called(case) { Sniff::Possible } else { Sniff::Likely };
    let sniff = |case: &Case| case.texts().map(|(_, text)| kit.extractor().sniff(&text)).max().unwrap_or(Sniff::No);
    let missed = kit.measured().filter(|case| case.shows != Some(Hard::WrongTool)).map(|case| (case, sniff(case)));
    let finding = |(case, sniff): (&Case, Sniff)| {
        (sniff < least(case)).then(|| Finding::new(&case.name, format!("sniff says {sniff:?} of it"), MARK))
    };
    missed.filter_map(finding).collect()
}

/// Whether a case is numbers alone.
fn is_bare(case: &Case) -> bool {
    case.streams.iter().all(|(_, bytes)| !bytes.iter().any(u8::is_ascii_alphabetic))
}

/// Texts of other tools that the format claims, or finds numbers in.
pub(super) fn foreign(kit: &Kit) -> Vec<Finding> {
    let name = kit.extractor().name();
    let mut findings = Vec::new();
    for (tool, text) in STRANGERS.iter().filter(|(tool, _)| *tool != name) {
        findings.extend(claimed(kit, &format!("an output of {tool}"), text.as_bytes()));
    }
    for case in kit.cases.iter().filter(|case| case.shows == Some(Hard::WrongTool) && case.tool.as_deref() != Some(name)) {
        findings.extend(case.streams.iter().flat_map(|(_, bytes)| claimed(kit, &case.name, bytes)));
    }
    findings
}

fn claimed(kit: &Kit, place: &str, bytes: &[u8]) -> Vec<Finding> {
    let most = if kit.generic { Sniff::Possible } else { Sniff::No };
    let sniff = kit.extractor().sniff(&Text::new(bytes));
    let mut findings = Vec::new();
    if sniff > most.max(Sniff::Possible) {
        findings.push(Finding::new(place, format!("sniff says {sniff:?} of it"), MARK));
    }
    if kit.generic {
        return findings;
    }
    for stream in [Stream::Stdout, Stream::Stderr] {
        let captures = prill_core::extract::Captures::new().with(stream, bytes);
        findings.extend(match kit.try_extract(&captures) {
            Ok(extraction) => invented(place, &extraction),
            Err(panic) => vec![Finding::new(place, panic, super::finding::NO_PANIC)],
        });
    }
    findings
}

fn invented(place: &str, extraction: &Extraction) -> Vec<Finding> {
    let remedy = "read numbers only where the format's own words stand around them";
    extraction.metrics.iter().map(|m| Finding::new(place, format!("invents {m:?}"), remedy)).collect()
}
