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
/// `cargo bench` of a package that uses [iai](https://docs.rs/iai).
pub const IAI: Payload = tool("iai", "cargo", "iai", &["bench"]);
/// `cargo bench` of a package that uses [gungraun](https://docs.rs/gungraun), once called iai-callgrind.
pub const GUNGRAUN: Payload = tool("gungraun", "cargo", "gungraun", &["bench"]);
/// The jar that the [JMH](https://github.com/openjdk/jmh) archetype of Maven builds, from the project's folder.
pub const JMH: Payload = tool("jmh", "java", "jmh", &["-jar", "target/benchmarks.jar"]);
/// `dotnet run` of a project that uses [BenchmarkDotNet](https://benchmarkdotnet.org): all benchmarks.
pub const BENCHMARKDOTNET: Payload =
    tool("benchmarkdotnet", "dotnet", "benchmarkdotnet", &["run", "-c", "Release", "--", "--filter", "*"]);
/// `vitest bench` of the package in the working directory.
pub const VITEST_BENCH: Payload = tool("vitest-bench", "npx", "vitest-bench", &["vitest", "bench", "--run"]);
/// A script, the first argument, that uses [tinybench](https://github.com/tinylibs/tinybench).
pub const TINYBENCH: Payload = tool("tinybench", "node", "tinybench", &[]);
/// A script, the first argument, that uses [mitata](https://github.com/evanwashere/mitata).
pub const MITATA: Payload = tool("mitata", "node", "mitata", &[]);
/// A script, the first argument, that uses [benchmark.js](https://benchmarkjs.com).
pub const BENCHMARKJS: Payload = tool("benchmarkjs", "node", "benchmarkjs", &[]);
/// [airspeed velocity](https://asv.readthedocs.io) on the newest commit.
pub const ASV: Payload = tool("asv", "asv", "asv", &["run", "HEAD^!"]);
/// A statement, the first argument, that [pyperf](https://pyperf.readthedocs.io) times.
pub const PYPERF: Payload = tool("pyperf", "pyperf", "pyperf", &["timeit"]);
/// A script, the first argument, that uses the library `benchmark` of Ruby.
pub const RUBY_BENCHMARK: Payload = tool("ruby-benchmark", "ruby", "ruby-benchmark", &[]);
/// A script, the first argument, that uses [benchmark-ips](https://github.com/evanphx/benchmark-ips).
pub const BENCHMARK_IPS: Payload = tool("benchmark-ips", "ruby", "benchmark-ips", &[]);
/// A program, the first argument, that uses [benchmark_harness](https://pub.dev/packages/benchmark_harness).
pub const DART_BENCHMARK_HARNESS: Payload = tool("dart-benchmark-harness", "dart", "dart-benchmark-harness", &["run"]);

register_payload!(&CRITERION, "Rust benchmarks written with criterion");
register_payload!(&DIVAN, "Rust benchmarks written with divan");
register_payload!(&LIBTEST_BENCH, "Rust benchmarks of libtest or bencher");
register_payload!(&GO_BENCH, "Go benchmarks");
register_payload!(&PYTEST_BENCHMARK, "Python benchmarks");
register_payload!(&IAI, "Rust benchmarks under cachegrind");
register_payload!(&GUNGRAUN, "Rust benchmarks under valgrind");
register_payload!(&JMH, "Java benchmarks");
register_payload!(&BENCHMARKDOTNET, ".NET benchmarks");
register_payload!(&VITEST_BENCH, "JavaScript benchmarks of Vitest");
register_payload!(&TINYBENCH, "JavaScript benchmarks of tinybench");
register_payload!(&MITATA, "JavaScript benchmarks of mitata");
register_payload!(&BENCHMARKJS, "JavaScript benchmarks of benchmark.js");
register_payload!(&ASV, "Python benchmarks of a project's history");
register_payload!(&PYPERF, "Python statements timed in many processes");
register_payload!(&RUBY_BENCHMARK, "Ruby benchmarks: times");
register_payload!(&BENCHMARK_IPS, "Ruby benchmarks: rates");
register_payload!(&DART_BENCHMARK_HARNESS, "Dart benchmarks");

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

/// The executable `exe`, whose tests and benchmarks use [Catch2](https://github.com/catchorg/Catch2).
#[must_use]
pub const fn catch2(name: &'static str, exe: &'static str) -> Payload {
    tool(name, exe, "catch2", &[])
}

/// The executable `exe`, which uses [nanobench](https://nanobench.ankerl.com).
#[must_use]
pub const fn nanobench(name: &'static str, exe: &'static str) -> Payload {
    tool(name, exe, "nanobench", &[])
}

/// The executable `exe`, which prints the custom JSON of
/// [github-action-benchmark](https://github.com/benchmark-action/github-action-benchmark).
#[must_use]
pub const fn github_action_benchmark(name: &'static str, exe: &'static str) -> Payload {
    tool(name, exe, "github-action-benchmark", &[])
}

/// The executable `exe`, which prints the [Bencher Metric Format](https://bencher.dev/docs/reference/bencher-metric-format/).
#[must_use]
pub const fn bmf(name: &'static str, exe: &'static str) -> Payload {
    tool(name, exe, "bmf", &[])
}
