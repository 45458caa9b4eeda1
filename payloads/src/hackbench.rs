use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// hackbench of [rt-tests](https://git.kernel.org/pub/scm/utils/rt-tests/rt-tests.git): 10 groups of 20 senders and 20
/// receivers, 10,000 messages each.
pub const HACKBENCH: Payload = tool("hackbench", "hackbench", "hackbench", &["-g", "10", "-l", "10000"]);

register_payload!(&HACKBENCH, "time for groups of senders and receivers to pass messages");
