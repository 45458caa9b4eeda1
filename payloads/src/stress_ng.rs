use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [stress-ng](https://github.com/ColinIanKing/stress-ng): 30 s. The stressors are the caller's: `--cpu 2`.
pub const STRESS_NG: Payload = tool("stress-ng", "stress-ng", "stress-ng", &["--metrics", "-t", "30"]);

register_payload!(&STRESS_NG, "stressors of processor, memory and kernel");
