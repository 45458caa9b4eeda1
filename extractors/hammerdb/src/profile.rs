use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Polarity, Printed};

/// `>>>>> PROC: NEWORD`, or the line above the procedures of a virtual user or of all.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with(">>>>> PROC: ") || line.starts_with(">>>>> VIRTUAL USER ") || line.starts_with(">>>>> SUMMARY OF ")
}

/// Whose numbers follow.
#[derive(Debug, Default)]
pub(crate) struct Profile<'t> {
    /// The number of the virtual user; none in the summary.
    user: Option<&'t str>,
    procedure: Option<&'t str>,
}

/// What a key is: a statistic of the latency, or another number. A deviation is printed in microseconds, and the times in
/// milliseconds (`etprof-1.0.tm`).
const KEYS: [(&str, &str, Option<&str>, Printed, Polarity); 10] = [
    ("CALLS: ", "procedure.count", None, Printed::base("{call}"), Polarity::Informational),
    ("MIN: ", LATENCY, Some("min"), unit::MS, Polarity::Lower),
    ("AVG: ", LATENCY, Some("mean"), unit::MS, Polarity::Lower),
    ("MAX: ", LATENCY, Some("max"), unit::MS, Polarity::Lower),
    ("TOTAL: ", LATENCY, Some("sum"), unit::MS, Polarity::Informational),
    ("P99: ", LATENCY, Some("p99"), unit::MS, Polarity::Lower),
    ("P95: ", LATENCY, Some("p95"), unit::MS, Polarity::Lower),
    ("P50: ", LATENCY, Some("p50"), unit::MS, Polarity::Lower),
    ("SD: ", LATENCY, Some("stddev"), unit::US, Polarity::Lower),
    ("RATIO: ", "procedure.utilization", None, unit::PERCENT, Polarity::Informational),
];

const LATENCY: &str = "procedure.latency";

impl<'t> Profile<'t> {
    /// True for a line of the profile.
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        if let Some(procedure) = text.strip_prefix(">>>>> PROC: ") {
            self.procedure = Some(procedure.trim());
            out.ignore(text, "label");
        } else if is_mark(text) {
            self.head(text, out);
        } else if text.starts_with("CALLS: ") || text.starts_with("P99: ") && self.procedure.is_some() {
            if line.ended {
                self.row(text, out);
            }
        } else if text.has(" Time Profile Report @ ") {
            out.ignore(text, "date");
        } else {
            return text.starts_with("+-+-+-");
        }
        true
    }

    /// `>>>>> VIRTUAL USER 2 : ELAPSED TIME : 600117ms`
    fn head(&mut self, text: &'t str, out: &mut MetricSink) {
        let user = text.strip_prefix(">>>>> VIRTUAL USER ").and_then(number::leading).map(|(user, _)| user);
        (self.user, self.procedure) = (user, None);
        let Some((head, time)) = text.cut("ELAPSED TIME : ") else { return };
        out.ignore(head, "label");
        let Some((token, _)) = number::leading(time).filter(|(_, rest)| *rest == "ms") else { return };
        let metric = out.metric("elapsed").unit(unit::MS).informational();
        // That of all is the median of theirs.
        match user {
            Some(user) => metric.label("user", user).push(token),
            None => metric.stat("p50").push(token),
        }
    }

    /// `CALLS: 20051\tMIN: 1.905ms\tAVG: 7.310ms`; tabs may be missing.
    fn row(&self, text: &str, out: &mut MetricSink) {
        let mut rest = text;
        while let Some((key, name, stat, printed, polarity)) = KEYS.iter().find(|(key, ..)| rest.starts_with(key)) {
            let Some((token, after)) = number::leading(&rest[key.len()..]) else { break };
            out.ignore(&rest[..key.len()], "name");
            let metric = out.metric(name).unit(*printed).polarity(*polarity);
            let metric = stat.iter().fold(metric, |metric, stat| metric.stat(stat));
            let labels = [("procedure", self.procedure), ("user", self.user)];
            let labels = labels.into_iter().filter_map(|(key, value)| Some((key, value?)));
            labels.fold(metric, |metric, (key, value)| metric.label(key, value)).push(token);
            rest = after.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '%').trim_start();
        }
    }
}
