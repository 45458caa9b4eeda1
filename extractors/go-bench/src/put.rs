use std::collections::HashMap;

use prill_core::extract::Emit;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::custom;
use crate::lines::Lines;
use crate::row::Row;

/// Puts in the metrics of all rows; those of a benchmark that ran several times are numbered.
pub(crate) fn rows(lines: &Lines<'_>, out: &mut MetricSink) {
    let mut counts: HashMap<(Option<&str>, &str), (usize, usize)> = HashMap::new();
    for row in &lines.rows {
        counts.entry((row.package, row.name)).or_default().0 += 1;
    }
    for row in &lines.rows {
        let (count, seen) = counts.entry((row.package, row.name)).or_default();
        *seen += 1;
        let repetition = (*count > 1).then_some(*seen);
        put(row, repetition, &lines.better, out);
    }
}

fn put(row: &Row<'_>, repetition: Option<usize>, better: &HashMap<&str, bool>, out: &mut MetricSink) {
    let samples: Option<u64> = row.iterations.parse().ok();
    let label = |metric: Emit<'_>, token: &str| {
        let metric = metric.label("benchmark", row.name.to_owned());
        let metric = row.package.into_iter().fold(metric, |m, package| m.label("package", package.to_owned()));
        let metric = repetition.into_iter().fold(metric, |m, n| m.label("repetition", n.to_string()));
        metric.push(token);
    };
    label(out.metric("iteration.count").unit(Printed::base("{iteration}")).informational(), row.iterations);
    for (index, (token, unit)) in row.values.iter().enumerate() {
        if row.values[..index].iter().any(|(_, earlier)| earlier == unit) {
            out.ignore(token, "the unit stands twice");
            continue;
        }
        let said = better.get(unit).map(|higher| if *higher { Polarity::Higher } else { Polarity::Lower });
        let (name, printed, polarity) = match *unit {
            "ns/op" => ("time.mean", Some(unit::NS), Polarity::Lower),
            "MB/s" => ("throughput", Some(unit::MB_PER_S), Polarity::Higher),
            "B/op" => ("allocation.bytes", Some(unit::BYTE), Polarity::Lower),
            "allocs/op" => ("allocation.count", Some(Printed::base("{allocation}")), Polarity::Lower),
            _ => {
                let (printed, polarity) = custom::of(unit);
                ("counter", printed, polarity)
            }
        };
        let metric = out.metric(name).polarity(said.unwrap_or(polarity)).samples(samples);
        let metric = printed.into_iter().fold(metric, Emit::unit);
        let metric = if name == "counter" { metric.label("counter", (*unit).to_owned()) } else { metric };
        let metric = step(token).filter(|_| name == "time.mean").into_iter().fold(metric, Emit::resolution);
        label(metric, token);
    }
}

/// The last printed decimal of a time in nanoseconds: `prettyPrint` prints from none to seven.
fn step(token: &str) -> Option<f64> {
    const STEPS: [&str; 8] = ["1", "0.1", "0.01", "0.001", "0.0001", "0.00001", "0.000001", "0.0000001"];
    let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    number::value(STEPS.get(decimals)?, unit::NS.scale)
}
