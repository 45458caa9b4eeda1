//! Networks.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [iperf3](https://software.es.net/iperf/): JSON, 20 s after 2 s that are left out. The server is the caller's: `-c HOST`.
pub const IPERF3: Payload = tool("iperf3", "iperf3", "iperf3", &["-J", "-O", "2", "-t", "20"]);
/// [sockperf](https://github.com/Mellanox/sockperf): ping-pong, 30 s. The server is the caller's: `-i IP`.
pub const SOCKPERF: Payload = tool("sockperf", "sockperf", "sockperf", &["ping-pong", "-t", "30"]);

/// [netperf](https://github.com/HewlettPackard/netperf): a stream over TCP, 20 s. The server is the caller's: `-H HOST`.
pub const NETPERF: Payload = tool("netperf", "netperf", "netperf", &["-l", "20"]);
/// [iperf 2](https://sourceforge.net/projects/iperf2/): 20 s with enhanced reports. The server is the caller's: `-c HOST`.
pub const IPERF2: Payload = tool("iperf2", "iperf", "iperf2", &["-e", "-t", "20"]);
/// ping: 50 packets, one each 0.2 s. The target is the caller's: `HOST`.
pub const PING: Payload = tool("ping", "ping", "ping", &["-n", "-c", "50", "-i", "0.2"]);
/// [fping](https://fping.org/): 50 packets to each target. The targets are the caller's: `HOST...`.
pub const FPING: Payload = tool("fping", "fping", "fping", &["-c", "50", "-p", "100"]);
/// [qperf](https://github.com/linux-rdma/qperf): all that is measured, 10 s a test. Server and tests are the caller's: `HOST tcp_bw tcp_lat`.
pub const QPERF: Payload = tool("qperf", "qperf", "qperf", &["-t", "10", "-v"]);
/// [NetPIPE](https://netpipe.cs.ksu.edu/) over TCP. The server, which is another NPtcp, is the caller's: `-h HOST`.
pub const NETPIPE: Payload = tool("netpipe", "NPtcp", "netpipe", &[]);
/// [ntttcp](https://github.com/microsoft/ntttcp-for-linux): 60 s. The receiver is the caller's: `-sHOST`.
pub const NTTTCP: Payload = tool("ntttcp", "ntttcp", "ntttcp", &["-t", "60"]);
/// [OSU micro-benchmarks](https://mvapich.cse.ohio-state.edu/benchmarks/): the latency of messages. MPI starts it twice: `mpirun -n 2`.
pub const OSU_LATENCY: Payload = tool("osu-latency", "osu_latency", "osu-micro-benchmarks", &[]);
/// [Intel MPI benchmarks](https://github.com/intel/mpi-benchmarks): all of MPI-1. MPI starts it several times: `mpirun -n 4`.
pub const IMB: Payload = tool("imb", "IMB-MPI1", "intel-mpi-benchmarks", &[]);
/// [testpmd](https://doc.dpdk.org/guides/testpmd_app_ug/): forwards packets until its standard input ends. Devices are the caller's: `-a DEVICE -- ..`.
pub const TESTPMD: Payload = tool("dpdk-testpmd", "dpdk-testpmd", "dpdk-testpmd", &[]);

register_payload!(&IPERF3, "network throughput");
register_payload!(&SOCKPERF, "network latency");
register_payload!(&NETPERF, "network throughput and requests");
register_payload!(&IPERF2, "network throughput, by iperf 2");
register_payload!(&PING, "round trips to a host");
register_payload!(&FPING, "round trips to many hosts");
register_payload!(&QPERF, "network throughput and latency");
register_payload!(&NETPIPE, "latency by size of messages");
register_payload!(&NTTTCP, "network throughput of many threads");
register_payload!(&OSU_LATENCY, "latency of MPI");
register_payload!(&IMB, "MPI, the Intel benchmarks");
register_payload!(&TESTPMD, "packets that DPDK forwards");
