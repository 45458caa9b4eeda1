//! The macros of `prill-macros`, documented here because their examples need this crate.

/// Declares a payload: `#[derive(Payload)]` on a marker struct.
///
/// The struct gets `PAYLOAD`, an associated constant, and beside it stands a constant of the struct's visibility with the
/// struct's name in capitals: `StreamTriad` declares `STREAM_TRIAD`.
///
/// ```
/// use prill::prelude::*;
///
/// /// Memory bandwidth.
/// #[derive(Payload)]
/// #[payload(binary = "stream_c", name = "stream", output = "json")]
/// #[default_args("--runs", "5")]
/// #[default_check(exit_code_eq(0), min("triad", mib_per_s(100)))]
/// #[metric(name = "triad", unit = "By/s", polarity = higher)]
/// struct Stream;
///
/// assert_eq!(STREAM.name, "stream");
/// assert_eq!(Stream::PAYLOAD.default_args, ["--runs", "5"]);
/// ```
///
/// # `#[payload(..)]`
/// - `binary = "exe"`, a path or a name in `PATH`; or `scheduler = "exe"`, which `#[prill::test(scheduler = ..)]` starts; or
///   `builtin = function`, a `fn() -> i32` of this program that is run as a process of its own (`prill::register_builtin!`)
/// - `name = "stream"`: the struct's name in kebab case without it
/// - `output = "json"`: the name of the output's format; without it the exit code is the result
/// - `summary = "memory bandwidth"`: puts the payload on the list of every `prill` command that links this crate
///
/// # `#[default_args(..)]`
/// Strings: literals or constants.
///
/// # `#[default_check(..)]`
/// One or more of `min(SELECTOR, BOUND)`, `max(SELECTOR, BOUND)`, `range(SELECTOR, LOW, HIGH)`, `exists(SELECTOR)`,
/// `exit_code_eq(CODE)`; or any constant expression of the type `MetricCheck`. A bound is a number, in the unit of the metric,
/// or a constructor of `Quantity`: `ms(5)`, `gbit_per_s(9.4)`; or any constant of that type.
///
/// # `#[metric(..)]`
/// What the format cannot know of a metric: `name = "triad"`, and `unit = "By/s"` (a base unit, without a prefix), `polarity`, or
/// both. The polarity is `lower`, `higher`, `target(50.0)`, `unknown` or `informational`.
pub use prill_macros::Payload;

/// Turns a body into a test for `cargo test` and nextest.
///
/// The body takes `&Ctx` or nothing, and returns nothing, an [`AssertResult`], what [`PayloadRun::run`] gives, or a `Result` of
/// one of these. The test fails upon an `Err`, a failed or inconclusive verdict, or a panic, and lists every outcome. A skipped
/// verdict passes and is said on one line of stderr. Other attributes stay, such as `#[should_panic]` and `#[cfg(..)]`.
///
/// ```test_harness
/// use prill::prelude::*;
///
/// #[prill::test]
/// fn wakeups_are_measured(ctx: &Ctx) -> Result<AssertResult> {
///     let (verdict, metrics) = ctx.payload(&prill::payloads::PINGPONG).args(["-r", "0.2"]).run()?;
///     assert!(metrics.get("wakeup.latency.p99").is_some());
///     Ok(verdict)
/// }
/// ```
///
/// `#[prill::test(scheduler = SCX_SIMPLE)]` starts the payload `SCX_SIMPLE`, a scheduler, before the body and stops it after. When
/// it dies in between, the test fails and shows the last that it printed. Such tests of one process take turns; other tests run
/// under the scheduler too, and nextest starts a process for each test: keep them apart with a test group of one thread.
///
/// [`AssertResult`]: crate::AssertResult
/// [`PayloadRun::run`]: crate::PayloadRun::run
pub use prill_macros::test;
