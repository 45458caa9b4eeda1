//! Real tools through the payload API, with parameters that keep them short. `scripts/setup` installs them.
//!
//! - [`storage`], [`compute`], [`realtime`], [`kernel`], [`command`], [`system`]: by what they measure
//! - [`framework`]: benchmarks of one's own
//! - [`network`], [`http`], [`database`]: clients, each with a [`server`] of its own on the loopback interface

mod command;
mod compute;
mod database;
mod framework;
mod http;
mod kernel;
mod network;
mod realtime;
mod server;
mod storage;
mod system;

use std::collections::BTreeSet;

use prill::prelude::*;

use crate::formats::samples_of;

/// No run here takes longer than this, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(60);

/// A run of `payload`, whose tool has to be there.
fn tool<'a>(ctx: &'a Ctx, payload: &'a Payload) -> PayloadRun<'a> {
    let PayloadKind::Binary(exe) = payload.kind else { panic!("{} is no tool", payload.name) };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(exe).is_file());
    assert!(found, "{exe} is not installed: ./scripts/setup installs what the tests run");
    ctx.payload(payload).timeout(PATIENCE)
}

/// How many different numbers a run gave, so that a table that was half read shows; and that each is called as in the recorded
/// outputs of the format.
fn assert_measured(metrics: &PayloadMetrics, at_least: usize) {
    let found = metrics.iter().count();
    assert!(found >= at_least, "only {found} metrics; {:?}", metrics.diagnostics());
    let known: BTreeSet<String> = samples_of(metrics.format());
    let new: BTreeSet<&str> = metrics.iter().map(|m| m.name()).filter(|name| !known.contains(*name)).collect();
    assert!(new.is_empty(), "no recorded output of {} has {new:?}", metrics.format());
}
