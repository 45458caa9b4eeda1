//! Processors and memory; see [`crate::STRESS_NG`] and [`crate::SYSBENCH`] too.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// [mbw](https://github.com/raas/mbw): ten copies by each method. The size in MiB is the caller's.
pub const MBW: Payload = tool("mbw", "mbw", "mbw", &["-n", "10"]);
/// `openssl speed` in its exact form. The algorithms are the caller's: `sha256`, `-evp aes-256-gcm`.
pub const OPENSSL_SPEED: Payload = tool("openssl-speed", "openssl", "openssl-speed", &["speed", "-mr"]);
/// The benchmark of [7-Zip](https://www.7-zip.org).
pub const SEVEN_ZIP: Payload = tool("7z", "7z", "7z", &["b"]);
/// [simoop](https://github.com/masoncl/simoop): 60 s. The folders are the caller's.
pub const SIMOOP: Payload = tool("simoop", "simoop", "simoop", &["-r", "60"]);
/// [STREAM](https://www.cs.virginia.edu/stream/), compiled for arrays of the right size.
pub const STREAM: Payload = tool("stream", "stream", "stream", &[]);
/// [stressapptest](https://github.com/stressapptest/stressapptest): 30 s.
pub const STRESSAPPTEST: Payload = tool("stressapptest", "stressapptest", "stressapptest", &["-s", "30"]);
/// [tinymembench](https://github.com/ssvb/tinymembench): all tests, which take some minutes.
pub const TINYMEMBENCH: Payload = tool("tinymembench", "tinymembench", "tinymembench", &[]);

register_payload!(&MBW, "memory bandwidth");
register_payload!(&OPENSSL_SPEED, "cryptography");
register_payload!(&SEVEN_ZIP, "compression");
register_payload!(&SIMOOP, "memory, processors and storage at once");
register_payload!(&STREAM, "memory bandwidth of four kernels");
register_payload!(&STRESSAPPTEST, "memory under stress");
register_payload!(&TINYMEMBENCH, "memory bandwidth and latency");
