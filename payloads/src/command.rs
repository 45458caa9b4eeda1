//! What measures any other command, which is the caller's to name.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [hyperfine](https://github.com/sharkdp/hyperfine): JSON on stdout, after three runs of warm-up.
pub const HYPERFINE: Payload =
    tool("hyperfine", "hyperfine", "hyperfine", &["--style", "none", "--export-json", "/dev/stdout", "--warmup", "3"]);
/// [GNU time](https://www.gnu.org/software/time/) with all that it knows; a shell's `time` is another.
pub const TIME: Payload = tool("time", "/usr/bin/time", "time", &["-v"]);

register_payload!(&HYPERFINE, "time of a command, over many runs");
register_payload!(&TIME, "time and memory of a command, one run");
