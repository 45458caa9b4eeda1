//! What source code of a package must not say: core names no tool, formats and plain computation touch nothing outside,
//! one engine starts processes.

use super::Finding;
use super::tree::{File, Tree};
use crate::workspace::Package;

/// Packages that name no tool.
const NAMELESS: &[&str] = &["prill-core", "prill-scan"];

/// Tools that have no format of their own here yet, but would be the first to be named.
const TOOLS: &[&str] =
    &["fio", "schbench", "hackbench", "cyclictest", "stress_ng", "sysbench", "iperf3", "pgbench", "wrk", "sockperf"];

/// Formats whose names are words of the language too, and those that are core's own.
const WORDS: &[&str] = &["json", "time", "go", "dd", "stream", "exit_code"];

/// The only place that starts processes, and the packages that are not part of prill.
const STARTERS: &[&str] = &["core/src/process/", "xtask/src/"];

/// What a format must not touch, and the same for what only computes.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::process",
    "std::env",
    "std::net",
    "std::thread",
    "SystemTime",
    "Instant",
    "std::io::stdin",
    "File::open",
    "env::var",
    "Command::new",
];

pub(super) fn check(packages: &[Package], tree: &Tree) -> Vec<Finding> {
    let formats = packages.iter().filter_map(Package::format).map(|name| name.replace('-', "_"));
    let mut tools: Vec<String> = formats.chain(TOOLS.iter().map(|t| (*t).to_owned())).collect();
    tools.retain(|tool| !WORDS.contains(&tool.as_str()));
    tools.sort();
    tools.dedup();
    let mut findings = Vec::new();
    for package in packages {
        let source = package.folder.join("src");
        if NAMELESS.contains(&package.name.as_str()) {
            findings.extend(tree.rust_in(&source).flat_map(|file| names(file, &package.name, &tools)));
        }
        findings.extend(tree.rust_in(&source).flat_map(starts));
        if package.format().is_some() || package.name == "prill-scan" {
            findings.extend(tree.rust_in(&source).flat_map(|file| outside(file, &package.name)));
        }
    }
    findings
}

fn names(file: &File, package: &str, tools: &[String]) -> Vec<Finding> {
    let named = |line: &str| {
        let line = line.to_ascii_lowercase().replace('-', "_");
        let words: Vec<String> = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').map(str::to_owned).collect();
        tools.iter().find(|tool| words.contains(tool)).cloned()
    };
    let found = file.code().filter_map(|(number, line)| named(line).map(|tool| (number, tool)));
    let finding = |(number, tool): (usize, String)| {
        Finding::new(
            format!("{}:{number}", file.path),
            format!("{package} names the tool {tool}"),
            "what is special about a tool stands in its extractor or its payload",
        )
    };
    found.map(finding).collect()
}

fn starts(file: &File) -> Vec<Finding> {
    if STARTERS.iter().any(|folder| file.path.starts_with(folder)) {
        return Vec::new();
    }
    let imports = |line: &str| line.contains("std::process::") && line.contains("Command");
    let found = file.code().filter(|(_, line)| imports(line));
    let finding = |(number, _): (usize, &str)| {
        Finding::new(
            format!("{}:{number}", file.path),
            "it starts a process by itself",
            "core::process starts processes: it captures, bounds and reaps them",
        )
    };
    found.map(finding).collect()
}

fn outside(file: &File, package: &str) -> Vec<Finding> {
    let found = file.code().filter_map(|(number, line)| OUTSIDE.iter().find(|what| line.contains(**what)).map(|w| (number, w)));
    let finding = |(number, what): (usize, &&str)| {
        Finding::new(
            format!("{}:{number}", file.path),
            format!("{package} uses {what}"),
            "captured text in, metrics out: no files, processes, clock or environment, so that a kept output gives the same metrics for ever",
        )
    };
    found.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, folder: &str) -> Package {
        Package { name: name.to_owned(), folder: folder.into(), dependencies: vec![] }
    }

    fn findings(path: &str, text: &str) -> Vec<String> {
        let packages = [package("prill-core", "core"), package("prill-extract-stress-ng", "extractors/stress-ng")];
        check(&packages, &Tree::of(&[(path, text)])).into_iter().map(|f| format!("{}: {}", f.place, f.cause)).collect()
    }

    #[test]
    fn core_names_no_tool() {
        assert_eq!(
            findings("core/src/a.rs", "if name == \"stress-ng\" {\n"),
            ["core/src/a.rs:1: prill-core names the tool stress_ng"]
        );
        assert_eq!(findings("core/src/a.rs", "fn read_fio_text() {}\n// as fio prints it\n"), [""; 0]);
        assert_eq!(findings("core/src/a.rs", "fn f() {}\n#[cfg(test)]\nmod tests { const A: &str = \"fio\"; }\n"), [""; 0]);
        assert_eq!(findings("core/src/a.rs", "struct Fio;\n").len(), 1);
    }

    #[test]
    fn a_format_touches_nothing_outside() {
        let source = "use std::time::Duration;\nlet t = std::time::Instant::now();\n";
        assert_eq!(
            findings("extractors/stress-ng/src/lib.rs", source),
            ["extractors/stress-ng/src/lib.rs:2: prill-extract-stress-ng uses Instant"]
        );
        assert_eq!(findings("extractors/stress-ng/tests/a.rs", source), [""; 0]);
        assert_eq!(findings("core/src/a.rs", source), [""; 0]);
    }

    #[test]
    fn one_engine_starts_processes() {
        let source = "use std::process::{Command, ExitCode};\n";
        assert_eq!(findings("core/src/run.rs", source), ["core/src/run.rs:1: it starts a process by itself"]);
        assert_eq!(findings("core/src/process/spawn.rs", source), [""; 0]);
        assert_eq!(findings("core/src/run.rs", "use std::process::ExitCode;\n"), [""; 0]);
    }
}
