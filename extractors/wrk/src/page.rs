use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number, percentile, unit as units};
use prill_core::{MetricSink, Polarity, Printed};

use crate::script::Script;
use crate::unit::{self, Quantity};

pub(crate) const REQUEST: Printed = Printed::base("{request}");
pub(crate) const REQUESTS: Printed = Printed::base("{request}/s");
/// From when a request was sent, or with wrk2 should have been.
pub(crate) const LATENCY: &str = "request.latency";
pub(crate) const ERROR: Printed = Printed::base("{error}");

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    /// How many metrics there were before this run, and how many runs of the text had some.
    before: usize,
    runs: usize,
    /// The line that the run began with.
    first: Option<&'t str>,
    part: Part,
    /// wrk2's latencies from when a request was sent, not from when it should have been.
    uncorrected: bool,
    /// No request was answered: latencies are zeros, and shares are not numbers.
    empty: bool,
    /// The last line of the run was read.
    ended: bool,
    failed: bool,
    cut: bool,
    /// Some line was wrk's.
    pub(crate) known: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Threads,
    Percentiles,
    /// wrk2's list of all percentiles.
    Spectrum,
    /// The last line was read: what follows is a script's.
    Script(Script),
}

impl<'t> Page<'t> {
    pub(crate) fn new(before: usize) -> Self {
        Self {
            before,
            runs: 0,
            first: None,
            part: Part::Threads,
            uncorrected: false,
            empty: false,
            ended: false,
            failed: false,
            cut: false,
            known: false,
        }
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.text.trim_end();
        let whole = line.ended || text.ends_with("+/- Stdev") || text.ends_with('%') || text.starts_with("Transfer/sec:");
        if !whole {
            self.cut |= self.known && !self.ended && !text.is_empty();
            return out.ignore(text, "cut");
        }
        if self.begin(text, out) || self.message(text, out) || (self.first.is_some() && self.result(text, out)) {
            self.known = true;
        } else {
            out.ignore(text, if self.ended { "a script's" } else { "setting or message" });
        }
    }

