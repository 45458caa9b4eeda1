use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [fio](https://github.com/axboe/fio): JSON with all latency buckets, 30 s after a ramp of 5 s. The job is the
/// caller's: `--name`, `--rw`, `--filename` and so on.
pub const FIO: Payload =
    tool("fio", "fio", "fio", &["--output-format=json+", "--eta=never", "--time_based", "--ramp_time=5", "--runtime=30"]);

register_payload!(&FIO, "flexible I/O tester");
