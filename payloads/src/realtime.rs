//! Tracers and models of real-time work.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [rt-app](https://github.com/scheduler-tools/rt-app): the model of a workload. Its JSON file is the caller's.
pub const RT_APP: Payload = tool("rt-app", "rt-app", "rt-app", &[]);
/// `rtla timerlat` of the kernel's `tools/tracing/rtla`: timer latency of interrupt and thread, 30 s. It needs root.
pub const RTLA_TIMERLAT: Payload = tool("rtla-timerlat", "rtla", "rtla", &["timerlat", "top", "-q", "-d", "30s"]);
/// `rtla osnoise`: what takes processor time away, 30 s. It needs root.
pub const RTLA_OSNOISE: Payload = tool("rtla-osnoise", "rtla", "rtla", &["osnoise", "top", "-q", "-d", "30s"]);

register_payload!(&RT_APP, "the model of a real-time workload");
register_payload!(&RTLA_TIMERLAT, "timer latency by the kernel's tracer");
register_payload!(&RTLA_OSNOISE, "operating system noise by the kernel's tracer");
