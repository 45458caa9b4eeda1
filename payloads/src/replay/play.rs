use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use rustix::process::{DumpableBehavior, Signal, getpid, kill_process, set_dumpable_behavior};

use super::case::Case;

/// Prints both streams at once, as the tool did, so that neither waits for a reader of the other; then ends like it.
///
/// # Errors
/// When a stream cannot be written.
pub(super) fn play(case: &Case, delay: Duration) -> io::Result<i32> {
    thread::scope(|scope| {
        let stderr = scope.spawn(|| print(&mut io::stderr(), &case.stderr, delay));
        let stdout = print(&mut io::stdout(), &case.stdout, delay);
        stdout.and(stderr.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    Ok(end(case.exit_code))
}

fn print(stream: &mut impl Write, bytes: &[u8], delay: Duration) -> io::Result<()> {
    if delay.is_zero() {
        stream.write_all(bytes)?;
    } else {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            thread::sleep(delay);
            stream.write_all(line)?;
            stream.flush()?;
        }
    }
    stream.flush()
}

/// Dies by the signal that `code` stands for, else gives it back.
fn end(code: i32) -> i32 {
    if let Some(signal) = Signal::from_named_raw(code - 128) {
        // The death is played: a core file of it would only take room. Where that cannot be had, it is written.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
        // A signal that the kernel refuses, or that does not kill, leaves the code.
        let _ = kill_process(getpid(), signal);
    }
    code
}
