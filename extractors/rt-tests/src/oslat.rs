//! oslat: what interrupts a busy loop, a column for each processor.

use prill_core::diagnostic::code;
use prill_core::scan::json::Node;
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Printed, Sniff, Streams, Text};

use crate::page::{self, Taken};
use crate::report::{self, Report};

/// The format of oslat.
pub struct Oslat;

impl Extractor for Oslat {
    fn name(&self) -> &str {
        "oslat"
    }

    fn summary(&self) -> &str {
        "what interrupts a busy loop (rt-tests): columns of processors, JSON"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        page::sniff(text, "oslat", |line| line.starts_with("oslat V "))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        page::read::<Page<'_>>(input, out)
    }
}

/// The rows below the histogram, each with a column for each processor.
#[derive(Default)]
struct Page<'t> {
    banner: bool,
    cores: Vec<&'t str>,
    rows: Vec<(&'static str, Vec<&'t str>)>,
}

/// Title of a row and the statistic it holds; the duration has none.
const ROWS: [(&str, &str); 5] =
    [("Minimum", "min"), ("Average", "mean"), ("Maximum", "max"), ("Max-Min", "range"), ("Duration", "")];

impl<'t> page::Page<'t> for Page<'t> {
    const TOOL: &'static str = "oslat";

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken {
        let text = line.trimmed();
        if text.starts_with("oslat V ") {
            self.banner = true;
            out.ignore(text, "version");
            return Taken::Yes;
        }
        if !self.banner {
            return Taken::No;
        }
        if ["Illegal ", "Unknown workload", "Parameter ", "Bucket ", "Accumulated overflow"].iter().any(|s| text.starts_with(s)) {
            out.tool_failed(text, format!("oslat says: {text}"));
            out.ignore(text, "message");
            return Taken::Yes;
        }
        let (title, columns) = text.split_once(':').unwrap_or((text, ""));
        let columns: Vec<&str> = columns.split_whitespace().take_while(|word| !word.starts_with('(')).collect();
        if title == "Core" && line.ended {
            out.ignore(text, "numbers of the processors");
            self.cores = columns;
        } else if let Some((_, stat)) = ROWS.iter().find(|(row, _)| *row == title) {
            if !line.ended && !text.ends_with(')') {
                out.ignore(text, "row that was cut");
                return Taken::Cut;
            }
            self.rows.push((stat, columns));
        } else {
            out.ignore(text, "setting, or bucket of the histogram");
        }
        Taken::Yes
    }

    fn report(&self, report: &Report<'_>, _: &Input<'_>, out: &mut MetricSink) {
        for (key, thread) in report.get("thread").into_iter().flat_map(Node::members) {
            out.ignore(key.raw(), "number of the thread");
            from_report(thread, out);
        }
    }

    fn emit(self, source: Option<&'static str>, _: &Input<'_>, out: &mut MetricSink) {
        let mean = self.rows.iter().find(|(stat, _)| *stat == "mean");
        let empty = |column: usize| mean.and_then(|(_, c)| c.get(column)).is_some_and(|token| token.has("nan"));
        for (stat, columns) in &self.rows {
            for (column, token) in columns.iter().enumerate() {
                match self.cores.get(column) {
                    Some(_) if empty(column) && !stat.is_empty() => out.ignore(token, "placeholder"),
                    Some(cpu) => Value { cpu, source, printed: unit::US }.push(stat, token, out),
                    None => out.ignore(token, "of no processor"),
                }
            }
        }
        for (column, cpu) in self.cores.iter().enumerate().filter(|(column, _)| empty(*column)) {
            let token = mean.and_then(|(_, c)| c.get(column)).copied().unwrap_or(cpu);
            out.warn(
                code::NO_SAMPLES,
                token,
                format!("interruption.latency of processor {cpu} has no value: its loop never ran"),
            );
        }
    }
}

/// A number of one processor.
#[derive(Clone, Copy)]
struct Value<'a> {
    cpu: &'a str,
    source: Option<&'static str>,
    printed: Printed,
}

