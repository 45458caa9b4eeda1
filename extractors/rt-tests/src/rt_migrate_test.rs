//! rt-migrate-test: how soon after their release real-time tasks run, more of them than there are processors.

use prill_core::diagnostic::code;
use prill_core::scan::json::Node;
use prill_core::scan::{Line, number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

use crate::page::{self, Taken};
use crate::report::{self, Report};
use crate::row::is_zero;

/// The format of rt-migrate-test.
pub struct RtMigrateTest;

impl Extractor for RtMigrateTest {
    fn name(&self) -> &str {
        "rt-migrate-test"
    }

    fn summary(&self) -> &str {
        "wake-ups of more real-time tasks than processors (rt-tests): summary, JSON"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        page::sniff(text, "rt-migrate-test", |line| task(line).is_some() || is_banner(line))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        page::read::<Page<'_>>(input, out)
    }
}

/// The numbers of each task.
#[derive(Default)]
struct Page<'t> {
    table: bool,
    usage: bool,
    iterations: u64,
    tasks: Vec<Task<'t>>,
}

#[derive(Default)]
struct Task<'t> {
    number: &'t str,
    stats: Vec<(&'static str, &'t str)>,
}

impl<'t> page::Page<'t> for Page<'t> {
    const TOOL: &'static str = "rt-migrate-test";

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken {
        let text = line.trimmed();
        self.usage |= is_banner(text);
        if let Some(number) = task(text) {
            self.tasks.push(Task { number, stats: Vec::new() });
            out.ignore(text, "identity of the task");
            return Taken::whole(line.ended);
        }
        if let (Some(task), Some((stat, rest))) = (self.tasks.last_mut(), statistic(text)) {
            return match number::leading(rest).filter(|(_, unit)| *unit == " us") {
                Some((token, _)) => {
                    task.stats.push((stat, token));
                    Taken::Yes
                }
                None => Taken::Cut,
            };
        }
        if text == "Failed!" {
            out.tool_failed(text, "rt-migrate-test says that a task of lower priority ran before one of higher priority");
            return Taken::Yes;
        }
        self.other(text, line.ended, out)
    }

    fn report(&self, report: &Report<'_>, _: &Input<'_>, out: &mut MetricSink) {
        for (key, thread) in report.get("thread").into_iter().flat_map(Node::members) {
            out.ignore(key.raw(), "number of the task");
            let mut task = Task { number: &key.text(), stats: Vec::new() };
            for (key, node) in thread.members() {
                let stat =
                    ["min", "mean", "max", "sum"].into_iter().zip(["min", "avg", "max", "total"]).find(|(_, k)| *k == key.raw());
                match (stat, report::token(node)) {
                    (Some((stat, _)), Some(token)) => task.stats.push((stat, token)),
                    _ => out.ignore(node.text(), "setting"),
                }
            }
            task.emit(None, None, out);
        }
    }

    fn emit(self, source: Option<&'static str>, _: &Input<'_>, out: &mut MetricSink) {
        let samples = Some(self.iterations).filter(|n| *n > 0);
        self.tasks.iter().for_each(|task| task.emit(source, samples, out));
    }
}

impl<'t> Page<'t> {
    /// A line that has no metric.
    fn other(&mut self, text: &'t str, ended: bool, out: &mut MetricSink) -> Taken {
        self.table |= text.starts_with("Iter: ");
        let title = text.split(':').next().unwrap_or_default();
        let is_iteration = !title.is_empty() && title.bytes().all(|b| b.is_ascii_digit());
        let is_row = self.table && self.tasks.is_empty() && (is_iteration || ["Iter", "len", "loops"].contains(&title));
        self.iterations += u64::from(is_row && is_iteration && ended);
        let is_progress = text.len() > 1 && text.bytes().all(|b| matches!(b, b'|' | b'-' | b' '));
        if !(is_row
            || is_progress
            || self.usage
            || text == "Passed!"
            || text.starts_with("Parent pid: ")
            || text.starts_with("Warning, can't set"))
        {
            return Taken::No;
        }
        if text.starts_with("Warning, can't set") {
            out.warn(code::DEGRADED, text, "a real-time priority was asked for and not got");
        }
        out.ignore(text, "iteration, progress or message");
        Taken::whole(ended || !is_row)
    }
}

