use prill_core::extract::Emit;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Printed};

/// A number and its unit.
pub(crate) type Value<'t> = (&'t str, Printed);

/// How mitata calls the percentiles, and how they are called here.
pub(crate) const PERCENTILES: [(&str, &str); 6] =
    [("p25", "p25"), ("p50", "p50"), ("p75", "p75"), ("p99", "p99"), ("p995", "p99_5"), ("p999", "p99_9")];

/// Puts in a statistic of the time of a call.
pub(crate) fn time(benchmark: &str, stat: &str, (token, printed): Value<'_>, out: &mut MetricSink) {
    let step = token.ends_with(".00").then(|| number::value("0.01", printed.scale)).flatten();
    let metric = step.into_iter().fold(out.metric("time").stat(stat).lower(), Emit::resolution);
    metric.label("benchmark", benchmark.to_owned()).unit(printed).push(token);
}

/// Puts in a statistic of how much the heap grows by a call.
pub(crate) fn heap(benchmark: &str, stat: &str, (token, printed): Value<'_>, out: &mut MetricSink) {
    out.metric("allocation.bytes").stat(stat).lower().label("benchmark", benchmark.to_owned()).unit(printed).push(token);
}

/// The number at the start of `text` with its unit, and what follows them. `main.mjs` prints sizes by powers of 1024.
pub(crate) fn value(text: &str) -> Option<(Value<'_>, &str)> {
    let (token, rest) = number::leading(text.trim_start())?;
    let rest = rest.trim_start();
    let (word, rest) = rest.split_at(rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()));
    let printed = match word {
        "ps" => unit::NS.shift(-3),
        "ns" => unit::NS,
        "\u{b5}s" | "\u{3bc}s" | "us" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        "m" => unit::MINUTE,
        "h" => unit::HOUR,
        "b" => unit::BYTE,
        "kb" => unit::KIB,
        "mb" => unit::MIB,
        "gb" => unit::GIB,
        "tb" => unit::TIB,
        _ => return None,
    };
    Some(((token, printed), rest))
}
