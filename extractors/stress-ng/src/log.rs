use prill_core::diagnostic::code;
use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Printed, Span, Text};

use crate::counter::{Counter, key_of};
use crate::cyclic::Cyclic;
use crate::line::LogLine;
use crate::{duration, perf, table};

const INSTANCE: Printed = Printed::base("{instance}");

/// What became of a text that was read as a log.
#[derive(Default)]
pub(crate) struct Outcome {
    /// Some line was stress-ng's.
    pub(crate) known: bool,
    /// The text ends in the middle of a line with numbers.
    pub(crate) cut: bool,
}

/// Reads `text` as a log, but for the bytes `skip` of it, where a YAML document stands.
pub(crate) fn read(text: &Text<'_>, skip: Option<Span>, argv: Option<&[String]>, out: &mut MetricSink) -> Outcome {
    // The YAML has more decimals; with it, what the log repeats is the second source.
    let source = out.metrics().named("bogo.operations").next().is_some().then_some("log");
    let mut log = Log { argv, source, ..Log::default() };
    let base = text.as_str().as_ptr().addr();
    for line in text.lines() {
        let at = line.text.as_ptr().addr() - base;
        if line.text.is_empty() || skip.is_some_and(|s| s.start <= at && at < s.end) {
            continue;
        }
        log.line(LogLine::parse(line), out);
    }
    log.say_errors(out);
    log.outcome
}

/// Which rows may follow.
#[derive(Default)]
enum Section<'t> {
    #[default]
    None,
    Table,
    Counters,
    Perf(&'t str),
}

#[derive(Default)]
struct Log<'t> {
    argv: Option<&'t [String]>,
    source: Option<&'static str>,
    section: Section<'t>,
    cyclic: Cyclic,
    outcome: Outcome,
    /// The first line of level `error`.
    error: Option<&'t str>,
    succeeded: bool,
}

impl<'t> Log<'t> {
    fn line(&mut self, line: LogLine<'t>, out: &mut MetricSink) {
        let claimed = self.cyclic.row(&line, out) || self.row(&line, out) || self.summary(&line, out) || self.failure(&line, out);
        let opened = !claimed && self.open(&line);
        let started = ["setting to a ", "dispatching hogs: ", "Try 'stress-ng --help'", "try 'stress-ng --help'"];
        self.outcome.known |= claimed || opened || line.is_signed() || started.iter().any(|s| line.text.starts_with(s));
        if !self.outcome.known {
            return;
        }
        if line.is_signed() {
            out.ignore(line.prefix, "process id");
        }
        if !claimed {
            out.ignore(line.text, "message");
        }
    }

    /// A row of the section that is open.
    fn row(&mut self, line: &LogLine<'t>, out: &mut MetricSink) -> bool {
        if !matches!(line.level, None | Some("metrc" | "info")) {
            return false;
        }
        match self.section {
            Section::None => None,
            Section::Table => table::row(line, self.source, self.argv, &mut self.outcome.cut, out),
            Section::Counters => self.counter(line, out),
            Section::Perf(stressor) => perf::row(line, stressor, self.source, out),
        }
        .is_some()
    }

    /// Whether the line heads a section.
    fn open(&mut self, line: &LogLine<'t>) -> bool {
        let text = line.text.trim_end();
        if text.starts_with("stressor ") && text.has("bogo ops") {
            self.section = Section::Table;
        } else if text == "miscellaneous metrics:" {
            self.section = Section::Counters;
        } else if let Some(stressor) = text.strip_suffix(':').filter(|s| line.level == Some("info") && !s.contains([' ', ':'])) {
            self.section = Section::Perf(stressor);
        } else {
            return false;
        }
        true
    }

    /// `mutex   3428.32 nanosecs per mutex (geometic mean of 1 instances)`.
    fn counter(&mut self, line: &LogLine<'t>, out: &mut MetricSink) -> Option<()> {
        let (stressor, rest) = line.text.trim_start().split_once(' ').filter(|(name, _)| !name.ends_with(':'))?;
        let (token, description) = number::leading(rest.trim_start())?;
        if description.is_empty() && !line.ended {
            self.outcome.cut = true;
            return None;
        }
        // The remark is missing before 0.14, and a description may hold brackets of its own.
        let remark = description.rfind(" (").filter(|at| description[*at..].has(" of "));
        let (words, remark) = description.split_at(remark.unwrap_or(description.len()));
        if !line.ended && remark.is_empty() {
            self.outcome.cut = true;
            return None;
        }
        let key = key_of(words.strip_prefix(' ')?);
        let labels = [("stressor", stressor.to_owned())].into_iter().chain(self.source.map(|s| ("source", s.to_owned())));
        Counter::of(&key).push(token, &key, &labels.collect::<Vec<_>>(), out);
        out.ignore(words, "description");
        if !remark.is_empty() {
            out.ignore(remark, "number of instances");
        }
        Some(())
    }