impl Task<'_> {
    fn emit(&self, source: Option<&'static str>, samples: Option<u64>, out: &mut MetricSink) {
        let stat = |name: &str| self.stats.iter().find(|(stat, _)| *stat == name).map(|(_, token)| *token);
        // Before the first iteration the least is the largest number there is.
        let empty = stat("max").is_some_and(is_zero) && stat("min").is_some_and(|min| !is_zero(min));
        if let (true, Some(min)) = (empty, stat("min")) {
            out.warn(code::NO_SAMPLES, min, format!("wakeup.latency of task {} has no value: it never ran", self.number));
        }
        for (stat, token) in &self.stats {
            if empty {
                out.ignore(token, "placeholder");
                continue;
            }
            let mut metric =
                out.metric("wakeup.latency").stat(stat).label("thread", self.number.to_owned()).unit(unit::US).lower();
            if let Some(source) = source {
                metric = metric.label("source", source);
            }
            metric.resolution(1e-6).samples(samples).push(token);
        }
    }
}

/// `rt-migrate-test 2.40`, above the options.
fn is_banner(line: &str) -> bool {
    line.strip_prefix("rt-migrate-test ").is_some_and(number::is_token)
}

/// `Task 0 (prio 2) (pid 28883):`, the number of the task.
fn task(line: &str) -> Option<&str> {
    let (number, rest) = number::leading(line.strip_prefix("Task ")?)?;
    (rest.starts_with(" (prio ") && rest.contains(" (pid ")).then_some(number)
}

/// `Max: 72 us`, the statistic and what follows.
fn statistic(line: &str) -> Option<(&'static str, &str)> {
    [("Max: ", "max"), ("Min: ", "min"), ("Tot: ", "sum"), ("Avg: ", "mean")]
        .iter()
        .find_map(|(key, stat)| Some((*stat, line.strip_prefix(key)?)))
}

prill_core::register_extractor!(RtMigrateTest);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{codes, found, read};

    const TASK: &str = " Task 0 (prio 2) (pid 28883):\n   Max: 72 us\n   Min: 39 us\n   Tot: 274 us\n   Avg: 54 us\n";

    #[test]
    fn a_task_is_a_thread() {
        assert_eq!(
            found(&read(&RtMigrateTest, TASK, "rt-migrate-test")),
            [
                "wakeup.latency.max{thread=0}=0.000072",
                "wakeup.latency.min{thread=0}=0.000039",
                "wakeup.latency.sum{thread=0}=0.000274",
                "wakeup.latency.mean{thread=0}=0.000054",
            ]
        );
    }

    #[test]
    fn a_task_that_never_ran_has_no_latency() {
        let none = TASK.replace("72", "0").replace("39", "18446744073709551").replace("274", "0").replace("54", "0");
        let none = read(&RtMigrateTest, &none, "rt-migrate-test");
        assert_eq!((found(&none), codes(&none)), (vec![], vec![code::NO_SAMPLES, code::NO_METRICS]));
    }

    #[test]
    fn a_check_that_failed_is_a_failure() {
        assert_eq!(codes(&read(&RtMigrateTest, &format!("{TASK}\n Failed!\n"), "rt-migrate-test -c")), [code::TOOL_FAILED]);
        assert_eq!(codes(&read(&RtMigrateTest, &format!("{TASK}\n Passed!\n"), "rt-migrate-test -c")), [""; 0]);
    }

    #[test]
    fn a_number_that_is_cut_is_left_out() {
        let cut = read(&RtMigrateTest, &TASK[..TASK.len() - 4], "rt-migrate-test");
        assert_eq!((cut.metrics.len(), codes(&cut)), (3, vec![code::TRUNCATED]));
    }
}
