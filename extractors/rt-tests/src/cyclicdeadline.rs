//! cyclicdeadline: how late the period of a deadline thread starts.

use std::collections::BTreeMap;

use prill_core::scan::{Line, Search, number};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

use crate::latency::{self, WAKEUP};
use crate::page::{self, Taken};
use crate::report::{self, Report};
use crate::row::Row;
use crate::signaltest::{is_of_another_run, put};

/// The format of cyclicdeadline.
pub struct Cyclicdeadline;

impl Extractor for Cyclicdeadline {
    fn name(&self) -> &str {
        "cyclicdeadline"
    }

    fn summary(&self) -> &str {
        "latency of deadline threads (rt-tests): rows, JSON"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let is_row =
            |line: &str| line.starts_with("T:") && [" I:", " C:", " Min:"].iter().all(|key| line.has(key)) && !line.has(" P:");
        page::sniff(text, "cyclicdeadline", |line| is_row(line) || line.starts_with("cyclicdeadline V "))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        page::read::<Page<'_>>(input, out)
    }
}

/// The last row of each thread.
#[derive(Default)]
struct Page<'t> {
    known: bool,
    rows: BTreeMap<u32, Row<'t>>,
    break_value: Option<&'t str>,
}

impl<'t> page::Page<'t> for Page<'t> {
    const TOOL: &'static str = "cyclicdeadline";

    fn starts_anew(&self, line: Line<'t>) -> bool {
        is_of_another_run(&self.rows, line)
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken {
        if let Some(row) = Row::parse(line).filter(|row| row.priority.is_none() && row.has_interval()) {
            self.known = true;
            return put(&mut self.rows, row, line, out);
        }
        let text = line.trimmed();
        if let (true, Some(rest)) = (self.known, text.strip_prefix("# Break value: ")) {
            self.break_value = number::leading(rest).filter(|_| line.ended).map(|(token, _)| token);
            return Taken::whole(self.break_value.is_some());
        }
        let own = ["Using all CPUS", "interval: ", "Tested at ", "deadline thread ", "main thread ", "thread["];
        let is_own = own.iter().any(|start| text.starts_with(start));
        if is_own || (self.known && text.starts_with("# Break thread: ")) {
            out.ignore(text, "setting");
            return Taken::Yes;
        }
        let message = text == "have HRTICK enabled in debugfs/sched_features" || text.starts_with("WARN: ");
        if message { Taken::Yes } else { Taken::No }
    }

    fn report(&self, report: &Report<'_>, _: &Input<'_>, out: &mut MetricSink) {
        let said = report.get("resolution_in_ns").and_then(report::token).map(|token| token == "1");
        latency::from_report(WAKEUP, report, latency::unit_of(said.unwrap_or(false)), out);
    }

    fn emit(self, source: Option<&'static str>, _: &Input<'_>, out: &mut MetricSink) {
        let printed = latency::unit_of(self.rows.values().find_map(|row| row.nanoseconds).unwrap_or(false));
        self.rows.values().for_each(|row| latency::from_row(WAKEUP, row, source, printed, out));
        if let Some(token) = self.break_value {
            out.metric("breaktrace.latency").unit(printed).lower().resolution(printed.scale.factor()).push(token);
        }
    }
}

prill_core::register_extractor!(Cyclicdeadline);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{codes, found, read};
    use prill_core::diagnostic::code;

    const ROW: &str = "T: 0 ( 7072) I:5000 C:    201 Min:      7 Act:   83 Avg:   57 Max:     263\n";

    #[test]
    fn a_row_has_the_names_of_cyclictest() {
        assert_eq!(
            found(&read(&Cyclicdeadline, &format!("{ROW}# Break thread: 7072\n# Break value: 263\n"), "cyclicdeadline")),
            [
                "wakeup.count{thread=0}=201",
                "wakeup.latency.min{thread=0}=0.000007",
                "wakeup.latency.mean{thread=0}=0.000057",
                "wakeup.latency.max{thread=0}=0.000263",
                "wakeup.latency.last{thread=0}=0.000083",
                "breaktrace.latency=0.000263",
            ]
        );
    }

    #[test]
    fn a_thread_without_a_cycle_has_no_latency() {
        let none = read(&Cyclicdeadline, &ROW.replace("  201", "    0"), "cyclicdeadline");
        assert_eq!((found(&none), codes(&none)), (vec!["wakeup.count{thread=0}=0".to_owned()], vec![code::NO_SAMPLES]));
    }

    #[test]
    fn rows_of_cyclictest_are_not_mine() {
        let cyclictest = ROW.replace(" I:", " P: 0 I:");
        assert_eq!(codes(&read(&Cyclicdeadline, &cyclictest, "cyclictest")), [code::NOT_FOUND, code::NO_METRICS]);
        assert_eq!(Cyclicdeadline.sniff(&Text::new(cyclictest.as_bytes())), Sniff::No);
    }

    #[test]
    fn a_failure_is_said() {
        let text = "FATAL: For less than 2ms run times, you need to\nhave HRTICK enabled in debugfs/sched_features\n";
        assert_eq!(codes(&read(&Cyclicdeadline, text, "cyclicdeadline")), [code::TOOL_FAILED, code::NO_METRICS]);
    }
}
