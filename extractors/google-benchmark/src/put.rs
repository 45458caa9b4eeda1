use prill_core::extract::Emit;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::counter::Counter;
use crate::group::{self, Identity};
use crate::row::{Columns, Row};

/// Puts in the metrics of `rows`, with a `source` where a more precise report has them too.
pub(crate) fn rows(rows: &[Row<'_>], source: Option<&'static str>, out: &mut MetricSink) {
    for (row, identity) in rows.iter().zip(group::identities(rows)) {
        let stat = identity.aggregate.and_then(group::stat);
        Place { identity, stat: stat.as_deref(), source, samples: row.iterations.and_then(|t| t.parse().ok()) }.row(row, out);
    }
}

/// Where the metrics of a row belong.
struct Place<'r> {
    identity: Identity<'r>,
    stat: Option<&'r str>,
    source: Option<&'static str>,
    /// Iterations of a run, runs of an aggregate.
    samples: Option<u64>,
}

impl Place<'_> {
    fn row(&self, row: &Row<'_>, out: &mut MetricSink) {
        for (name, token) in [("time", row.real), ("cpu_time", row.cpu)] {
            if let Some(token) = token {
                self.time(name, token, row, out);
            }
        }
        if let Some(token) = row.iterations {
            match self.identity.aggregate {
                None => {
                    self.labelled(out.metric("iteration.count").unit(Printed::base("{iteration}")).informational()).push(token);
                }
                Some(_) => out.ignore(token, "number of repetitions"),
            }
        }
        for counter in &row.counters {
            let (name, labelled, polarity) = counter.metric();
            // CSV and JSON print this one without its per cent sign.
            let ratio = (self.stat == Some("cv")).then_some(unit::RATIO.unit);
            Counter { unit: ratio.or(counter.unit), ..counter.clone() }.push(out, |out| {
                let metric = self.stat(out.metric(name), polarity);
                let metric = if labelled { metric.label("counter", counter.name.clone().into_owned()) } else { metric };
                self.labelled(metric).samples(self.samples)
            });
        }
    }

    fn time(&self, name: &'static str, token: &str, row: &Row<'_>, out: &mut MetricSink) {
        match row.columns {
            Columns::Time(printed) => {
                let metric = match self.identity.aggregate {
                    None => out.metric(name).stat("mean").lower(),
                    // How far times lie apart is a time as well: less is better.
                    Some(_) => self.stat(out.metric(name), Polarity::Lower).lower(),
                };
                let metric = step(token, printed).filter(|_| row.is_fixed).into_iter().fold(metric, Emit::resolution);
                self.labelled(metric).unit(printed).samples(self.samples).push(token);
            }
            Columns::Ratio(printed) => {
                let metric = self.stat(out.metric(name), Polarity::Lower).lower().unit(printed);
                self.labelled(metric).samples(self.samples).push(token);
            }
            Columns::Coefficient(curve) => {
                let metric = out.metric(name).stat("coefficient").label("complexity", curve.to_owned());
                self.labelled(metric).unit(unit::NS).lower().push(token);
            }
            Columns::Error(printed) => {
                let metric = out.metric(name).stat("fit_error").unit(printed);
                self.labelled(metric).push(token);
            }
            Columns::Wrong(_) => {}
        }
    }

    /// Adds the statistic; the polarity is that of the quantity, and a spread has none.
    fn stat<'s>(&self, metric: Emit<'s>, polarity: Polarity) -> Emit<'s> {
        let spread = matches!(self.stat, Some("stddev" | "cv" | "range" | "iqr"));
        let metric = metric.polarity(if spread { Polarity::Unknown } else { polarity });
        match (self.stat, self.identity.aggregate) {
            (Some(stat), _) => metric.stat(stat),
            (None, Some(own)) => metric.label("aggregate", own.to_owned()),
            (None, None) => metric,
        }
    }

    fn labelled<'s>(&self, metric: Emit<'s>) -> Emit<'s> {
        let metric = metric.label("benchmark", self.identity.benchmark.to_owned());
        let metric = self.source.into_iter().fold(metric, |metric, source| metric.label("source", source));
        self.identity.repetition.into_iter().fold(metric, |metric, n| metric.label("repetition", n.to_string()))
    }
}

/// The last printed decimal of a time; none of a number in scientific notation.
fn step(token: &str, printed: Printed) -> Option<f64> {
    const STEPS: [&str; 4] = ["1", "0.1", "0.01", "0.001"];
    let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let steps = STEPS.get(decimals).filter(|_| !token.contains('e'))?;
    number::value(steps, printed.scale)
}
