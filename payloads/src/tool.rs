use prill_core::{MetricCheck, OutputFormat, Payload};

/// What every tool is asked: to end as one that succeeded. What a tool says of its failures is the format's to find.
pub(crate) const EXIT_ZERO: &[MetricCheck] = &[MetricCheck::exit_code_eq(0)];

/// The payload `name` that runs `exe`, whose output is of the format `output`.
pub(crate) const fn tool(name: &'static str, exe: &'static str, output: &'static str, args: &'static [&'static str]) -> Payload {
    let output = OutputFormat::new(output);
    Payload { output, default_args: args, default_checks: EXIT_ZERO, ..Payload::binary(name, exe) }
}
