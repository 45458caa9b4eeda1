//! What a machine is used for while something else runs. Interval and count are the caller's:
//! `ctx.payload(&IOSTAT).args(["1", "10"])`; without them the first ones print the mean since the machine was started, once.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// iostat of [sysstat](https://github.com/sysstat/sysstat), with latencies.
pub const IOSTAT: Payload = tool("iostat", "iostat", "iostat", &["-x"]);
/// mpstat of [sysstat](https://github.com/sysstat/sysstat), of each processor.
pub const MPSTAT: Payload = tool("mpstat", "mpstat", "mpstat", &["-P", "ALL"]);
/// pidstat of [sysstat](https://github.com/sysstat/sysstat): processor time, memory, input and output, context switches.
pub const PIDSTAT: Payload = tool("pidstat", "pidstat", "pidstat", &["-u", "-r", "-d", "-w"]);
/// sar of [sysstat](https://github.com/sysstat/sysstat): processors, memory, devices, load, networks.
pub const SAR: Payload = tool("sar", "sar", "sar", &["-u", "-r", "-d", "-q", "-w", "-n", "DEV"]);
/// vmstat of [procps](https://gitlab.com/procps-ng/procps).
pub const VMSTAT: Payload = tool("vmstat", "vmstat", "vmstat", &["-w"]);
/// free of [procps](https://gitlab.com/procps-ng/procps).
pub const FREE: Payload = tool("free", "free", "free", &["-w"]);
/// [zpool iostat](https://openzfs.github.io/openzfs-docs/man/master/8/zpool-iostat.8.html), of each device.
pub const ZPOOL_IOSTAT: Payload = tool("zpool-iostat", "zpool", "zpool-iostat", &["iostat", "-v"]);
/// turbostat of the kernel's tools: five reports, one a second. It needs root.
pub const TURBOSTAT: Payload =
    tool("turbostat", "turbostat", "turbostat", &["--quiet", "--interval", "1", "--num_iterations", "5"]);

register_payload!(&IOSTAT, "use of processors and block devices");
register_payload!(&MPSTAT, "use of each processor");
register_payload!(&PIDSTAT, "what processes use");
register_payload!(&SAR, "all activities of a system");
register_payload!(&VMSTAT, "memory, swap, disks and processors over time");
register_payload!(&FREE, "memory and swap that are used and free");
register_payload!(&ZPOOL_IOSTAT, "operations and bandwidth of ZFS pools");
register_payload!(&TURBOSTAT, "frequency, idle states and power of processors");
