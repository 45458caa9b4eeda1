use prill_core::extract::Emit;
use prill_core::scan::{Search, number, percentile, unit};
use prill_core::{Input, MetricSink, Polarity, Printed};

use super::line::{BEFORE_PERCENTILES, Line, PERCENTILES};
use crate::labels::Labels;
use crate::latency::bucket_width;
use crate::unit::{IO, IO_PER_S, step};
use crate::work::Work;

/// Reads the directions of a line; gives the field after the last.
pub(super) fn extract<'t>(
    line: &Line<'t>,
    job: &Labels<'t>,
    input: &Input<'_>,
    zeros: &mut Option<&'t str>,
    out: &mut MetricSink,
) -> usize {
    let work = Work::of_argv(input.argv());
    let ops = ops(line, input.argv());
    for (i, op) in ops.iter().enumerate().take(line.directions) {
        let (at, end) = (line.direction(i), line.direction(i + 1));
        let labels = job.with("op", *op);
        if is_idle(line, at) {
            out.ignore(line.part(at, end), "a direction without any I/O");
        } else {
            Direction { line, at, labels: &labels, work }.extract(line.version == 5, zeros, out);
        }
    }
    line.direction(line.directions)
}

/// What the directions of a line are. Of a cut one nobody can count them; the command line helps.
fn ops(line: &Line<'_>, argv: Option<&[String]>) -> &'static [&'static str] {
    let unified = argv.unwrap_or_default().iter().any(|arg| arg.starts_with("--unified_rw_reporting="));
    match (line.version, line.directions) {
        (_, 1) if unified || !line.cut => &["mixed"],
        (3, 1 | 2) => &["read", "write"],
        (3, _) => &["read", "write", "mixed"],
        (_, 1..=3) => &["read", "write", "trim"],
        _ => &["read", "write", "trim", "mixed"],
    }
}

/// Amount, rate, I/O rate and run time of a direction that was not used are zero.
fn is_idle(line: &Line<'_>, at: usize) -> bool {
    (at..at + 4).all(|i| line.field(i) == "0")
}

struct Direction<'a, 't> {
    line: &'a Line<'t>,
    at: usize,
    labels: &'a Labels<'t>,
    work: Work,
}

impl<'t> Direction<'_, 't> {
    fn extract(&self, v5: bool, zeros: &mut Option<&'t str>, out: &mut MetricSink) {
        let labels = self.labels;
        self.put(0, labels.metric(out, "io.bytes").polarity(self.work.amount()), unit::KIB);
        self.put(1, labels.metric(out, "throughput").polarity(self.work.rate()), unit::KIB_PER_S);
        self.put(2, labels.metric(out, "iops").polarity(self.work.rate()), IO_PER_S);
        self.put(3, labels.metric(out, "runtime").informational(), unit::MS);
        self.summary(4, "slat", zeros, out);
        self.summary(8, "clat", zeros, out);
        self.percentiles(if self.work.lat_percentiles { "lat" } else { "clat" }, zeros, out);
        let after = BEFORE_PERCENTILES + PERCENTILES;
        self.summary(after, "lat", zeros, out);
        self.rate(after + 4, v5, out);
        if v5 {
            self.io_rate(after + 10, out);
        }
    }

    /// Min, max, mean and standard deviation in microseconds; all zero when nothing was counted.
    fn summary(&self, from: usize, object: &'static str, zeros: &mut Option<&'t str>, out: &mut MetricSink) {
        let fields: Vec<&str> = (from..from + 4).map(|i| self.line.field(self.at + i)).collect();
        if fields[1..].iter().all(|f| is_zero(f)) && is_zero(fields[0]) {
            return out.ignore(self.part(from, 4), "a latency without a sample");
        }
        for (i, (stat, polarity)) in LATENCY.iter().enumerate() {
            let emit = self.labels.metric(out, object).stat(stat).polarity(*polarity);
            let emit = if i < 2 { emit.resolution(unit::US.scale.factor()) } else { emit };
            self.put(from + i, emit, unit::US);
            if i < 2 && fields[i] == "0" {
                zeros.get_or_insert(fields[i]);
            }
        }
    }

    fn percentiles(&self, object: &'static str, zeros: &mut Option<&'t str>, out: &mut MetricSink) {
        let fields: Vec<_> = (0..PERCENTILES).filter_map(|i| self.field(BEFORE_PERCENTILES + i).cut("%=")).collect();
        if fields.iter().all(|(_, value)| *value == "0") && self.no_latency() {
            return out.ignore(self.part(BEFORE_PERCENTILES, PERCENTILES), "a latency without a sample");
        }
        for (printed, value) in fields {
            let slot = printed.bytes().all(|b| matches!(b, b'0' | b'.'));
            let Some(stat) = percentile::stat(printed).filter(|_| !slot && number::is_token(value)) else {
                out.ignore(printed, "a percentile that is not asked for");
                out.ignore(value, "a percentile that is not asked for");
                continue;
            };
            out.ignore(printed, "names a percentile");
            let width = bucket_width(value, unit::US, unit::NS).unwrap_or(unit::US.scale.factor());
            self.labels.metric(out, object).stat(&stat).unit(unit::US).lower().resolution(width).push(value);
            if value == "0" {
                zeros.get_or_insert(value);
            }
        }
    }

    /// Whether neither `clat` nor `lat` has counted anything.
    fn no_latency(&self) -> bool {
        let after = BEFORE_PERCENTILES + PERCENTILES;
        (8..12).chain(after..after + 4).all(|i| is_zero(self.field(i)))
    }

    fn rate(&self, from: usize, v5: bool, out: &mut MetricSink) {
        let sampled = (from..from + 5).any(|i| !is_zero(self.field(i).trim_end_matches('%')));
        if !sampled {
            return out.ignore(self.part(from, if v5 { 6 } else { 5 }), "no sample of the rate was taken");
        }
        let samples = v5.then(|| self.field(from + 5).parse().ok()).flatten();
        let labels = self.labels;
        self.put(from, labels.metric(out, "throughput.min").polarity(self.work.rate()).samples(samples), unit::KIB_PER_S);
        self.put(from + 1, labels.metric(out, "throughput.max").polarity(self.work.rate()).samples(samples), unit::KIB_PER_S);
        self.put(from + 2, labels.metric(out, "throughput.share").informational(), unit::PERCENT);
        self.put(from + 3, labels.metric(out, "throughput.mean").polarity(self.work.rate()).samples(samples), unit::KIB_PER_S);
        self.put(from + 4, labels.metric(out, "throughput.stddev").samples(samples), unit::KIB_PER_S);
        if v5 {
            out.ignore(self.field(from + 5), "how often the rate was sampled");
        }
    }

    fn io_rate(&self, from: usize, out: &mut MetricSink) {
        let samples: Option<u64> = self.field(from + 4).parse().ok();
        if samples == Some(0) {
            return out.ignore(self.part(from, 5), "no sample of the rate was taken");
        }
        let labels = self.labels;
        for (i, (stat, polarity)) in
            [("min", Polarity::Higher), ("max", Polarity::Higher), ("mean", Polarity::Higher), ("stddev", Polarity::Unknown)]
                .iter()
                .enumerate()
        {
            self.put(from + i, labels.metric(out, "iops").stat(stat).polarity(*polarity).samples(samples), IO_PER_S);
        }
        out.ignore(self.field(from + 4), "how often the rate was sampled");
    }

    /// Puts in the field, unless the line ends before it.
    fn put(&self, field: usize, emit: Emit<'_>, printed: Printed) {
        let field = self.field(field).trim_end_matches('%');
        if field.is_empty() {
            return;
        }
        let emit = if printed.unit == IO.unit || field.contains('.') { emit } else { emit.resolution(step(field, printed)) };
        emit.unit(printed).push(field);
    }

    fn field(&self, at: usize) -> &'t str {
        self.line.field(self.at + at)
    }

    fn part(&self, from: usize, len: usize) -> &'t str {
        self.line.part(self.at + from, self.at + from + len)
    }
}

const LATENCY: [(&str, Polarity); 4] =
    [("min", Polarity::Lower), ("max", Polarity::Lower), ("mean", Polarity::Lower), ("stddev", Polarity::Unknown)];

/// True for an absent field too: a line may be cut.
fn is_zero(field: &str) -> bool {
    field.bytes().all(|b| matches!(b, b'0' | b'.'))
}
