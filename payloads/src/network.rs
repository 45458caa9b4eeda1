//! Networks.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [iperf3](https://software.es.net/iperf/): JSON, 20 s after 2 s that are left out. The server is the caller's: `-c HOST`.
pub const IPERF3: Payload = tool("iperf3", "iperf3", "iperf3", &["-J", "-O", "2", "-t", "20"]);
/// [sockperf](https://github.com/Mellanox/sockperf): ping-pong, 30 s. The server is the caller's: `-i IP`.
pub const SOCKPERF: Payload = tool("sockperf", "sockperf", "sockperf", &["ping-pong", "-t", "30"]);

register_payload!(&IPERF3, "network throughput");
register_payload!(&SOCKPERF, "network latency");
