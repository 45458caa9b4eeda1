use prill_core::scan::{Search, unit};
use prill_core::{MetricSink, Printed};

use super::field::{after, put};
use crate::labels::Labels;
use crate::unit::{IO_PER_S, Printing};
use crate::work::Work;

/// The direction that a line is the head of: `read: IOPS=..` (3.x), `read : io=..` (2.x).
pub(super) fn op(text: &str) -> Option<&'static str> {
    let (word, rest) = text.split_once(':')?;
    let op = ["read", "write", "trim", "mixed"].into_iter().find(|op| *op == word.trim_end())?;
    let rest = rest.trim_start();
    (rest.starts_with("IOPS=") || rest.starts_with("io=")).then_some(op)
}

/// Whether a head line counts in powers of ten; `None` when it has no amount with a prefix.
pub(super) fn is_decimal(text: &str) -> Option<bool> {
    op(text.trim())?;
    let rate = after(text, "BW=")?;
    let prefix = rate.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    prefix.starts_with(['k', 'K', 'M', 'G', 'T']).then(|| !prefix[1..].starts_with('i'))
}

/// The part of a block that is about one direction.
pub(super) struct Direction<'t> {
    pub(super) labels: Labels<'t>,
    /// How many I/Os its latencies stand on.
    pub(super) samples: Option<u64>,
    /// What latencies are counted in: microseconds before fio 2.99.
    pub(super) counted: Printed,
    work: Work,
}

impl<'t> Direction<'t> {
    /// No direction as yet, or that of syncs.
    pub(super) fn none(job: &Labels<'t>, counted: Printed) -> Self {
        Self { labels: job.clone(), samples: None, counted, work: Work::default() }
    }

    pub(super) fn new(op: &'static str, job: &Labels<'t>, samples: Option<u64>, counted: Printed, work: Work) -> Self {
        Self { labels: job.with("op", op), samples, counted, work }
    }

    /// Reads the head line.
    pub(super) fn extract(&self, text: &'t str, out: &mut MetricSink) {
        if text.has("IOPS=0, BW=0 (0)(0B/") {
            out.ignore(text, "fio 3.x sums nothing for `mixed` of unified_rw_reporting=both");
            return;
        }
        if after(text, "IOPS=").is_some() { self.current(text, out) } else { self.legacy(text, out) }
    }

    /// `read: IOPS=9731, BW=38.0MiB/s (39.9MB/s)(76.1MiB/2001msec); 0 zone resets`
    fn current(&self, text: &'t str, out: &mut MetricSink) {
        let labels = &self.labels;
        if let Some(iops) = after(text, "IOPS=").and_then(|v| Printing::si(v, IO_PER_S)) {
            put(labels.metric(out, "iops").polarity(self.work.rate()), &iops);
        }
        let Some(rate) = after(text, "BW=").and_then(|v| Printing::amount(v, unit::BYTE_PER_S)) else { return };
        put(labels.metric(out, "throughput").polarity(self.work.rate()), &rate);
        let rest = rate.rest.strip_prefix("/s").unwrap_or(rate.rest).trim_start();
        let Some((again, rest)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) else { return };
        if let Some(again) = Printing::amount(again, unit::BYTE_PER_S) {
            let labels = labels.again(other_base(again.printed));
            put(labels.metric(out, "throughput").polarity(self.work.rate()), &again);
        }
        let Some((done, rest)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) else { return };
        if let Some(amount) = Printing::amount(done, unit::BYTE) {
            put(labels.metric(out, "io.bytes").polarity(self.work.amount()), &amount);
            self.runtime(amount.rest.strip_prefix('/').unwrap_or_default(), out);
        }
        self.suffix(rest, out);
    }

    /// `; 0 zone resets`, `; Cachehit=12.34%`
    fn suffix(&self, rest: &'t str, out: &mut MetricSink) {
        let rest = rest.trim_start_matches([';', ' ']);
        if let Some(hit) = rest.strip_prefix("Cachehit=").and_then(|v| Printing::plain(v, unit::PERCENT)) {
            put(self.labels.metric(out, "cache.hit.ratio").higher(), &hit);
        } else if rest.ends_with("zone resets")
            && let Some(resets) = Printing::plain(rest, ZONE_RESET)
        {
            self.labels.metric(out, "zone.resets").unit(ZONE_RESET).informational().push(resets.token);
        }
    }

    /// `read : io=1024.0MB, bw=93817KB/s, iops=23454, runt= 11177msec`
    fn legacy(&self, text: &'t str, out: &mut MetricSink) {
        let labels = &self.labels;
        if let Some(amount) = after(text, "io=").and_then(|v| Printing::legacy_amount(v, unit::BYTE)) {
            put(labels.metric(out, "io.bytes").polarity(self.work.amount()), &amount);
        }
        if let Some(rate) = after(text, "bw=").and_then(|v| Printing::legacy_amount(v, unit::BYTE_PER_S)) {
            put(labels.metric(out, "throughput").polarity(self.work.rate()), &rate);
        }
        if let Some(iops) = after(text, "iops=").and_then(|v| Printing::si(v, IO_PER_S)) {
            put(labels.metric(out, "iops").polarity(self.work.rate()), &iops);
        }
        if let Some(runtime) = after(text, "runt=") {
            self.runtime(runtime, out);
        }
    }

