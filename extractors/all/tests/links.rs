//! Every format crate of the workspace is linked by this one.

use std::collections::BTreeSet;
use std::process::Command;

use prill_core::{Registry, RegistryError};
use prill_extract_all as _;

/// The packages `prill-extract-*` of the workspace, this one aside.
fn in_the_workspace() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let names = metadata["packages"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap());
    let formats = names.filter(|n| n.starts_with("prill-extract-") && *n != env!("CARGO_PKG_NAME"));
    formats.map(str::to_owned).collect()
}

/// The packages that registered a format with this program, core aside.
fn linked() -> BTreeSet<String> {
    let registry = match Registry::linked() {
        Err(RegistryError::Empty) => return BTreeSet::new(),
        other => other.unwrap(),
    };
    let places = registry.names().map(|name| registry.place(name).unwrap());
    let packages = places.map(|place| place.split(' ').next().unwrap().to_owned());
    packages.filter(|package| package != "prill-core").collect()
}

#[test]
fn every_format_of_the_workspace_is_linked() {
    let linked = linked();
    for package in in_the_workspace() {
        let folder = package.trim_start_matches("prill-extract-");
        let krate = package.replace('-', "_");
        assert!(
            linked.contains(&package),
            "{package} registers no format in a program that links prill-extract-all. Either its source has no \
             `register_extractor!`, or extractors/all lacks the two lines\n    \
             {package} = {{ path = \"../{folder}\", version = \"{}\" }}    in Cargo.toml, under [dependencies]\n    \
             use {krate} as _;    in src/lib.rs",
            env!("CARGO_PKG_VERSION"),
        );
    }
}
