//! What Ruby's benchmarks print.
//!
//! - [`RubyBenchmark`]: the standard library's `Benchmark`; [`BenchmarkIps`]: the gem benchmark-ips
//! - `times`: rows of times; `rates`: rows of rates
#![forbid(unsafe_code)]

mod rates;
mod times;

use prill_core::scan::{Line, Search};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of `Benchmark.bm` and `Benchmark.bmbm`.
pub struct RubyBenchmark;

impl Extractor for RubyBenchmark {
    fn name(&self) -> &str {
        "ruby-benchmark"
    }

    fn summary(&self) -> &str {
        "Ruby benchmarks (Benchmark.bm, bmbm): user, system and real time"
    }

    fn streams(&self) -> Streams {
        // Of a program that raised the rows before are on stdout, and why is on stderr.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| times::is_head(line.trimmed())) {
            return Sniff::Certain;
        }
        if text.lines().any(|line| times::Row::parse(line.text).is_some()) { Sniff::Likely } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let mut page = times::Page::default();
        read(input, out, |line, out| page.line(line, out))
    }
}

/// The format of benchmark-ips.
pub struct BenchmarkIps;

impl Extractor for BenchmarkIps {
    fn name(&self) -> &str {
        "benchmark-ips"
    }

    fn summary(&self) -> &str {
        "Ruby benchmarks (benchmark-ips): iterations a second"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| rates::is_mark(line.text)) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let mut page = rates::Page::default();
        read(input, out, |line, out| page.line(line, out))
    }
}

/// What a line was to its format.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Mine,
    /// It is cut.
    Cut,
    Other,
}

fn read<'t>(
    input: &Input<'t>,
    out: &mut MetricSink,
    mut read: impl FnMut(Line<'t>, &mut MetricSink) -> Seen,
) -> Result<(), ExtractError> {
    let text = input.text();
    let (mut known, mut cut) = (*input.stream() == Stream::Stderr, false);
    for line in text.lines() {
        out.ignore(line.text, "name, place in a program or text");
        match read(line, out) {
            Seen::Mine => known = true,
            Seen::Cut => cut = true,
            Seen::Other if is_failure(line.text) => out.tool_failed(line.text, line.trimmed()),
            Seen::Other => {}
        }
    }
    ExtractError::at_end(text, known, cut)
}

/// ``bench.rb:1:in `block in <main>': no more (RuntimeError)``
fn is_failure(line: &str) -> bool {
    if line.starts_with(char::is_whitespace) || !line.ends_with(')') {
        return false;
    }
    let place = line.place(":in `").or_else(|| line.place(":in '"));
    place.is_some_and(|at| line[at..].has(": ") && !line[at..].has(": warning: "))
}

prill_core::register_extractor!(RubyBenchmark);
prill_core::register_extractor!(BenchmarkIps);
