use prill_core::diagnostic::code;
use prill_core::scan::{Line, number, unit};
use prill_core::{MetricSink, Printed, Span, Text};

use crate::counter::Counter;
use crate::stressor::{Stressor, is_fixed};

/// What became of a text that was searched for a YAML document.
#[derive(Default)]
pub(crate) struct Outcome {
    /// Where it stands, without the text's offset.
    pub(crate) place: Option<Span>,
    /// The text ends in it.
    pub(crate) cut: bool,
}

/// Reads the file of `--yaml`: from `---` to `...`; of several the last. It is not YAML in general: stress-ng prints it line by line, with sections
/// at the margin, lists of stressors in some, and below a stressor a list of instances since 0.20.
pub(crate) fn read(text: &Text<'_>, argv: Option<&[String]>, out: &mut MetricSink) -> Outcome {
    let base = text.as_str().as_ptr().addr();
    let before = out.len();
    let mut document: Option<Document<'_>> = None;
    let mut place: Option<Span> = None;
    for line in text.lines() {
        let start = line.text.as_ptr().addr() - base;
        let end = start + line.text.len();
        match &mut document {
            None if line.text == "---" => {
                document = Some(Document { argv, ..Document::default() });
                if let Some(earlier) = place {
                    out.warn(code::SEVERAL_DOCUMENTS, line.text, "another document starts here: the last one counts");
                    out.truncate(before);
                    out.ignore(&text.as_str()[earlier.start..start], "another document; the last one counts");
                }
                place = Some(Span::new(place.map_or(start, |earlier| earlier.start), text.as_str().len()));
            }
            None => {}
            Some(open) if line.text == "..." => {
                open.flush(out);
                document = None;
                place = place.map(|place| Span::new(place.start, end));
            }
            Some(open) => open.line(line, out),
        }
    }
    match document {
        Some(mut open) => {
            open.flush(out);
            Outcome { place, cut: true }
        }
        None => Outcome { place, cut: false },
    }
}

#[derive(Default)]
struct Document<'t> {
    argv: Option<&'t [String]>,
    section: &'t str,
    stressor: Option<&'t str>,
    instance: Option<&'t str>,
    /// Of the stressor or instance whose keys are being read.
    known: Stressor<'t>,
}

impl<'t> Document<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.text.trim();
        let Some((key, value)) = text.trim_start_matches("- ").split_once(':') else {
            return out.ignore(line.text, "text");
        };
        let value = value.trim();
        if !line.text.starts_with(' ') {
            self.flush(out);
            self.section = key;
            self.stressor = None;
            return;
        }
        if !line.ended && line.text.ends_with(|c: char| c.is_ascii_digit() || c == '.') {
            return;
        }
        if text.starts_with("- ") {
            self.flush(out);
            let digits = value.bytes().any(|b| b.is_ascii_digit());
            if digits {
                out.ignore(value, "name of a stressor or an instance");
            }
            if key == "instance" {
                self.instance = Some(value);
            } else {
                (self.stressor, self.instance) = (Some(value.trim_matches('\'')), None);
            }
            return;
        }
        match (self.section, self.stressor) {
            ("metrics", Some(_)) if number::is_token(value) => self.metric(key, value, out),
            ("perfstats", Some(stressor)) if number::is_token(value) => perf(stressor, key, value, out),
            ("times", _) if number::is_token(value) => times(key, value, out),
            _ => out.ignore(line.text, "setting"),
        }
    }

    fn metric(&mut self, key: &'t str, value: &'t str, out: &mut MetricSink) {
        let field = match key {
            "bogo-ops" => &mut self.known.operations,
            "bogo-ops-per-second-usr-sys-time" => &mut self.known.cpu_rate,
            "bogo-ops-per-second-real-time" => &mut self.known.wall_rate,
            "wall-clock-time" => &mut self.known.wall_time,
            "user-time" => &mut self.known.user_time,
            "system-time" => &mut self.known.system_time,
            "cpu-usage-per-instance" | "cpu-usage" => &mut self.known.cpu_used,
            "max-rss" => &mut self.known.rss,
            _ => {
                if key.bytes().any(|b| b.is_ascii_digit()) {
                    out.ignore(key, "name");
                }
                return Counter::of(key).push(value, key, &self.labels(), out);
            }
        };
        *field = Some(value);
    }

    fn labels(&self) -> Vec<(&'static str, String)> {
        let of = |key: &'static str, value: Option<&str>| value.map(|value| (key, value.to_owned()));
        of("stressor", self.stressor).into_iter().chain(of("instance", self.instance)).collect()
    }

    /// Puts in what was read of a stressor or an instance.
    fn flush(&mut self, out: &mut MetricSink) {
        let known = std::mem::take(&mut self.known);
        let fixed = self.stressor.is_some_and(|s| is_fixed(self.argv, s));
        let step = known.wall_time.is_some_and(|t| !t.contains('e')).then_some(1e-6);
        Stressor { labels: self.labels(), fixed, step, ..known }.push(out);
    }
}

fn times(key: &str, value: &str, out: &mut MetricSink) {
    let cpu = |mode, out: &mut MetricSink| out.metric("cpu.time").label("mode", mode).unit(unit::SECOND).push(value);
    let used = |mode, out: &mut MetricSink| out.metric("cpu.utilization").label("mode", mode).unit(unit::PERCENT).push(value);
    let load = |window, out: &mut MetricSink| {
        out.metric("load.mean").label("source", "yaml").label("window", window).unit(Printed::base("{task}")).push(value);
    };
    match key {
        "run-time" => out.metric("elapsed").label("source", "times").unit(unit::SECOND).informational().push(value),
        "available-cpu-time" => cpu("available", out),
        "user-time" => cpu("user", out),
        "system-time" => cpu("system", out),
        "total-time" => cpu("total", out),
        "user-time-percent" => used("user", out),
        "system-time-percent" => used("system", out),
        "total-time-percent" => used("total", out),
        "load-average-1-minute" => load("1m", out),
        "load-average-5-minute" => load("5m", out),
        "load-average-15-minute" => load("15m", out),
        _ => out.ignore(value, "key that is not known"),
    }
    if key.bytes().any(|b| b.is_ascii_digit()) {
        out.ignore(key, "name");
    }
}

fn perf(stressor: &str, key: &str, value: &str, out: &mut MetricSink) {
    let (name, printed, event) = match (key.strip_suffix("_total"), key.strip_suffix("_per_second")) {
        (Some(event), _) => ("event.count", Printed::base("{event}"), event),
        (_, Some(event)) => ("event.rate", Printed::base("{event}/s"), event),
        _ => return out.ignore(value, "setting"),
    };
    out.metric(name).label("event", event).label("stressor", stressor).unit(printed).push(value);
    if key.bytes().any(|b| b.is_ascii_digit()) {
        out.ignore(key, "name");
    }
}