impl Value<'_> {
    /// The statistic `stat` of the latency, or the duration when `stat` is empty.
    fn push(self, stat: &str, token: &str, out: &mut MetricSink) {
        let decimals = token.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(9) as i32);
        let mut metric = if stat.is_empty() {
            out.metric("elapsed").unit(unit::SECOND).informational()
        } else {
            let step = self.printed.scale.factor() * 0.1f64.powi(decimals);
            out.metric("interruption.latency").stat(stat).unit(self.printed).lower().resolution(step)
        };
        if let Some(source) = self.source {
            metric = metric.label("source", source);
        }
        metric.label("cpu", self.cpu.to_owned()).push(token);
    }
}

/// `{"cpu": 1, "min": 1, "avg": 1.003711, "max": 57106, "duration": 1.000, "histogram": {"1": 32505197, ...}}`
fn from_report(thread: Node<'_, '_>, out: &mut MetricSink) {
    let cpu = thread.get("cpu").map_or("", |node| node.text());
    // With a bucket width in nanoseconds (`-W`) the buckets have decimals and the extremes are nanoseconds, but the mean is not.
    let mut buckets = thread.get("histogram").into_iter().flat_map(Node::members);
    let extremes = if buckets.any(|(key, _)| key.raw().contains('.')) { unit::NS } else { unit::US };
    for (key, node) in thread.members() {
        let value = |printed| Value { cpu, source: None, printed };
        match (&*key.text(), report::token(node).filter(|_| number::is_token(cpu))) {
            (stat @ ("min" | "max"), Some(token)) => value(extremes).push(stat, token, out),
            ("avg", Some(token)) => value(unit::US).push("mean", token, out),
            ("duration", Some(token)) => value(unit::SECOND).push("", token, out),
            _ => {
                let place = node.text();
                out.ignore(key.raw(), "bucket");
                out.ignore(place, "setting, or buckets of the histogram");
            }
        }
    }
}

prill_core::register_extractor!(Oslat);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{codes, found, read};

    const TWO: &str = "oslat V 2.40\n        Core:\t 0 3\n     Minimum:\t 1 2 (us)\n     Average:\t 2.024 2.029 (us)\n";

    #[test]
    fn a_column_is_a_processor() {
        let two = found(&read(&Oslat, &format!("{TWO}    Duration:\t 0.999 1.002 (sec)\n"), "oslat"));
        assert_eq!(two[..2], ["interruption.latency.min{cpu=0}=0.000001", "interruption.latency.min{cpu=3}=0.000002"]);
        assert_eq!(two[3..], ["interruption.latency.mean{cpu=3}=0.000002029", "elapsed{cpu=0}=0.999", "elapsed{cpu=3}=1.002"]);
    }

    #[test]
    fn a_loop_that_never_ran_has_no_latency() {
        let none = read(&Oslat, &TWO.replace("2.029", "-nan"), "oslat");
        assert_eq!((found(&none).len(), codes(&none)), (2, vec![code::NO_SAMPLES]));
    }

    #[test]
    fn extremes_of_a_report_may_be_nanoseconds() {
        let report = |bucket: &str| {
            format!(
                r#"{{"cmdline:": "oslat -W 100", "thread": {{"0": {{"cpu": 1, "min": 300, "avg": 0.5, "histogram": {{"{bucket}": 7}}}}}}}}"#
            )
        };
        let min =
            |bucket| read(&Oslat, &report(bucket), "oslat").metrics.named("interruption.latency.min").next().map(|m| m.value());
        assert_eq!((min("0.400"), min("400")), (Some(3e-7), Some(3e-4)));
    }

    #[test]
    fn a_row_that_is_cut_gives_nothing() {
        let cut = read(&Oslat, &TWO[..TWO.len() - 9], "oslat");
        assert_eq!((found(&cut).len(), codes(&cut)), (2, vec![code::TRUNCATED]));
    }

    #[test]
    fn a_refusal_is_a_failure() {
        let text = "oslat V 2.40\nIllegal bucket size: 2 (should be: 4-1024)\n";
        assert_eq!(codes(&read(&Oslat, text, "oslat -b 2")), [code::TOOL_FAILED, code::NO_METRICS]);
    }
}
