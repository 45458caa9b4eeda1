use std::path::Path;

use prill::MetricHint;
use prill::prelude::*;

const COUNT: &str = "7";
const WITHIN: MetricCheck = MetricCheck::range("triad", Quantity::bare(1.0), Quantity::bare(2.0));

/// All that can be said.
#[derive(Payload)]
#[payload(binary = "stream_c", name = "stream", output = "json", summary = "memory bandwidth of the test")]
#[default_args("--runs", "5")]
#[default_args("--count", COUNT)]
#[default_check(exit_code_eq(0), min("triad", mib_per_s(100)))]
#[default_check(max("each latency.p99", ms(1.5)), range("copy", 1, 2.5), exists("scale"), WITHIN)]
#[default_check(max("drift", -5))]
#[metric(name = "triad", unit = "By/s", polarity = higher)]
#[metric(name = "latency.p99", polarity = lower)]
#[metric(name = r#"runs.0."99.00""#, unit = "{op}/s", polarity = target(50))]
struct StreamTriad;

#[derive(Payload)]
#[payload(scheduler = "scx_simple")]
pub(crate) struct ScxSimple;

#[derive(Payload)]
#[payload(builtin = greet, output = "auto")]
struct Greeter;

fn greet() -> i32 {
    println!("hello {}", std::env::args().skip(1).collect::<Vec<_>>().join(" "));
    7
}

#[test]
fn everything_that_is_said_is_declared() {
    let payload = StreamTriad::PAYLOAD;
    assert_eq!((payload.name, payload.kind), ("stream", PayloadKind::Binary("stream_c")));
    assert_eq!(payload.output, OutputFormat::JSON);
    assert_eq!(payload.default_args, ["--runs", "5", "--count", "7"]);
    let checks: Vec<_> = payload.default_checks.iter().map(ToString::to_string).collect();
    let wanted = [
        "exit == 0",
        "triad >= 100MiB/s",
        "each latency.p99 <= 1.5ms",
        "copy in 1..2.5",
        "exists scale",
        "triad in 1..2",
        "drift <= -5",
    ];
    assert_eq!(checks, wanted);
    let hints = [
        MetricHint::new("triad", Unit::BYTE_PER_SECOND, Polarity::Higher),
        MetricHint { name: "latency.p99", unit: None, polarity: Some(Polarity::Lower) },
        MetricHint::new(r#"runs.0."99.00""#, Unit::new("{op}/s"), Polarity::Target(50.0)),
    ];
    assert_eq!(payload.metrics, hints);
}

#[test]
fn little_is_enough() {
    assert_eq!((SCX_SIMPLE.name, SCX_SIMPLE.kind), ("scx-simple", PayloadKind::Scheduler("scx_simple")));
    assert_eq!(SCX_SIMPLE.output, OutputFormat::EXIT_CODE);
    assert!(SCX_SIMPLE.default_args.is_empty() && SCX_SIMPLE.default_checks.is_empty() && SCX_SIMPLE.metrics.is_empty());
}

#[test]
fn a_summary_puts_it_on_the_list() {
    let registered = prill::payload::registered();
    let own: Vec<_> = registered.iter().filter(|r| r.summary == "memory bandwidth of the test").map(|r| r.payload.name).collect();
    assert_eq!(own, ["stream"]);
    assert!(registered.iter().all(|r| r.payload.name != SCX_SIMPLE.name));
}

#[test]
fn a_builtin_runs() -> Result<()> {
    let ctx = Ctx::local()?;
    let (_, metrics) = ctx.payload(&GREETER).args(["you", "there"]).run()?;
    assert_eq!(metrics.stdout().head(), b"hello you there\n");
    assert_eq!(metrics.exit_code(), 7);
    Ok(())
}

#[test]
fn bad_grammar_is_an_error_at_its_place() {
    trybuild::TestCases::new().compile_fail(Path::new("tests/ui/*.rs"));
}
