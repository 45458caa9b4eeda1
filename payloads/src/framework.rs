//! Benchmarks of your own, written with a framework.

use prill_core::{Payload, register_payload};

use crate::tool::tool;

/// `cargo bench` of a package that uses [criterion](https://docs.rs/criterion). `--bench NAME` chooses among several.
pub const CRITERION: Payload = tool("criterion", "cargo", "criterion", &["bench"]);
/// `cargo bench` of a package that uses [divan](https://docs.rs/divan).
pub const DIVAN: Payload = tool("divan", "cargo", "divan", &["bench"]);
/// `cargo bench` of a package that uses the standard library's `#[bench]`, or the crate `bencher`.
pub const LIBTEST_BENCH: Payload = tool("libtest-bench", "cargo", "libtest-bench", &["bench"]);
/// `go test -bench` of the package in the working directory: every benchmark ten times, no tests.
pub const GO_BENCH: Payload = tool("go-bench", "go", "go-bench", &["test", "-run", "^$", "-bench", ".", "-count", "10"]);
/// pytest with [pytest-benchmark](https://pytest-benchmark.readthedocs.io): the benchmarks alone.
pub const PYTEST_BENCHMARK: Payload = tool("pytest-benchmark", "pytest", "pytest-benchmark", &["--benchmark-only"]);

register_payload!(&CRITERION, "Rust benchmarks written with criterion");
register_payload!(&DIVAN, "Rust benchmarks written with divan");
register_payload!(&LIBTEST_BENCH, "Rust benchmarks of libtest or bencher");
register_payload!(&GO_BENCH, "Go benchmarks");
register_payload!(&PYTEST_BENCHMARK, "Python benchmarks");

/// The executable `exe`, which uses [Google Benchmark](https://github.com/google/benchmark): JSON, ten repetitions.
///
/// ```
/// use prill_core::Payload;
/// const FIB: Payload = prill_payloads::framework::google_benchmark("fib", "./build/fib_bench");
/// ```
#[must_use]
pub const fn google_benchmark(name: &'static str, exe: &'static str) -> Payload {
    tool(name, exe, "google-benchmark", &["--benchmark_format=json", "--benchmark_repetitions=10"])
}
