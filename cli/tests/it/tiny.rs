//! A format for tests: `name{label} value unit` on each line after a line `tiny`.

use prill_core::diagnostic::code;
use prill_core::extract::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams};
use prill_core::scan::{Text, unit};
use prill_core::{MetricCheck, OutputFormat, Payload, Stream};

/// The same text on other streams: `tiny-late` reads both and finds its own on stderr only.
struct Tiny(&'static str, Streams);

prill_core::register_extractor!(Tiny("tiny", Streams::StdoutThenStderr));
prill_core::register_extractor!(Tiny("tiny-err", Streams::Stderr));
prill_core::register_extractor!(Tiny("tiny-late", Streams::Each));
prill_core::register_extractor!(Tiny("tiny-both", Streams::Each));
prill_core::register_extractor!(Tiny("twin-a", Streams::Stdout));
prill_core::register_extractor!(Tiny("twin-b", Streams::Stdout));

const ECHO: Payload = Payload {
    default_args: &["default"],
    default_checks: &[MetricCheck::exit_code_eq(0)],
    ..Payload::binary("tiny-echo", "echo")
};

prill_core::register_payload!(&ECHO, "prints its arguments");
prill_core::register_payload!(&Payload::scheduler("tiny-sched", "sched"), "no payload that anyone runs");

const FOREIGN: Payload = Payload { output: OutputFormat::new("tiny-foreign"), ..Payload::binary("tiny-foreign", "true") };

prill_core::register_payload!(&FOREIGN, "its format is not linked");

impl Extractor for Tiny {
    fn name(&self) -> &str {
        self.0
    }

    fn summary(&self) -> &str {
        "names and values, for tests"
    }

    fn streams(&self) -> Streams {
        self.1
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mark = self.0.split('-').next().unwrap();
        let fits = text.as_str().lines().next() == Some(if mark == "tiny" && self.0 != "tiny" { self.0 } else { mark });
        if fits { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        if self.0 == "tiny-late" && *input.stream() == Stream::Stdout {
            return Err(ExtractError::NotFound);
        }
        let mut lines = input.text().lines();
        if lines.next().is_none_or(|line| !line.text.starts_with("tiny")) {
            return Err(ExtractError::NotFound);
        }
        for line in lines {
            let mut words = line.words();
            let (Some(name), Some(value)) = (words.next(), words.next()) else { continue };
            match name {
                "version" => out.ignore(value, "version"),
                "failed" => out.tool_failed(line.text, "the tool says that it failed"),
                "sum" => {
                    let spans = [Some(value), words.next()].into_iter().flatten().map(|word| out_span(input, word)).collect();
                    out.metric("sum").push_derived(5.0, spans);
                }
                "total" => out.metric("total").push_derived(3.0, vec![out_span(input, value)]),
                _ => {
                    let metric = out.metric(name).lower();
                    match words.next() {
                        Some("us") => metric.unit(unit::US).label("op", "read").resolution(1e-6).push(value),
                        Some(word) => {
                            for word in std::iter::once(word).chain(words) {
                                out.warn(code::UNKNOWN_UNIT, word, format!("`{word}` is no unit"));
                            }
                        }
                        None => metric.push(value),
                    }
                }
            }
        }
        Ok(())
    }
}

fn out_span(input: &Input<'_>, token: &str) -> prill_core::Span {
    input.text().span_of(token).unwrap()
}