    /// True when the text ends before the run does.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || (self.first.is_some() && !self.ended)
    }

    /// `Running 2s test @ http://127.0.0.1/`: a run, which may follow another one.
    fn begin(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if !text.strip_prefix("Running ").is_some_and(|rest| rest.has(" test @ ")) {
            // The head of the text may be lost.
            if self.first.is_none() && text.starts_with("  Thread Stats   Avg") {
                self.first = Some(text);
                return true;
            }
            return false;
        }
        let mut runs = self.runs;
        if out.len() > self.before {
            runs += 1;
            out.warn(code::SEVERAL_DOCUMENTS, text, "another run of wrk starts here: those before it are labelled repetition");
            out.of_earlier_run(self.before..out.len(), runs);
        }
        *self = Self { runs, first: Some(text), ..Self::new(out.len()) };
        out.ignore(text, "setting");
        true
    }

    /// Why there was no run.
    fn message(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let starts = ["unable to ", "wrk: ", "wrk2: ", "invalid URL: ", "number of connections must ", "Usage: wrk "];
        if self.first.is_some() || !starts.iter().any(|start| text.starts_with(start)) {
            return false;
        }
        if !std::mem::replace(&mut self.failed, true) {
            out.tool_failed(text, format!("wrk says: {text}"));
        }
        out.ignore(text, "message");
        true
    }

    fn result(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if let Part::Script(script) = &mut self.part {
            return script.line(text, out);
        }
        if self.part == Part::Percentiles && self.percentile(text, out) {
            return true;
        }
        if let Some(kind) = text.strip_prefix("  Latency Distribution") {
            (self.part, self.uncorrected) = (Part::Percentiles, kind.has("Uncorrected"));
        } else if text == "  Detailed Percentile spectrum:" {
            self.part = Part::Spectrum;
        } else if let Some(row) = text.strip_prefix("    Latency ") {
            self.threads(row, LATENCY, Polarity::Lower, unit::time, out);
        } else if let Some(row) = text.strip_prefix("    Req/Sec ") {
            self.threads(row, "thread.request.rate", Polarity::Higher, |word| unit::metric(word, REQUESTS), out);
        } else if let Some((count, rest)) = text.strip_suffix(" read").and_then(|text| text.cut(" requests in ")) {
            return self.amount(count.trim_start(), rest, out);
        } else if let Some(errors) = text.strip_prefix("  Socket errors: ") {
            for (kind, token) in errors.parts(", ").filter_map(|error| error.split_once(' ')) {
                out.metric("error.count").label("kind", kind).unit(ERROR).lower().push(token);
            }
        } else if let Some(count) = text.strip_prefix("  Non-2xx or 3xx responses: ") {
            out.ignore(&text[..text.len() - count.len()], "names the responses");
            out.metric("response.error.count").unit(Printed::base("{response}")).lower().push(count);
        } else if let Some(token) = text.strip_prefix("Requests/sec:") {
            put("request.rate", "", Polarity::Higher, (token.trim(), REQUESTS), None, out);
        } else if let Some(rate) = text.strip_prefix("Transfer/sec:") {
            let Some(rate) = unit::binary(rate.trim(), units::BYTE_PER_S) else {
                self.cut = true;
                return true;
            };
            put("throughput", "", Polarity::Higher, rate, None, out);
            (self.ended, self.part) = (true, Part::Script(Script::default()));
        } else {
            return self.part == Part::Spectrum && self.spectrum(text, out);
        }
        true
    }

    /// `1.33ms    1.82ms  16.08ms   84.79%`: mean, standard deviation, maximum and the share within one deviation.
    fn threads(
        &mut self,
        row: &'t str,
        object: &str,
        polarity: Polarity,
        read: impl Fn(&'t str) -> Option<Quantity<'t>>,
        out: &mut MetricSink,
    ) {
        self.empty = row.has("nan%");
        // A spread of latencies is jitter, which should be small; one of rates is neither good nor bad.
        let spread = if polarity == Polarity::Lower { polarity } else { Polarity::Unknown };
        let stats = [("mean", polarity), ("stddev", spread), ("max", polarity), ("within_stddev", Polarity::Unknown)];
        for ((stat, polarity), word) in stats.into_iter().zip(row.split_ascii_whitespace()) {
            let quantity = if stat == "within_stddev" { unit::percent(word) } else { read(word) };
            match quantity {
                _ if self.empty => empty(object, stat, word, out),
                Some(quantity) => put(object, stat, polarity, quantity, None, out),
                None => self.cut = true,
            }
        }
    }

    /// `10354 requests in 3.03s, 0.97GB read`
    fn amount(&mut self, count: &'t str, rest: &'t str, out: &mut MetricSink) -> bool {
        let Some((time, bytes)) = rest.cut(", ") else { return false };
        let (Some(time), Some(bytes), true) = (unit::time(time), unit::binary(bytes, units::BYTE), number::is_token(count))
        else {
            return false;
        };
        self.part = Part::Threads;
        put("request.count", "", Polarity::Higher, (count, REQUEST), None, out);
        put("elapsed", "", Polarity::Informational, time, None, out);
        put("transfer.bytes", "", Polarity::Higher, bytes, None, out);
        true
    }

    /// `99%    7.96ms`, and of wrk2 `99.900%   27.07ms`
    fn percentile(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let Some((share, word)) = text.split_once('%') else { return false };
        let Some(stat) = percentile::stat(share.trim()) else { return false };
        let Some(quantity) = unit::time(word.trim()) else { return false };
        out.ignore(share, "names a percentile");
        if self.empty {
            empty(LATENCY, &stat, word.trim(), out);
        } else {
            put(LATENCY, &stat, Polarity::Lower, quantity, self.label(), out);
        }
        true
    }

    /// `#[Mean    =       11.239, StdDeviation   =        6.137]`, in ms, below rows of which the list above has the main ones.
    fn spectrum(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let Some(inner) = text.strip_prefix("#[").and_then(|text| text.strip_suffix(']')) else {
            out.ignore(text, "the spectrum of percentiles");
            return true;
        };
        for (key, token) in inner.split(',').filter_map(|pair| pair.split_once('=')) {
            let (stat, polarity) = match key.trim() {
                "Mean" => ("mean", Polarity::Lower),
                "StdDeviation" => ("stddev", Polarity::Lower),
                "Max" => ("max", Polarity::Lower),
                _ => {
                    out.ignore(token, "of the histogram");
                    continue;
                }
            };
            if token.has("nan") || self.empty {
                empty(LATENCY, stat, token, out);
                continue;
            }
            // The line of the threads has the same, of fewer digits.
            let label = self.label().unwrap_or(("source", "histogram"));
            put(LATENCY, stat, polarity, (token.trim(), units::MS), Some(label), out);
        }
        true
    }

    fn label(&self) -> Option<(&'static str, &'static str)> {
        self.uncorrected.then_some(("uncorrected", "true"))
    }
}

/// Puts in the number of `name`, or of its statistic `stat`.
pub(crate) fn put(
    name: &str,
    stat: &str,
    polarity: Polarity,
    (token, printed): Quantity<'_>,
    label: Option<(&'static str, &str)>,
    out: &mut MetricSink,
) {
    let mut metric = out.metric(name).unit(printed).polarity(polarity);
    if !stat.is_empty() {
        metric = metric.stat(stat);
    }
    if let Some((key, value)) = label {
        metric = metric.label(key, value);
    }
    // All decimals are fixed, so that they are the step.
    let decimals = token.find('.').map_or(0, |point| token.len() - point - 1);
    if let Some(step) = number::value("1", printed.shift(-(decimals.min(9) as i8)).scale).filter(|_| decimals > 0) {
        metric = metric.resolution(step);
    }
    metric.push(token);
}

fn empty(name: &str, stat: &str, word: &str, out: &mut MetricSink) {
    out.warn(code::NO_SAMPLES, word, format!("{name}.{stat} has no value: no request was answered"));
    out.ignore(word, "placeholder");
}
