use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// cyclictest of [rt-tests](https://git.kernel.org/pub/scm/utils/rt-tests/rt-tests.git): one SCHED_FIFO 95 thread on each
/// processor, a timer each 1000 us, memory locked, 30 s. It needs root.
pub const CYCLICTEST: Payload =
    tool("cyclictest", "cyclictest", "cyclictest", &["-q", "-m", "-S", "-p", "95", "-i", "1000", "-D", "30"]);

register_payload!(&CYCLICTEST, "latency of timers, one thread a processor");
