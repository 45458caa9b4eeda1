use std::collections::BTreeMap;

use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Polarity};

/// The rows of a log, under a header that names their columns.
#[derive(Default)]
pub(crate) struct Log<'t> {
    columns: Vec<&'t str>,
    /// What was measured: values of each thread and column, in the order of the rows.
    threads: BTreeMap<&'t str, Thread<'t>>,
}

#[derive(Default)]
struct Thread<'t> {
    rows: usize,
    samples: BTreeMap<&'static str, Vec<(f64, &'t str)>>,
}

/// `#idx     perf      run   period           start             end          rel_st      slack c_duration   c_period     wu_lat`
pub(crate) fn is_header(line: &str) -> bool {
    line.starts_with("#idx") && line.has("rel_st") && line.has("slack")
}

/// The quantity of a column, and what is better of it.
fn quantity(column: &str) -> Option<(&'static str, Polarity)> {
    match column {
        "wu_lat" => Some(("wakeup.latency", Polarity::Lower)),
        "slack" => Some(("slack", Polarity::Higher)),
        // What a thread was asked to do is configured, and so how long it takes is neither good nor bad.
        "run" | "dur." => Some(("run.duration", Polarity::Unknown)),
        "period" => Some(("period", Polarity::Unknown)),
        _ => None,
    }
}

impl<'t> Log<'t> {
    /// A line of a log; false when it is none.
    pub(crate) fn line(&mut self, shown: &'t str, out: &mut MetricSink) -> bool {
        if is_header(shown) {
            self.columns = shown.trim_start_matches('#').split_whitespace().collect();
            return true;
        }
        if shown.starts_with("# Policy : ") {
            out.ignore(shown, "setting");
            return true;
        }
        if self.columns.is_empty() {
            return false;
        }
        let words: Vec<&str> = shown.split_whitespace().collect();
        let is_row = (1..=self.columns.len()).contains(&words.len()) && words.iter().all(|word| number::is_token(word));
        if is_row {
            self.row(&words, out);
        }
        is_row
    }

    fn row(&mut self, words: &[&'t str], out: &mut MetricSink) {
        let Some((&index, rest)) = words.split_first() else { return };
        out.ignore(index, "number of the thread");
        // Of the first versions, the period is the configured one.
        let configured = self.columns.contains(&"min_et");
        let thread = self.threads.entry(index).or_default();
        thread.rows += 1;
        let run = thread.rows.to_string();
        for (column, token) in self.columns[1..].iter().zip(rest) {
            let measured = quantity(column).filter(|_| !(configured && *column == "period"));
            let Some((name, polarity)) = measured else {
                out.ignore(token, "time stamp, or setting");
                continue;
            };
            out.metric(name)
                .label("thread", index)
                .label("loop", run.as_str())
                .unit(unit::US)
                .polarity(polarity)
                .resolution(1e-6)
                .push(token);
            if let Some(value) = number::value(token, unit::US.scale) {
                thread.samples.entry(name).or_default().push((value, token));
            }
        }
    }

    /// Puts in what all rows of a thread say together. Each is the number of one row: none is computed.
    pub(crate) fn finish(self, out: &mut MetricSink) {
        for (index, thread) in self.threads {
            for (name, mut samples) in thread.samples {
                samples.sort_by(|a, b| a.0.total_cmp(&b.0));
                let count = samples.len();
                let rank = |percent: usize| (count * percent).div_ceil(100).clamp(1, count) - 1;
                let polarity = match name {
                    "wakeup.latency" => Polarity::Lower,
                    "slack" => Polarity::Higher,
                    _ => Polarity::Unknown,
                };
                let stats = [("min", 0), ("p50", rank(50)), ("p99", rank(99)), ("max", count - 1)];
                for (stat, at) in stats {
                    out.metric(name)
                        .stat(stat)
                        .label("thread", index)
                        .unit(unit::US)
                        .polarity(polarity)
                        .samples(count as u64)
                        .push(samples[at].1);
                }
            }
        }
    }
}
