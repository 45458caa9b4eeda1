use std::collections::HashMap;

use prill_core::MetricSink;
use prill_core::scan::{Line, number};

use crate::put::{Metrics, Run, Tuning, is_benchmark, put_suite, suite};

/// The lines of a text report.
#[derive(Debug, Default)]
pub(crate) struct Page<'t> {
    pub(crate) known: bool,
    pub(crate) cut: bool,
    /// All runs, of which those that count are repeated below a rule.
    runs: Vec<Run<'t>>,
    below_rule: bool,
    metrics: Metrics,
}

impl<'t> Page<'t> {
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if text.len() > 20 && text.bytes().all(|b| b == b'=') {
            if self.known {
                self.end(out);
            }
            self.below_rule = true;
        } else if let Some((suite, rest)) = suite(text) {
            self.known = true;
            self.cut |= !line.ended;
            let token = rest.split_whitespace().next().filter(|word| number::is_token(word));
            if let Some(token) = token.filter(|_| line.ended) {
                put_suite(suite, token, out);
            } else {
                out.ignore(text, "not run");
            }
        } else if text.split_whitespace().next().is_some_and(is_benchmark) {
            self.known = true;
            self.cut |= !line.ended;
            if line.ended {
                self.row(text, out);
            }
        } else {
            self.cut |= self.known && !line.ended;
            out.ignore(text, "system or note");
        }
    }

    /// `503.bwaves_r   16   2340   68.6  *   16   2340   68.6  *`: copies, threads or the time of the reference, seconds and
    /// ratio of base, then of peak; `NR` for one that was not run.
    fn row(&mut self, text: &'t str, out: &mut MetricSink) {
        let mut words = text.split_whitespace().peekable();
        let benchmark = words.next().unwrap_or(text);
        out.ignore(benchmark, "label");
        let mut tuning = Some(Tuning::Base);
        while let (Some(word), Some(now)) = (words.next(), tuning) {
            if word != "NR" {
                let (time, ratio) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                out.ignore(word, "copies, threads, or the time of the reference");
                let mark = words.next_if(|word| word.bytes().all(|b| b.is_ascii_uppercase() || b == b'*') && *word != "NR");
                let failed = [Some(ratio), Some(time), mark].into_iter().flatten().find(|word| ["CE", "VE", "RE"].contains(word));
                if let Some(failed) = failed {
                    out.tool_failed(failed, format!("{benchmark} ended with {failed} in {}", now.word()));
                }
                self.take(Run { benchmark, tuning: now, time, ratio }, out);
            }
            tuning = (now == Tuning::Base).then_some(Tuning::Peak);
        }
    }

    fn take(&mut self, run: Run<'t>, out: &mut MetricSink) {
        if self.below_rule { self.metrics.put(&run, None, out) } else { self.runs.push(run) }
    }

    /// The runs before the rule are counted for each benchmark.
    pub(crate) fn end(&mut self, out: &mut MetricSink) {
        let mut counts = HashMap::new();
        for run in self.runs.drain(..) {
            let count = counts.entry((run.benchmark, run.tuning)).or_insert(0);
            *count += 1;
            self.metrics.put(&run, Some(*count), out);
        }
    }
}