    /// What stands below the tables.
    fn summary(&mut self, line: &LogLine<'t>, out: &mut MetricSink) -> bool {
        let text = line.text.trim();
        if let Some((verdict, time)) = text.cut("run completed in ") {
            self.section = Section::None;
            self.completed(verdict, time, line, out);
            return true;
        }
        if let Some(time) = text.strip_prefix("for a ").and_then(|t| t.strip_suffix(" run time:")) {
            return duration::push(time, Some(self.source.unwrap_or("times")), out);
        }
        if let Some(averages) = text.strip_prefix("load average: ") {
            let words = line.words();
            let shown = averages.split_whitespace().filter(|word| words.contains(word) && number::is_token(word));
            for (window, token) in ["1m", "5m", "15m"].into_iter().zip(shown) {
                out.metric("load.mean").label("window", window).unit(Printed::base("{task}")).push(token);
            }
            return true;
        }
        self.instances(text, line.ended, out) || self.times(text, out)
    }

    fn completed(&mut self, verdict: &str, time: &'t str, line: &LogLine<'t>, out: &mut MetricSink) {
        self.succeeded = !verdict.has("unsuccessful");
        if !self.succeeded {
            out.tool_failed(line.text, "stress-ng says that the run was unsuccessful");
        }
        if !duration::push(time, None, out) {
            self.outcome.cut |= !line.ended;
            out.warn(code::NOT_A_NUMBER, time, format!("`{time}` is no duration: elapsed has no value"));
            out.ignore(time, "no duration");
        }
    }

    /// `passed: 5: cpu (1) vm (1)`, `failed: 0`, `metrics untrustworthy: 0`.
    fn instances(&self, text: &'t str, ended: bool, out: &mut MetricSink) -> bool {
        let Some((what, rest)) = text.cut(": ") else { return false };
        let (result, lower) = match what {
            "passed" => ("passed", false),
            "failed" => ("failed", true),
            "skipped" => ("skipped", true),
            "metrics untrustworthy" => ("untrustworthy", true),
            _ => return false,
        };
        let Some((token, names)) = number::leading(rest).filter(|(_, names)| ended || !names.is_empty()) else { return false };
        if !(names.is_empty() || names.starts_with(':')) {
            return false;
        }
        let metric = out.metric("instance.count").label("result", result).unit(INSTANCE);
        if lower {
            metric.lower().push(token);
        } else {
            metric.informational().push(token);
        }
        if !names.is_empty() {
            out.ignore(names, "instances of each stressor");
        }
        let none = token.bytes().all(|b| b == b'0');
        match result {
            _ if none => {}
            "failed" => out.tool_failed(text, format!("stress-ng says: {text}")),
            "skipped" | "untrustworthy" => out.warn(code::DEGRADED, text, format!("stress-ng says: {text}")),
            _ => {}
        }
        true
    }

    /// `0.97s user time   ( 23.96%)`.
    fn times(&self, text: &'t str, out: &mut MetricSink) -> bool {
        let Some((token, rest)) = number::leading(text) else { return false };
        let modes = [
            ("s available CPU time", "available"),
            ("s user time", "user"),
            ("s system time", "system"),
            ("s total time", "total"),
        ];
        let Some((rest, mode)) = modes.iter().find_map(|(words, mode)| Some((rest.strip_prefix(words)?, *mode))) else {
            return false;
        };
        let push = |name, printed, step: f64, token: &str, out: &mut MetricSink| {
            let mut metric = out.metric(name).label("mode", mode).unit(printed).resolution(step);
            if let Some(source) = self.source {
                metric = metric.label("source", source);
            }
            metric.push(token);
        };
        push("cpu.time", unit::SECOND, 0.01, token, out);
        if let Some((percent, _)) = rest.split_once('(').and_then(|(_, p)| p.cut("%)")) {
            push("cpu.utilization", unit::PERCENT, 1e-4, percent.trim(), out);
        }
        true
    }

    /// What says that the run failed.
    fn failure(&mut self, line: &LogLine<'t>, out: &mut MetricSink) -> bool {
        let early = line.is_signed() && line.level.is_none();
        // The second is what 0.15 and before say.
        let option = (line.text.starts_with("option ") && line.text.has(" not known"))
            || (!line.is_signed() && !self.outcome.known && line.text.has(" must be one of: "));
        match line.level {
            Some("fail") => out.tool_failed(line.text, format!("stress-ng says: {}", line.text.trim())),
            Some("error") => self.error = self.error.or(Some(line.text)),
            _ if early || option => out.tool_failed(line.text, format!("stress-ng says: {}", line.text.trim())),
            _ => return false,
        }
        out.ignore(line.text, "message");
        true
    }

    /// An error fails the run but when stress-ng calls it successful all the same.
    fn say_errors(&self, out: &mut MetricSink) {
        let Some(text) = self.error else { return };
        let message = format!("stress-ng says: {}", text.trim());
        if self.succeeded { out.warn(code::DEGRADED, text, message) } else { out.tool_failed(text, message) }
    }
}
