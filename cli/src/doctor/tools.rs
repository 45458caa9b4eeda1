//! Which programs of the declared payloads are installed.

use std::collections::BTreeSet;
use std::path::PathBuf;

use prill_core::process::machine::find_program;
use prill_core::{PayloadKind, payload};

use super::finding::Finding;

/// A declared payload and its program.
pub(super) struct Tool {
    pub(super) payload: &'static str,
    pub(super) program: &'static str,
    pub(super) path: Option<PathBuf>,
}

/// The declared payloads that need a program.
pub(super) fn declared() -> Vec<Tool> {
    let programs = payload::registered().into_iter().filter_map(|registered| match registered.payload.kind {
        PayloadKind::Binary(program) | PayloadKind::Scheduler(program) => Some((registered.payload.name, program)),
        PayloadKind::Builtin(_) => None,
    });
    programs.map(|(payload, program)| Tool { payload, program, path: find_program(program) }).collect()
}

pub(super) fn found(tools: &[Tool]) -> Finding {
    const FACT: &str = "payload tools";
    let of = |there: bool| tools.iter().filter(move |tool| tool.path.is_some() == there).map(|tool| tool.program).collect();
    let (there, missing): (BTreeSet<&str>, BTreeSet<&str>) = (of(true), of(false));
    let list = |names: &BTreeSet<&str>| names.iter().copied().collect::<Vec<_>>().join(", ");
    let all = there.len() + missing.len();
    let value = match there.len() {
        0 => format!("none of {all}"),
        count => format!("{count} of {all}: {}", list(&there)),
    };
    if missing.is_empty() {
        return Finding::ok(FACT, value, "every declared payload can run");
    }
    Finding::note(FACT, value, format!("payloads of these cannot run: {}", list(&missing)))
        .remedy("install those that you need; `prill payloads` says what each is")
}
