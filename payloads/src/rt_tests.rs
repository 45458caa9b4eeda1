//! The smaller programs of [rt-tests](https://git.kernel.org/pub/scm/utils/rt-tests/rt-tests.git) 2.4, 30 s each where they
//! can be told. Those with a priority need root.

use prill_core::{OutputFormat, Payload, register_payload};

use crate::tool::tool;

/// What interrupts a busy loop on each processor.
pub const OSLAT: Payload = tool("oslat", "oslat", "oslat", &["-q", "-D", "30"]);
/// Priority inheritance under inversions. It sets real-time priorities of its own.
pub const PI_STRESS: Payload = tool("pi_stress", "pi_stress", "pi_stress", &["-q", "-D", "30"]);
/// Signals passed round between threads.
pub const SIGNALTEST: Payload = tool("signaltest", "signaltest", "signaltest", &["-q", "-m", "-p", "95", "-D", "30"]);
/// Hand-off by a POSIX message queue, one pair a processor.
pub const PMQTEST: Payload = tool("pmqtest", "pmqtest", "pmqtest", &["-q", "-S", "-p", "95", "-D", "30"]);
/// Hand-off by POSIX mutexes, one pair a processor.
pub const PTSEMATEST: Payload = tool("ptsematest", "ptsematest", "ptsematest", &["-q", "-S", "-p", "95", "-D", "30"]);
/// Hand-off by System V semaphores, one pair a processor.
pub const SVSEMATEST: Payload = tool("svsematest", "svsematest", "svsematest", &["-q", "-S", "-p", "95", "-D", "30"]);
/// Hand-off by `sigwait`, one pair a processor.
pub const SIGWAITTEST: Payload = tool("sigwaittest", "sigwaittest", "sigwaittest", &["-q", "-a", "-t", "-p", "95", "-D", "30"]);
/// Whether the tasks of the highest priorities are the ones that run.
pub const RT_MIGRATE_TEST: Payload = tool("rt-migrate-test", "rt-migrate-test", "rt-migrate-test", &["-q", "-D", "30"]);
/// A simulated packet queue. Cycles a packet (`-c`), packets (`-p`), frequency (`-f`) and limit (`-m`) are the caller's.
pub const QUEUELAT: Payload = tool("queuelat", "queuelat", "queuelat", &["-t", "30"]);
/// Whether ptrace single-steps as it should: it passes or fails, and prints no measurement.
pub const SSDD: Payload = tool("ssdd", "ssdd", OutputFormat::EXIT_CODE.name(), &["-q"]);
/// Latency of a SCHED_DEADLINE task.
pub const CYCLICDEADLINE: Payload = tool("cyclicdeadline", "cyclicdeadline", "cyclicdeadline", &["-q", "-D", "30"]);
/// Missed deadlines of SCHED_DEADLINE tasks. It runs until it is interrupted: give it a `timeout` with `kill_grace`.
pub const DEADLINE_TEST: Payload = tool("deadline_test", "deadline_test", "deadline_test", &[]);

register_payload!(&OSLAT, "what interrupts a busy loop");
register_payload!(&PI_STRESS, "priority inheritance under inversions");
register_payload!(&SIGNALTEST, "latency of signals between threads");
register_payload!(&PMQTEST, "latency of POSIX message queues");
register_payload!(&PTSEMATEST, "latency of POSIX mutexes");
register_payload!(&SVSEMATEST, "latency of System V semaphores");
register_payload!(&SIGWAITTEST, "latency of sigwait");
register_payload!(&RT_MIGRATE_TEST, "migration of real-time tasks");
register_payload!(&QUEUELAT, "latency of a simulated packet queue");
register_payload!(&SSDD, "single-stepping under ptrace, passed or failed");
register_payload!(&CYCLICDEADLINE, "latency of deadline tasks");
register_payload!(&DEADLINE_TEST, "missed deadlines");
