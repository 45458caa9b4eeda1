//! Who may depend on whom.

use super::Finding;
use crate::workspace::{Dependency, Package};

/// A package, and those of ours that it may depend on. A `*` stands for any rest of a name.
const ARROWS: &[(&str, &[&str])] = &[
    ("prill-scan", &[]),
    ("prill-core", &["prill-scan"]),
    ("prill-macros", &[]),
    ("prill-testkit", &["prill-core"]),
    ("prill-declare", &["prill-core"]),
    ("prill-extract-all", &["prill-extract-*"]),
    ("prill-extract-*", &["prill-core", "prill-declare"]),
    ("prill-payloads", &["prill-core"]),
    ("prill-records", &["prill-core"]),
    ("prill", &["prill-core", "prill-macros", "prill-payloads", "prill-records", "prill-extract-all"]),
    ("prill-cli", &["prill*"]),
    ("xtask", &["prill*"]),
];

/// Libraries that a format may use beside core: what reads text and nothing else.
const FORMAT_LIBRARIES: &[&str] = &["memchr", "nom", "regex", "thiserror"];

pub(super) fn check(packages: &[Package]) -> Vec<Finding> {
    let ours = |name: &str| packages.iter().any(|p| p.name == name);
    let mut findings = Vec::new();
    for package in packages {
        if ["core", "std", "alloc"].contains(&package.name.as_str()) {
            findings.push(Finding::new(
                manifest(package),
                format!("a package called {} shadows the standard library's", package.name),
                format!("call it prill-{}", package.name),
            ));
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| matches(name, &package.name)) else {
            findings.push(Finding::new(
                manifest(package),
                format!("nothing says on what {} may depend", package.name),
                "add a line to ARROWS in xtask/src/tidy/arrows.rs, and to the table in ARCHITECTURE.md",
            ));
            continue;
        };
        for dependency in &package.dependencies {
            if ours(&dependency.name) {
                findings.extend(own(package, dependency, allowed));
            } else if package.format().is_some() && !dependency.dev && !FORMAT_LIBRARIES.contains(&dependency.name.as_str()) {
                findings.push(Finding::new(
                    manifest(package),
                    format!("a format depends on {}", dependency.name),
                    format!("a format reads text with prill-core::scan and {}", FORMAT_LIBRARIES.join(", ")),
                ));
            }
        }
    }
    findings
}

fn own(package: &Package, dependency: &Dependency, allowed: &[&str]) -> Option<Finding> {
    // The tests of what is on top of the house may name everything below.
    let in_tests =
        dependency.dev && (dependency.name == "prill-testkit" || ["prill", "prill-extract-all"].contains(&package.name.as_str()));
    if in_tests || allowed.iter().any(|name| matches(name, &dependency.name)) {
        return None;
    }
    let cause = format!("{} depends on {}", package.name, dependency.name);
    let remedy = match (package.format(), dependency.name.strip_prefix("prill-extract-")) {
        (Some(_), Some(_)) => "formats never depend on one another: move what both need to scan".to_owned(),
        _ if allowed.is_empty() => format!("{} depends on none of our packages", package.name),
        _ => format!("of our packages {} may depend on {}", package.name, allowed.join(", ")),
    };
    Some(Finding::new(manifest(package), cause, remedy))
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

fn manifest(package: &Package) -> String {
    package.folder.join("Cargo.toml").display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, on: &[&str]) -> Package {
        let dependency =
            |name: &&str| Dependency { name: name.trim_start_matches("dev:").to_owned(), dev: name.starts_with("dev:") };
        Package { name: name.to_owned(), folder: name.into(), dependencies: on.iter().map(dependency).collect() }
    }

    fn causes(packages: &[Package]) -> Vec<String> {
        check(packages).into_iter().map(|f| f.cause).collect()
    }

    #[test]
    fn the_house_as_drawn_is_tidy() {
        let house = [
            package("prill-scan", &["memchr"]),
            package("prill-core", &["prill-scan", "inventory"]),
            package("prill-testkit", &["prill-core"]),
            package("prill-extract-fio", &["prill-core", "nom", "dev:prill-testkit", "dev:proptest"]),
            package("prill-extract-all", &["prill-extract-fio", "dev:prill-core"]),
            package("prill-macros", &["syn"]),
            package("prill", &["prill-core", "prill-macros", "dev:prill-testkit", "dev:prill-extract-fio"]),
        ];
        assert_eq!(causes(&house), [""; 0]);
    }

    #[test]
    fn each_wrong_arrow_is_found() {
        for (name, on, cause) in [
            ("prill-core", "prill-extract-fio", "prill-core depends on prill-extract-fio"),
            ("prill-core", "dev:prill-extract-fio", "prill-core depends on prill-extract-fio"),
            ("prill-scan", "prill-core", "prill-scan depends on prill-core"),
            ("prill-extract-json", "prill-extract-fio", "prill-extract-json depends on prill-extract-fio"),
            ("prill-extract-json", "dev:prill-extract-fio", "prill-extract-json depends on prill-extract-fio"),
            ("prill-extract-json", "nix", "a format depends on nix"),
            ("prill-payloads", "prill-extract-fio", "prill-payloads depends on prill-extract-fio"),
            ("prill-macros", "prill-core", "prill-macros depends on prill-core"),
            ("prill-attic", "prill-core", "nothing says on what prill-attic may depend"),
        ] {
            let mut packages = vec![package("prill-extract-fio", &[]), package(name, &[on])];
            if name != "prill-core" {
                packages.push(package("prill-core", &[]));
            }
            assert_eq!(causes(&packages), [cause], "{name}");
        }
        assert!(causes(&[package("core", &[])])[0].contains("shadows"));
    }
}
