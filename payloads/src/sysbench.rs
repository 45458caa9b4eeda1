use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [sysbench](https://github.com/akopytov/sysbench): with the 99th percentile of latency. The test is the caller's:
/// `cpu run`.
pub const SYSBENCH: Payload = tool("sysbench", "sysbench", "sysbench", &["--percentile=99"]);

register_payload!(&SYSBENCH, "processor, memory, file, mutex and database tests");
