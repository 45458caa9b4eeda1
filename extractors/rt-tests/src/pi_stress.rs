//! pi_stress: how many priority inversions groups of three threads get through.

use prill_core::scan::{Line, Search, number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Printed, Sniff, Span, Streams, Text};

use crate::options;
use crate::page::{self, Taken};
use crate::report::{self, Report};

/// The format of pi_stress.
pub struct PiStress;

/// Its short options that take a value.
const VALUED: &str = "Dgis";

impl Extractor for PiStress {
    fn name(&self) -> &str {
        "pi_stress"
    }

    fn summary(&self) -> &str {
        "priority inversions that were resolved (rt-tests): summary, JSON"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let marks = ["Total inversion performed: ", "Starting PI Stress Test", "pi_stress V "];
        page::sniff(text, "pi_stress", |line| marks.iter().any(|mark| line.starts_with(mark)))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        page::read::<Page<'_>>(input, out)
    }
}

/// The two lines of the summary.
#[derive(Default)]
struct Page<'t> {
    /// Whether the banner tells a number of inversions.
    limited: bool,
    total: Option<&'t str>,
    /// Days, hours, minutes and seconds.
    duration: Option<[&'t str; 4]>,
}

impl<'t> page::Page<'t> for Page<'t> {
    const TOOL: &'static str = "pi_stress";
    const RESULTS: &'static str = "inversion";

    /// With `--quiet` a run is its summary.
    fn starts_anew(&self, line: Line<'t>) -> bool {
        let starts = |text: &str| text == "Starting PI Stress Test" || text.starts_with("Total inversion performed: ");
        self.total.is_some() && starts(line.trimmed())
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken {
        let text = line.trimmed();
        if let Some(rest) = text.strip_prefix("Total inversion performed: ") {
            self.total = number::leading(rest).filter(|_| line.ended).map(|(token, _)| token);
            return Taken::whole(self.total.is_some());
        }
        if let Some(rest) = text.strip_prefix("Test Duration: ") {
            self.duration = parts(rest);
            return Taken::whole(self.duration.is_some());
        }
        if text.has("WATCHDOG triggered") || text.has("is deadlocked") {
            out.tool_failed(text, format!("pi_stress says: {text}"));
        }
        self.limited |= text.strip_prefix("Number of inversions per group: ").is_some_and(|n| number::leading(n).is_some());
        let why = why_not(text);
        if let Some(why) = why {
            out.ignore(line.text, why);
        }
        if why.is_some() { Taken::Yes } else { Taken::No }
    }

    fn report(&self, report: &Report<'_>, input: &Input<'_>, out: &mut MetricSink) {
        if let Some(token) = report.get("inversion").and_then(report::token) {
            self.count(token, None, input, out);
        }
    }

    fn emit(self, source: Option<&'static str>, input: &Input<'_>, out: &mut MetricSink) {
        if let Some(token) = self.total {
            self.count(token, source, input, out);
        }
        self.duration.into_iter().for_each(|duration| self.elapsed(duration, input, out));
    }
}

impl Page<'_> {
    /// Whether the number of inversions was given, so that the time is what counts.
    fn is_limited(&self, input: &Input<'_>) -> bool {
        self.limited || options::has(input.argv().unwrap_or_default(), 'i', "inversions", VALUED)
    }

    fn count(&self, token: &str, source: Option<&'static str>, input: &Input<'_>, out: &mut MetricSink) {
        let mut metric = out.metric("inversion.count").unit(Printed::base("{inversion}"));
        metric = if self.is_limited(input) { metric.informational() } else { metric.higher() };
        if let Some(source) = source {
            metric = metric.label("source", source);
        }
        metric.push(token);
    }

    fn elapsed(&self, parts: [&str; 4], input: &Input<'_>, out: &mut MetricSink) {
        let limited = self.is_limited(input);
        let seconds: f64 =
            parts.iter().zip([86400.0, 3600.0, 60.0, 1.0]).map(|(p, s)| p.parse::<f64>().unwrap_or(f64::NAN) * s).sum();
        let short = parts[..3].iter().all(|part| crate::row::is_zero(part));
        let spans: Vec<Span> = parts.iter().filter_map(|part| input.text().span_of(part)).collect();
        if short {
            parts[..3].iter().for_each(|part| out.ignore(part, "zero of the duration"));
        }
        let metric = out.metric("elapsed").unit(unit::SECOND).resolution(1.0);
        let metric = if limited { metric.lower() } else { metric.informational() };
        if short { metric.push(parts[3]) } else { metric.push_derived(seconds, spans) }
    }
}

