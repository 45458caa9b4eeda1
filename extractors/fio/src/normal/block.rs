use prill_core::scan::{Search, number, unit};
use prill_core::{Input, MetricSink, Printed};

use super::direction::{self, Direction};
use super::issued::Issued;
use super::latency::{self, Percentiles};
use super::report::{Body, Head, Section};
use super::{field, shares, steady};
use crate::job;
use crate::labels::Labels;
use crate::unit::{IO, Printing};
use crate::work::Work;

/// Reads the block of one job.
pub(super) fn extract(section: &Section<'_>, labels: &Labels<'_>, counted: Printed, input: &Input<'_>, out: &mut MetricSink) {
    let Body::Job(head) = section.body else { return };
    self::head(head, labels, out);
    let issued = section.rows.iter().find_map(|row| Issued::parse(row.whole()));
    let mut block = Block {
        labels,
        direction: Direction::none(labels, counted),
        counted,
        percentiles: None,
        issued: issued.unwrap_or_default(),
        unified: section.rows.iter().any(|row| row.text.trim_start().starts_with("mixed")),
        work: Work::of_argv(input.argv()),
        decimal: section.rows.iter().find_map(|row| direction::is_decimal(row.text)).unwrap_or(false),
    };
    block.unified &= !section.rows.iter().any(|row| direction::op(row.text.trim()).is_some_and(|op| op != "mixed"));
    for row in &section.rows {
        block.row(row.whole(), out);
    }
}

fn head(head: Head<'_>, labels: &Labels<'_>, out: &mut MetricSink) {
    let error = Printing::plain(head.error, unit::RATIO);
    let Some(error) = error.filter(|error| number::is_token(error.token)) else { return };
    labels.metric(out, "error.code").unit(unit::RATIO).lower().push(error.token);
    let at = error.token.as_ptr().addr() - head.line.as_ptr().addr();
    out.ignore(&head.line[..at], "the job's name, group and size");
    out.ignore(error.rest, "process id and date");
    if error.token != "0" {
        let why = error.rest.before("): pid=").trim_start_matches([' ', '(']);
        out.tool_failed(error.token, format!("job `{}` failed: error {} ({why})", head.name, error.token));
    }
}

struct Block<'a, 't> {
    labels: &'a Labels<'t>,
    direction: Direction<'t>,
    counted: Printed,
    percentiles: Option<Percentiles<'t>>,
    issued: Issued<'t>,
    /// Whether read, write and trim are counted together as `mixed`.
    unified: bool,
    work: Work,
    /// Whether amounts are counted in powers of ten (`kb_base=1000`).
    decimal: bool,
}

impl<'t> Block<'_, 't> {
    fn row(&mut self, line: &'t str, out: &mut MetricSink) {
        let text = line.trimmed();
        if let Some(op) = direction::op(text) {
            let samples = self.issued.of(if op == "mixed" && self.unified { "read" } else { op });
            self.direction = Direction::new(op, self.labels, samples, self.counted, self.work);
            self.percentiles = None;
            return self.direction.extract(text, out);
        }
        if text.starts_with("fsync/fdatasync/sync_file_range") {
            self.direction = Direction::none(self.labels, self.counted);
            self.percentiles = None;
            return;
        }
        if let Some(entries) = text.strip_prefix('|') {
            match &self.percentiles {
                Some(percentiles) => percentiles.rows(entries, out),
                None => out.ignore(text, "percentiles of something else"),
            }
            return;
        }
        if let Some(percentiles) = Percentiles::head(text, &self.direction, out) {
            self.percentiles = Some(percentiles);
            return;
        }
        if latency::summary(text, &self.direction, out) || shares::latencies(text, self.labels, out) {
            return;
        }
        self.rest(text, out);
    }

    /// The lines that start with a word and a colon.
    fn rest(&mut self, text: &'t str, out: &mut MetricSink) {
        if text.starts_with("bw (") {
            return self.direction.samples_of_rate(text, self.decimal, out);
        }
        let Some((word, values)) = text.split_once(':') else { return };
        match word.trim_end() {
            "iops" => self.direction.samples_of_io_rate(values, out),
            "cpu" => cpu(values, self.labels, out),
            "IO depths" => shares::buckets(values, "io.depth.share", "depth", self.labels, out),
            "submit" => shares::buckets(values, "submit.batch.share", "batch", self.labels, out),
            "complete" => shares::buckets(values, "complete.batch.share", "batch", self.labels, out),
            "issued rwts" | "issued rwt" | "issued" => self.issued.extract(self.unified, self.labels, self.work, out),
            "errors" => errors(values, self.labels, out),
            "latency" => latency_target(values, self.labels, out),
            "steadystate" => steady::extract(values, self.labels, out),
            "Description" => out.ignore(values, "the job's description"),
            "block lifetime percentiles" | "states" => {
                self.percentiles = None;
                out.ignore(text, "the life of blocks under trim, a test of the device's wear");
            }
            _ => {}
        }
    }
}

fn cpu(values: &str, labels: &Labels<'_>, out: &mut MetricSink) {
    let of = |key| field::after(values, key).and_then(|v| Printing::plain(v, unit::RATIO)).map_or("", |v| v.token);
    job::cpu([of("usr="), of("sys="), of("ctx="), of("majf="), of("minf=")], labels, out);
}

/// `total=1, first_error=28/<No space left on device>`
fn errors(values: &str, labels: &Labels<'_>, out: &mut MetricSink) {
    let of = |key| field::after(values, key).and_then(|v| Printing::plain(v, unit::RATIO));
    if let (Some(total), Some(first)) = (of("total="), of("first_error=")) {
        job::errors(total.token, first.token, labels, out);
        out.ignore(first.rest, "the text of the error");
    }
}

/// `target=0, window=0, percentile=100.00%, depth=1`: settings, and with a target the depth that met it.
fn latency_target(values: &str, labels: &Labels<'_>, out: &mut MetricSink) {
    let sought = field::after(values, "target=").is_some_and(|target| !target.starts_with("0,") && !target.starts_with("0.00"));
    let depth = field::after(values, "depth=").and_then(|v| Printing::plain(v, IO));
    match depth {
        Some(depth) if sought => {
            let at = depth.token.as_ptr().addr() - values.as_ptr().addr();
            out.ignore(&values[..at], "settings of latency_target");
            labels.metric(out, "latency_target.depth").unit(IO).higher().push(depth.token);
        }
        _ => out.ignore(values, "settings of latency_target"),
    }
}
