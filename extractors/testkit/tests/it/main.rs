//! The kit itself: a sound format passes it, and each way of breaking one fails the guarantee that it breaks.

mod flaws;
mod samples;
mod toy;

use std::collections::BTreeSet;

use prill_testkit::{Guarantee, Kit};

use toy::{Flaw, Toy};

/// The guarantees that `kit` breaks, and what is said of them.
fn broken(kit: &Kit) -> Vec<(Guarantee, String)> {
    let asked = Guarantee::ALL.iter().filter_map(|guarantee| kit.check(*guarantee).err());
    asked.map(|broken| (broken.guarantee, format!("failed to {broken}"))).collect()
}

fn names(broken: &[(Guarantee, String)]) -> BTreeSet<Guarantee> {
    broken.iter().map(|(guarantee, _)| *guarantee).collect()
}

/// The toy with a flaw, over samples that it passes without.
fn toy(flaw: Flaw) -> (tempfile::TempDir, Kit) {
    let folder = samples::folder();
    let kit = Kit::of(Box::leak(Box::new(Toy(flaw))), &folder.path().join("samples")).unwrap();
    (folder, kit)
}

#[test]
fn a_sound_format_passes() {
    let (_folder, kit) = toy(Flaw::None);
    assert_eq!(broken(&kit), []);
}