    fn runtime(&self, text: &'t str, out: &mut MetricSink) {
        if let Some(runtime) = Printing::plain(text, unit::MS).filter(|r| r.rest.starts_with("msec")) {
            put(self.labels.metric(out, "runtime").informational(), &runtime);
        }
    }

    /// `bw (  KiB/s): min=36432, max=39808, per=98.32%, avg=38269.33, stdev=1707.70, samples=3`
    ///
    /// The samples are KiB/s; above a thousand of them fio divides by `kb_base`. With `kb_base=1000` its label says `kB/s` or
    /// `MiB/s`, and both are wrong (`show_ddir_status`, `add_bw_samples` in `stat.c` of fio 3.33 and 3.41).
    pub(super) fn samples_of_rate(&self, text: &'t str, decimal: bool, out: &mut MetricSink) {
        let Some((word, values)) = text.strip_prefix("bw (").and_then(|t| t.split_once(')')) else { return };
        let Some(printed) = rate_unit(word.trim(), decimal) else {
            out.warn(prill_core::diagnostic::code::UNKNOWN_UNIT, word, format!("`{}` is no unit of a rate", word.trim()));
            return out.ignore(values, "a rate in an unknown unit");
        };
        self.sampled("throughput", printed, values, out);
    }

    /// `iops        : min= 9108, max= 9952, avg=9567.33, stdev=426.93, samples=3`
    pub(super) fn samples_of_io_rate(&self, values: &'t str, out: &mut MetricSink) {
        self.sampled("iops", IO_PER_S, values, out);
    }

    fn sampled(&self, object: &'static str, printed: Printed, values: &'t str, out: &mut MetricSink) {
        let samples = after(values, "samples=").and_then(|v| Printing::plain(v, printed));
        let count: Option<u64> = samples.and_then(|s| s.token.parse().ok());
        for (key, stat) in [("min=", "min"), ("max=", "max"), ("avg=", "mean"), ("stdev=", "stddev")] {
            if let Some(value) = after(values, key).and_then(|v| Printing::plain(v, printed)) {
                let emit = self.labels.metric(out, object).stat(stat).samples(count);
                put(if stat == "stddev" { emit } else { emit.polarity(self.work.rate()) }, &value);
            }
        }
        if let Some(share) = after(values, "per=").and_then(|v| Printing::plain(v, unit::PERCENT)) {
            put(self.labels.metric(out, "throughput.share").informational(), &share);
        }
        if let Some(samples) = samples {
            out.ignore(samples.token, "how often the rate was sampled");
        }
    }
}

const ZONE_RESET: Printed = Printed::base("{reset}");

/// The word for the second of two printings of one amount.
pub(super) fn other_base(printed: Printed) -> &'static str {
    if printed.scale.exp2 >= 10 || printed.scale.exp2 == 7 { "binary" } else { "decimal" }
}

fn rate_unit(word: &str, decimal: bool) -> Option<Printed> {
    let word = word.strip_suffix("/s")?.trim_end();
    let (prefix, counted) = (word.chars().next()?, word.get(1..)?);
    let base = match counted.strip_prefix('i').unwrap_or(counted) {
        "B" => unit::KIB_PER_S,
        "bit" => unit::KIB_PER_S.shift2(-3),
        _ => return None,
    };
    match prefix {
        'K' | 'k' => Some(base),
        'M' if decimal => Some(base.shift(3)),
        'M' => Some(base.shift2(10)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_is_more_than_a_word_and_a_colon() {
        assert_eq!(op("read: IOPS=9731, BW=38.0MiB/s"), Some("read"));
        assert_eq!(op("read : io=1024.0MB, bw=93817KB/s"), Some("read"));
        assert_eq!(op("mixed: IOPS=5"), Some("mixed"));
        assert_eq!(op("READ: bw=1"), None);
        assert_eq!(op("iops        : min=1"), None);
    }

    #[test]
    fn the_label_of_a_rate_is_what_it_is_only_in_powers_of_two() {
        assert_eq!(rate_unit("KiB/s", false), Some(unit::KIB_PER_S));
        assert_eq!(rate_unit("KB  /s", false), Some(unit::KIB_PER_S));
        assert_eq!(rate_unit("MiB/s", false), Some(unit::MIB_PER_S));
        assert_eq!(rate_unit("kB/s", true), Some(unit::KIB_PER_S));
        assert_eq!(rate_unit("MiB/s", true), Some(unit::KIB_PER_S.shift(3)));
        assert_eq!(rate_unit("Mibit/s", false), Some(unit::MIB_PER_S.shift2(-3)));
        assert_eq!(rate_unit("furlongs/s", false), None);
    }

    #[test]
    fn the_first_amount_says_the_base() {
        assert_eq!(is_decimal("  read: IOPS=1, BW=17.9Gbit/s (16.7Gibit/s)(1MB/1msec)"), Some(true));
        assert_eq!(is_decimal("  read: IOPS=1, BW=38.0MiB/s (39.9MB/s)(1MB/1msec)"), Some(false));
        assert_eq!(is_decimal("  read: IOPS=1, BW=38B/s (38B/s)(1B/1msec)"), None);
    }
}