/// `0 days, 0 hours, 0 minutes, 4 seconds`
fn parts(text: &str) -> Option<[&str; 4]> {
    let mut words = text.split(' ');
    let mut part = |name: &str| {
        let token = words.next().filter(|token| !token.is_empty() && token.bytes().all(|b| b.is_ascii_digit()))?;
        (words.next()? == name).then_some(token)
    };
    Some([part("days,")?, part("hours,")?, part("minutes,")?, part("seconds")?])
}

/// Why a line has no metric; `None` when the line is none of pi_stress'.
fn why_not(text: &str) -> Option<&'static str> {
    if text.starts_with("Current Inversions: ") {
        return Some("state in the middle of the run");
    }
    let banner =
        ["Starting PI Stress Test", "Number of thread groups: ", "Duration of test run: ", "Number of inversions per group: "];
    if banner.iter().any(|s| text.starts_with(s)) || text.has(" groups of 3 threads will be created") {
        return Some("setting");
    }
    let thread = ["Admin", "High", "Med", "Low"]
        .iter()
        .any(|t| text.strip_prefix(t).is_some_and(|r| r.trim_start().starts_with("thread")));
    if thread || text.starts_with("Test threads using scheduler policy: ") {
        return Some("setting");
    }
    let message = ["Stopping test", "INFO: ", "WARN", "Current Inversions:"].iter().any(|s| text.starts_with(s));
    (message || text.has("WATCHDOG triggered") || text.has("is deadlocked")).then_some("message")
}

prill_core::register_extractor!(PiStress);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{codes, found, read};
    use prill_core::Polarity;
    use prill_core::diagnostic::code;

    const SUMMARY: &str = "Total inversion performed: 101\nTest Duration: 0 days, 0 hours, 0 minutes, 4 seconds\n";

    #[test]
    fn a_fixed_number_of_inversions_is_no_result_but_its_time_is() {
        let polarities = |argv| read(&PiStress, SUMMARY, argv).metrics.iter().map(|m| m.polarity()).collect::<Vec<_>>();
        assert_eq!(polarities("pi_stress -D 4"), [Polarity::Higher, Polarity::Informational]);
        assert_eq!(polarities("pi_stress -i 100"), [Polarity::Informational, Polarity::Lower]);
    }

    #[test]
    fn a_long_duration_is_added_up() {
        let long = read(&PiStress, &SUMMARY.replace("0 hours, 0 minutes", "1 hours, 2 minutes"), "pi_stress");
        let elapsed = long.metrics.get("elapsed").unwrap();
        assert_eq!((elapsed.value(), elapsed.is_derived()), (3724.0, true));
    }

    #[test]
    fn each_summary_is_of_a_run() {
        let run = |total| format!("Total inversion performed: {total}\nTest Duration: 0 days, 0 hours, 0 minutes, 2 seconds\n");
        let two = read(&PiStress, &(run(7) + &run(9)), "pi_stress -q -D 2");
        let counts: Vec<String> = found(&two).into_iter().filter(|m| m.starts_with("inversion")).collect();
        assert_eq!(counts, ["inversion.count{repetition=1}=7", "inversion.count=9"]);
        assert_eq!(codes(&two), [code::SEVERAL_DOCUMENTS]);
    }

    #[test]
    fn a_deadlock_and_a_refusal_are_failures() {
        for text in ["WATCHDOG triggered: group 0 is deadlocked!\n", "pi_stress: unrecognized option '--bogus'\n", "ERROR: no\n"]
        {
            assert_eq!(codes(&read(&PiStress, text, "pi_stress")), [code::TOOL_FAILED, code::NO_METRICS], "{text}");
        }
    }
}
