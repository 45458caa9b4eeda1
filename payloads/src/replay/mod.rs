//! A recorded run, printed again: bodies can be tested without the tool.

use std::io::{self, Write as _};

use prill_core::{OutputFormat, Payload, PayloadKind, register_builtin, register_payload};

use crate::tool::EXIT_ZERO;

mod case;
mod options;
mod play;

use case::Case;
use options::{Options, Request, USAGE};

/// Prints a recorded run again and ends as it did: `ctx.payload(&REPLAY).arg(folder)`. The format is the one that recognises the
/// output best; `format` names another.
///
/// The folder holds `stdout`, `stderr` and `exit_code` (128+N is the death by signal N, as in a shell, so an exit with such a
/// code cannot be told from it); what is missing is empty, or 0. `--delay MS` waits before each line. The streams are printed at
/// once, each in its order; their order among each other is not recorded.
pub const REPLAY: Payload = Payload { output: OutputFormat::AUTO, default_checks: EXIT_ZERO, ..Payload::builtin("replay") };

/// A replay in the place of `payload`: with its name, format, checks and declared metrics.
///
/// ```
/// use prill_core::Payload;
/// const RECORDED: Payload = prill_payloads::replay_of(&prill_payloads::FIO);
/// // A body that took `payload: &Payload` is tested with: ctx.payload(&RECORDED).arg("samples/randread")
/// ```
#[must_use]
pub const fn replay_of(payload: &Payload) -> Payload {
    Payload { kind: PayloadKind::Builtin("replay"), default_args: &[], ..*payload }
}

register_payload!(&REPLAY, "prints a recorded run again");
register_builtin!("replay", main);

fn main() -> i32 {
    let args = std::env::args_os().skip(1);
    let options = match Options::parse(args) {
        Ok(Request::Help) => return io::stdout().write_all(USAGE.as_bytes()).map_or(1, |()| 0),
        Ok(Request::Play(options)) => options,
        Err(e) => return complain(&format!("{e}\n{USAGE}"), 2),
    };
    match Case::read(&options.dir).and_then(|case| play::play(&case, options.delay)) {
        Ok(code) => code,
        Err(e) => complain(&format!("failed to replay {}: {e}\n", options.dir.display()), 2),
    }
}

fn complain(text: &str, code: i32) -> i32 {
    // Nothing is left to tell where even stderr is closed.
    let _ = write!(io::stderr(), "replay: {text}");
    code
}
