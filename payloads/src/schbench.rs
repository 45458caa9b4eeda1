use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [schbench](https://git.kernel.org/pub/scm/linux/kernel/git/mason/schbench.git): two messengers with two workers each, for
/// 30 s after 5 s of warm-up.
pub const SCHBENCH: Payload = tool("schbench", "schbench", "schbench", &["-m", "2", "-t", "2", "-r", "30", "-w", "5"]);

register_payload!(&SCHBENCH, "wake-up and request latency of messenger and worker threads");
