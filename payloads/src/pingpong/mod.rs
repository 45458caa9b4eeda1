//! Wake-up latency between threads, measured for real, with nothing to install.

use std::io::{self, Write as _};

use prill_core::{OutputFormat, Payload, register_builtin, register_payload};

use crate::tool::EXIT_ZERO;

mod baton;
mod histogram;
mod measure;
mod options;
mod report;

use options::{Options, Request, USAGE};

/// Wake-up latency between pairs of threads: one second, one pair, unless `-r` and `-m` say otherwise (`--help` lists all).
///
/// Nothing needs to be installed: it is part of the program that links this crate. A call that finds its thread still awake is no
/// wake-up; it is counted apart.
pub const PINGPONG: Payload =
    Payload { output: OutputFormat::new("pingpong"), default_checks: EXIT_ZERO, ..Payload::builtin("pingpong") };

register_payload!(&PINGPONG, "wake-up latency between threads, nothing to install");
register_builtin!("pingpong", main);

fn main() -> i32 {
    let args = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned());
    match Options::parse(args) {
        Ok(Request::Help) => print(USAGE),
        Ok(Request::Measure(options)) => match measure::measure(&options) {
            Ok(pairs) => print(&report::report(&options, &pairs)),
            Err(e) => complain(&format!("failed to measure: {e}"), 1),
        },
        Err(e) => complain(&format!("{e}\n{USAGE}"), 2),
    }
}

fn print(text: &str) -> i32 {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => 0,
        Err(e) => complain(&format!("failed to print: {e}"), 1),
    }
}

fn complain(text: &str, code: i32) -> i32 {
    // Nothing is left to tell where even stderr is closed.
    let _ = writeln!(io::stderr(), "pingpong: {text}");
    code
}
