//! The linked formats against recorded cases with known numbers.

mod options;
mod peers;
mod table;
mod tally;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};
use prill_core::extract::auto;
use prill_core::{Coverage, Registry};
use prill_extract_all as _;
use prill_testkit::{Case, Hard, Recognised, cases, invariants, invented, judge, recognised};

use options::Options;
use tally::Tally;

pub(crate) fn main(words: &[&str]) -> Result<ExitCode> {
    let options = Options::read(words)?;
    let registry = Registry::linked()?;
    let found = cases(Path::new(&options.dir))?;
    let mut tools: BTreeMap<String, Tally> = BTreeMap::new();
    for case in found.iter().filter(|c| options.wants(tool(c, options.peers))) {
        let tool = tool(case, options.peers).to_owned();
        let tally = score(case, &registry, &options).with_context(|| format!("score {}", case.dir.display()))?;
        tools.entry(tool).or_default().add(&tally);
    }
    ensure!(!tools.is_empty(), "find a case below {}", options.dir);
    table::print(&tools, options.peers);
    let short = tools.values().any(|tally| tally.is_short());
    Ok(if short && !options.report { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The row that a case counts in. A peer's folder is the project that the case is from, so the tool counts there.
fn tool(case: &Case, peers: bool) -> &str {
    match &case.tool {
        Some(tool) if peers => tool,
        _ => &case.group,
    }
}

fn score(case: &Case, registry: &Registry, options: &Options) -> Result<Tally> {
    let format = format(case, registry, options.peers);
    let captures = case.captures();
    let extraction = match format {
        Some(name) => case.extract(registry.get(name)?),
        None => auto(registry, &captures, &[]),
    };
    let mut tally = Tally { cases: 1, ..Tally::default() };
    if options.peers {
        let (expected, misses) = peers::judge(case, &extraction);
        tally.expected = expected;
        tally.value = expected - misses.len();
        tally.whole = tally.value;
        complain(case, &misses, options);
        return Ok(tally);
    }
    let matches = judge(case, &extraction);
    let mut complaints: Vec<String> = matches.iter().filter_map(|m| m.complaint()).collect();
    tally.count(&matches);
    // The numbers of another tool are that tool's to explain.
    if case.shows != Some(Hard::WrongTool) {
        let coverage = Coverage::of(&extraction, &captures);
        tally.cover(&coverage);
        complaints.extend(coverage.unexplained().map(|n| {
            let text = String::from_utf8_lossy(n.span.of(case.bytes(&n.stream))).into_owned();
            format!("unexplained: `{text}` ({} {})", n.stream, n.span)
        }));
    }
    let inventions = invented(case, &extraction);
    tally.invented = inventions.len();
    complaints.extend(inventions);
    let broken = invariants(&extraction, &captures);
    tally.broken = broken.len();
    complaints.extend(broken);
    if let Some(format) = format {
        complaints.extend(recognise(case, format, registry, !extraction.metrics.is_empty(), &mut tally));
    }
    complain(case, &complaints, options);
    Ok(tally)
}

/// The linked format that a case is of, by its folder, else by its tool. A peer's folder is a project, which may be called as a
/// format is.
fn format<'c>(case: &'c Case, registry: &Registry, peers: bool) -> Option<&'c str> {
    let group = Some(case.group.as_str()).filter(|_| !peers || case.tool.is_none());
    [group, case.tool.as_deref()].into_iter().flatten().find(|name| registry.get(name).is_ok())
}

/// Counts what becomes of the case when nobody names the format; says what is wrong with that.
fn recognise(case: &Case, format: &str, registry: &Registry, measured: bool, tally: &mut Tally) -> Option<String> {
    match recognised(case, &[format], registry, measured) {
        Recognised::Right => {
            tally.auto_right = 1;
            None
        }
        Recognised::Tie(names) => {
            tally.ties.push(format!("{}/{}: {}", case.group, case.name, list(&names)));
            None
        }
        Recognised::Wrong(names) => {
            tally.auto_wrong = 1;
            Some(format!("auto: {}", if names.is_empty() { "no format recognises it".to_owned() } else { list(&names) }))
        }
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "no mark in the text".to_owned() } else { names.join(" or ") }
}

fn complain(case: &Case, complaints: &[String], options: &Options) {
    if options.verbose {
        for complaint in complaints {
            println!("{}/{}: {complaint}", case.group, case.name);
        }
    }
}
