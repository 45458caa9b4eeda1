//! Suites, and programs that compare whole machines. Most are compiled by who runs them: the folder of the program has to be in
//! `PATH`, or is the working directory.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [AIM 9](https://sourceforge.net/projects/aimbench/): its tests one after the other. The list of tests is a file beside it.
pub const AIM9: Payload = tool("aim9", "singleuser", "aim9", &["-nl"]);
/// [autonuma-benchmark](https://github.com/pholasek/autonuma-benchmark): all programs.
pub const AUTONUMA_BENCHMARK: Payload = tool("autonuma-benchmark", "start_bench.sh", "autonuma-benchmark", &["-A"]);
/// [CoreMark](https://www.eembc.org/coremark/): as many iterations as fill ten seconds.
pub const COREMARK: Payload = tool("coremark", "coremark.exe", "coremark", &[]);
/// [HPC Challenge](https://hpcchallenge.org/hpcc/): writes `hpccoutf.txt`, which is the caller's to name as an output file.
pub const HPCC: Payload = tool("hpcc", "hpcc", "hpcc", &[]);
/// [HPCG](https://hpcg-benchmark.org): writes a report, which is the caller's to name as an output file.
pub const HPCG: Payload = tool("hpcg", "xhpcg", "hpcg", &[]);
/// [High-Performance Linpack](https://www.netlib.org/benchmark/hpl/): what `HPL.dat` asks for.
pub const HPL: Payload = tool("hpl", "xhpl", "hpl", &[]);
/// A program of [lmbench](https://lmbench.sourceforge.net): the time of a system call, whose name is the caller's.
pub const LMBENCH: Payload = tool("lmbench", "lat_syscall", "lmbench", &[]);
/// The [Phoronix Test Suite](https://www.phoronix-test-suite.com): asks nothing. The tests are the caller's.
pub const PTS: Payload = tool("pts", "phoronix-test-suite", "pts", &["batch-run"]);
/// [SPEC CPU](https://www.spec.org/cpu2017/): the configuration and the benchmarks are the caller's.
pub const SPECCPU: Payload = tool("speccpu", "runcpu", "speccpu", &["--noreportable"]);
/// [UnixBench](https://github.com/kdlucas/byte-unixbench) with one copy, and with one for each processor.
pub const UNIXBENCH: Payload = tool("unixbench", "./Run", "unixbench", &[]);
/// A program of vm-scalability: touches memory from as many processes as there are processors. The size is the caller's.
pub const VM_SCALABILITY: Payload = tool("vm-scalability", "usemem", "vm-scalability", &[]);

register_payload!(&AIM9, "single operations of the system");
register_payload!(&AUTONUMA_BENCHMARK, "memory on several nodes");
register_payload!(&COREMARK, "one processor, without memory");
register_payload!(&HPCC, "processors, memory and network of a cluster");
register_payload!(&HPCG, "sparse linear algebra");
register_payload!(&HPL, "dense linear algebra");
register_payload!(&LMBENCH, "latency of a system call");
register_payload!(&PTS, "any test of the Phoronix Test Suite");
register_payload!(&SPECCPU, "programs of science and industry");
register_payload!(&UNIXBENCH, "small benchmarks of the system");
register_payload!(&VM_SCALABILITY, "touching and freeing memory");
