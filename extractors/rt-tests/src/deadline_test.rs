//! deadline_test: deadlines that threads of the deadline scheduler miss.

use prill_core::extract::{LabelSet, Series};
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Polarity, Printed, Sniff, Streams, Text};

use crate::page::{self, Taken};
use crate::report::Report;

/// The format of deadline_test.
pub struct DeadlineTest;

impl Extractor for DeadlineTest {
    fn name(&self) -> &str {
        "deadline_test"
    }

    fn summary(&self) -> &str {
        "missed deadlines of deadline threads (rt-tests): summary"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let marks = ["missed deadlines  = ", "calculated loops for 1000us=", "deadline_test V "];
        page::sniff(text, "deadline_test", |line| marks.iter().any(|mark| line.starts_with(mark)))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        page::read::<Page>(input, out)
    }
}

/// A number of a thread.
#[derive(Clone, Copy)]
struct Number {
    /// What stands before it, at the start of the line or behind a blank.
    key: &'static str,
    name: &'static str,
    label: Option<(&'static str, &'static str)>,
    printed: Printed,
    polarity: Polarity,
}

const fn number(key: &'static str, name: &'static str, printed: Printed) -> Number {
    Number { key, name, label: None, printed, polarity: Polarity::Lower }
}

const fn labelled(number: Number, key: &'static str, value: &'static str) -> Number {
    Number { label: Some((key, value)), ..number }
}

/// All of them, in the order in which upstream prints them. A line may hold several.
const NUMBERS: [Number; 12] = [
    number("missed deadlines  = ", "deadline.missed.count", Printed::base("{deadline}")),
    number("missed periods    = ", "period.missed.count", Printed::base("{period}")),
    number("Total adjustments = ", "adjustment.time.sum", unit::US),
    number("# adjustments = ", "adjustment.count", Printed::base("{adjustment}")),
    number("avg: ", "adjustment.time.mean", unit::US),
    Number { polarity: Polarity::Informational, ..number("nr_periods : ", "period.count", Printed::base("{period}")) },
    number("max_time: ", "run.time.max", unit::US),
    number("min_time: ", "run.time.min", unit::US),
    number("avg_time: ", "run.time.mean", unit::US),
    labelled(number("ctx switches vol:", "context_switch.count", SWITCH), "kind", "voluntary"),
    labelled(number("nonvol:", "context_switch.count", SWITCH), "kind", "involuntary"),
    number("migration:", "migration.count", Printed::base("{migration}")),
];

const SWITCH: Printed = Printed::base("{switch}");

/// The lines below a thread's number, one after the other.
#[derive(Default)]
struct Page {
    known: bool,
    thread: Option<Thread>,
    begun: [Option<Series>; NUMBERS.len()],
}

/// The thread that the lines are about.
struct Thread {
    number: usize,
    /// Its label, alone and with each of the two kinds of context switches.
    labels: [LabelSet; 3],
}

impl Thread {
    fn new(number: usize, out: &mut MetricSink) -> Self {
        let text = number.to_string();
        let kinds = [None, Some("voluntary"), Some("involuntary")];
        let labels = kinds.map(|kind| {
            let kind = kind.map(|kind| ("kind", kind));
            out.labels(kind.into_iter().chain([("thread", text.as_str())]))
        });
        Self { number, labels }
    }

    fn labels_of(&self, number: &Number) -> LabelSet {
        match number.label {
            None => self.labels[0],
            Some((_, "voluntary")) => self.labels[1],
            Some(_) => self.labels[2],
        }
    }
}

