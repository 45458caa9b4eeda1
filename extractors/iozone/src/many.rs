use prill_core::diagnostic::code;
use prill_core::extract::Kept;
use prill_core::scan::{Line, number, unit};
use prill_core::{MetricSink, Printed};

/// A line that only `-t` prints.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("Children see throughput for ") || line.starts_with("Parent sees throughput for ")
}

/// The lines of one operation after the other.
#[derive(Debug, Default)]
pub(crate) struct Page<'t> {
    /// `initial writers`
    op: Option<&'t str>,
    processes: Option<&'t str>,
    /// By name and statistic.
    series: Kept<(&'static str, Option<&'static str>)>,
}

impl<'t> Page<'t> {
    /// True for a line of an operation.
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        let Some((what, value)) = text.split_once('=').map(|(what, value)| (what.trim(), value.trim())) else { return false };
        let children = what.strip_prefix("Children see throughput for ");
        let all = children.or_else(|| what.strip_prefix("Parent sees throughput for "));
        if let Some((processes, op)) = all.and_then(|all| number::leading(all.trim_start())) {
            (self.processes, self.op) = (Some(processes), Some(op.trim()));
            out.ignore(what, "label");
            let view = if children.is_some() { "children" } else { "parent" };
            self.put(None, (None, Some(view)), value, out);
            return true;
        }
        let stats = [("Min throughput per ", "min"), ("Max throughput per ", "max"), ("Avg throughput per ", "mean")];
        if let Some((per, stat)) = stats.iter().find_map(|(start, stat)| Some((what.strip_prefix(start)?, *stat))) {
            self.put(Some(stat), (Some(per), None), value, out);
            return true;
        }
        if what == "Min xfer" {
            out.ignore(value, "the least that a process moved");
            return true;
        }
        false
    }

    /// `1442420.38 kB/sec`: kB are 1024 bytes.
    fn put(&mut self, stat: Option<&'static str>, (per, view): (Option<&str>, Option<&str>), value: &str, out: &mut MetricSink) {
        let Some((token, printed)) = number::leading(value) else { return };
        let (name, printed) = match printed.trim() {
            "kB/sec" | "KB/sec" => ("throughput", unit::KIB_PER_S),
            "ops/sec" => ("operation.rate", Printed::base("{operation}/s")),
            other => {
                out.ignore(token, "number whose unit is not known");
                return out.warn(code::UNKNOWN_UNIT, token, format!("`{other}` is a unit that IOzone is not known to print"));
            }
        };
        let begin = |_: &_| {
            let metric = out.metric(name).unit(printed).higher();
            stat.into_iter().fold(metric, |metric, stat| metric.stat(stat)).series()
        };
        let series = self.series.get((name, stat), begin);
        let labels = [("op", self.op), ("per", per), ("processes", self.processes), ("view", view)];
        let labels = out.labels(labels.into_iter().filter_map(|(key, value)| Some((key, value?))));
        out.push(series.labels(labels), token);
    }
}
