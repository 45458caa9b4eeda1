//! rt-migrate-test: how soon after their release real-time tasks run, more of them than there are processors.

use prill_core::diagnostic::code;
use prill_core::extract::Series;
use prill_core::scan::json::Node;
use prill_core::scan::{Line, Search, number, unit};
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
    /// In the order of [`STATS`].
    stats: [Option<&'t str>; STATS.len()],
}

/// The statistics: name, and how the lines and the report call them.
const STATS: [(&str, &str, &str); 4] =
    [("max", "Max: ", "max"), ("min", "Min: ", "min"), ("sum", "Tot: ", "total"), ("mean", "Avg: ", "avg")];

impl<'t> page::Page<'t> for Page<'t> {
    const TOOL: &'static str = "rt-migrate-test";

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken {
        let text = line.trimmed();
        self.usage |= is_banner(text);
        if let Some(number) = task(text) {
            self.tasks.push(Task { number, ..Task::default() });
            out.ignore(text, "identity of the task");
            return Taken::whole(line.ended);
        }
        if let (Some(task), Some((stat, rest))) = (self.tasks.last_mut(), statistic(text)) {
            return match number::leading(rest).filter(|(_, unit)| *unit == " us") {
                Some((token, _)) => {
                    task.stats[stat] = Some(token);
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
        let mut series = begin(out);
        for (key, thread) in report.get("thread").into_iter().flat_map(Node::members) {
            out.ignore(key.raw(), "number of the task");
            let mut task = Task { number: &key.text(), ..Task::default() };
            for (key, node) in thread.members() {
                let stat = STATS.iter().position(|(_, _, known)| *known == key.raw());
                match (stat, report::token(node)) {
                    (Some(stat), Some(token)) => task.stats[stat] = Some(token),
                    _ => out.ignore(node.text(), "setting"),
                }
            }
            task.emit(None, None, &mut series, out);
        }
    }

    fn emit(self, source: Option<&'static str>, _: &Input<'_>, out: &mut MetricSink) {
        let samples = Some(self.iterations).filter(|n| *n > 0);
        let mut series = begin(out);
        self.tasks.iter().for_each(|task| task.emit(source, samples, &mut series, out));
    }
}

/// The series of each of [`STATS`].
fn begin(out: &mut MetricSink) -> [Series; STATS.len()] {
    STATS.map(|(stat, ..)| out.metric("wakeup.latency").stat(stat).unit(unit::US).lower().resolution(1e-6).series())
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
    fn emit(&self, source: Option<&'static str>, samples: Option<u64>, series: &mut [Series; STATS.len()], out: &mut MetricSink) {
        let [max, min, ..] = self.stats;
        // Before the first iteration the least is the largest number there is.
        if let (Some(max), Some(min)) = (max, min)
            && is_zero(max)
            && !is_zero(min)
        {
            out.warn(code::NO_SAMPLES, min, format!("wakeup.latency of task {} has no value: it never ran", self.number));
            return self.stats.into_iter().flatten().for_each(|token| out.ignore(token, "placeholder"));
        }
        let labels = out.labels(source.map(|source| ("source", source)).into_iter().chain([("thread", self.number)]));
        // In the order in which they are printed, which the report has another of than the lines.
        let mut order = [0, 1, 2, 3];
        order.sort_by_key(|at| self.stats[*at].map(|token| token.as_ptr().addr()));
        for at in order {
            if let Some(token) = self.stats[at] {
                out.push(series[at].labels(labels).samples(samples), token);
            }
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
    (rest.starts_with(" (prio ") && rest.has(" (pid ")).then_some(number)
}

/// `Max: 72 us`: which of [`STATS`] it is, and what follows.
fn statistic(line: &str) -> Option<(usize, &str)> {
    STATS.iter().enumerate().find_map(|(at, (_, key, _))| Some((at, line.strip_prefix(key)?)))
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