impl<'t> page::Page<'t> for Page {
    const TOOL: &'static str = "deadline_test";

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken {
        let text = line.trimmed();
        if is_failure(text) {
            out.tool_failed(text, format!("deadline_test says: {text}"));
            out.ignore(text, "message");
            return Taken::Yes;
        }
        self.known = self.known || text.has(" test loops took ") || text.starts_with("calculated loops for 1000us=");
        if !self.known {
            let second = text == "have HRTICK enabled in debugfs/sched_features";
            return if second { Taken::Yes } else { Taken::No };
        }
        if text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).is_some_and(number::is_token) {
            out.ignore(text, "id of the thread");
            let number = self.thread.as_ref().map_or(0, |thread| thread.number + 1);
            self.thread = Some(Thread::new(number, out));
            return Taken::Yes;
        }
        match self.thread {
            Some(_) => self.result(text, line.ended, out),
            None => {
                out.ignore(text, "calibration, or setting");
                Taken::Yes
            }
        }
    }

    fn report(&self, _: &Report<'_>, _: &Input<'_>, _: &mut MetricSink) {}

    fn emit(self, _: Option<&'static str>, _: &Input<'_>, _: &mut MetricSink) {}
}

impl Page {
    /// A line about the thread.
    fn result(&mut self, text: &str, ended: bool, out: &mut MetricSink) -> Taken {
        let Some(thread) = &self.thread else { return Taken::No };
        let (mut rest, mut found) = (text, false);
        while let Some((at, number)) = NUMBERS.iter().enumerate().find(|(_, number)| rest.starts_with(number.key)) {
            let Some((token, after)) = number::leading(&rest[number.key.len()..]) else { break };
            if !ended && after.is_empty() {
                out.ignore(token, "number that was cut");
                return Taken::Cut;
            }
            found = true;
            let series = self.begun[at].get_or_insert_with(|| {
                let metric = out.metric(number.name).unit(number.printed).polarity(number.polarity);
                let step = (number.printed == unit::US).then_some(1e-6);
                *metric.series().resolution(step)
            });
            out.push(series.labels(thread.labels_of(number)), token);
            // Units are us, which the names say too.
            let after = after.trim_ascii_start();
            rest = after.strip_prefix("us").unwrap_or(after).trim_ascii_start();
        }
        if !found {
            out.ignore(text, "setting, or result of the busy loop");
        }
        Taken::Yes
    }
}

fn is_failure(text: &str) -> bool {
    let start =
        ["For less tha", "Run time too short", "Read context takes ", "RT task can only ", "Percent must ", "Invalid cpu input"];
    let failed = (text.starts_with("Thread ") || text.starts_with("RT Thread ")) && text.has(" failed: ");
    failed
        || start.iter().any(|s| text.starts_with(s))
        || text.starts_with("The number of threads must")
        || text.starts_with("Can not calculate")
}

prill_core::register_extractor!(DeadlineTest);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{codes, found, read};
    use prill_core::diagnostic::code;

    const START: &str = "100000 test loops took 344us total (340 internal)\n\n[7590]\n";

    #[test]
    fn a_line_may_hold_several_numbers() {
        let text = format!(
            "{START}# adjustments = 237 avg: 1012 us\nmax_time: 8664us\tmin_time: 4381us\tavg_time: 4572us\nctx switches vol:0 nonvol:1912 migration:1903\n"
        );
        assert_eq!(
            found(&read(&DeadlineTest, &text, "deadline_test")),
            [
                "adjustment.count{thread=0}=237",
                "adjustment.time.mean{thread=0}=0.001012",
                "run.time.max{thread=0}=0.008664",
                "run.time.min{thread=0}=0.004381",
                "run.time.mean{thread=0}=0.004572",
                "context_switch.count{kind=voluntary, thread=0}=0",
                "context_switch.count{kind=involuntary, thread=0}=1912",
                "migration.count{thread=0}=1903",
            ]
        );
    }

    #[test]
    fn threads_are_counted() {
        let text = format!("{START}missed deadlines  = 156\n\n[7591]\nmissed deadlines  = 3\n");
        assert_eq!(found(&read(&DeadlineTest, &text, "deadline_test"))[1], "deadline.missed.count{thread=1}=3");
    }

    #[test]
    fn a_failure_is_said() {
        let text = "For less that 2ms run times, you need to\nhave HRTICK enabled in debugfs/sched_features\n";
        assert_eq!(codes(&read(&DeadlineTest, text, "deadline_test")), [code::TOOL_FAILED, code::NO_METRICS]);
        assert_eq!(codes(&read(&DeadlineTest, &format!("{START}Thread 0 failed: no\n"), "deadline_test"))[0], code::TOOL_FAILED);
    }
}
