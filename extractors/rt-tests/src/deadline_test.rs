//! deadline_test: deadlines that threads of the deadline scheduler miss.

use prill_core::scan::{Line, number, unit};
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

/// What stands before a number, the metric, a label, its unit and its polarity. A line may hold several.
const NUMBERS: [(&str, &str, Label, Printed, Polarity); 11] = [
    ("missed deadlines  = ", "deadline.missed.count", None, Printed::base("{deadline}"), Polarity::Lower),
    ("missed periods    = ", "period.missed.count", None, Printed::base("{period}"), Polarity::Lower),
    ("Total adjustments = ", "adjustment.time.sum", None, unit::US, Polarity::Lower),
    ("# adjustments = ", "adjustment.count", None, Printed::base("{adjustment}"), Polarity::Lower),
    ("nr_periods : ", "period.count", None, Printed::base("{period}"), Polarity::Informational),
    ("max_time: ", "run.time.max", None, unit::US, Polarity::Lower),
    ("min_time: ", "run.time.min", None, unit::US, Polarity::Lower),
    ("avg_time: ", "run.time.mean", None, unit::US, Polarity::Lower),
    ("ctx switches vol:", "context_switch.count", Some(("kind", "voluntary")), SWITCH, Polarity::Lower),
    (" nonvol:", "context_switch.count", Some(("kind", "involuntary")), SWITCH, Polarity::Lower),
    (" migration:", "migration.count", None, Printed::base("{migration}"), Polarity::Lower),
];

type Label = Option<(&'static str, &'static str)>;

const SWITCH: Printed = Printed::base("{switch}");

/// The thread that the lines are about; `None` before the first.
#[derive(Default)]
struct Page {
    known: bool,
    thread: Option<usize>,
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
        self.known |= text.contains(" test loops took ") || text.starts_with("calculated loops for 1000us=");
        if !self.known {
            let second = text == "have HRTICK enabled in debugfs/sched_features";
            return if second { Taken::Yes } else { Taken::No };
        }
        if text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).is_some_and(number::is_token) {
            out.ignore(text, "id of the thread");
            self.thread = Some(self.thread.map_or(0, |thread| thread + 1));
            return Taken::Yes;
        }
        match self.thread {
            Some(thread) => result(&thread.to_string(), text, line.ended, out),
            None => {
                out.ignore(text, "calibration, or setting");
                Taken::Yes
            }
        }
    }

    fn report(&self, _: &Report<'_>, _: &Input<'_>, _: &mut MetricSink) {}

    fn emit(self, _: Option<&'static str>, _: &Input<'_>, _: &mut MetricSink) {}
}

/// A line about a thread.
fn result(thread: &str, text: &str, ended: bool, out: &mut MetricSink) -> Taken {
    let mut found = 0;
    for (key, name, label, printed, polarity) in NUMBERS {
        let Some((_, rest)) = text.split_once(key) else { continue };
        let Some((token, after)) = number::leading(rest) else { continue };
        if !ended && after.is_empty() {
            out.ignore(token, "number that was cut");
            return Taken::Cut;
        }
        found += 1;
        if key.starts_with('#') {
            adjustments(thread, after, out);
        }
        let mut metric = out.metric(name).label("thread", thread.to_owned()).unit(printed).polarity(polarity);
        if let Some((key, value)) = label {
            metric = metric.label(key, value);
        }
        metric.push(token);
    }
    if found == 0 {
        out.ignore(text, "setting, or result of the busy loop");
    }
    Taken::Yes
}

/// ` avg: 1012 us`, behind the number of adjustments.
fn adjustments(thread: &str, after: &str, out: &mut MetricSink) {
    let mean = after.strip_prefix(" avg: ").and_then(number::leading).filter(|(_, unit)| !unit.is_empty());
    if let Some((token, _)) = mean {
        out.metric("adjustment.time.mean").label("thread", thread.to_owned()).unit(unit::US).lower().resolution(1e-6).push(token);
    }
}

fn is_failure(text: &str) -> bool {
    let start =
        ["For less tha", "Run time too short", "Read context takes ", "RT task can only ", "Percent must ", "Invalid cpu input"];
    let failed = (text.starts_with("Thread ") || text.starts_with("RT Thread ")) && text.contains(" failed: ");
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
                "adjustment.time.mean{thread=0}=0.001012",
                "adjustment.count{thread=0}=237",
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
