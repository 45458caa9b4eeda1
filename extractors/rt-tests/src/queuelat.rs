//! queuelat: how long a block of copying takes, as the load of a simulated packet queue.

use prill_core::diagnostic::code;
use prill_core::scan::{Line, number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

use crate::page::{self, Taken};
use crate::report::Report;

/// The format of queuelat.
pub struct Queuelat;

impl Extractor for Queuelat {
    fn name(&self) -> &str {
        "queuelat"
    }

    fn summary(&self) -> &str {
        "time of a loop that fills a simulated packet queue (rt-tests): summary"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let marks = ["tsc_freq_ghz = ", "Avg loop processing time: ", "queuelat V "];
        page::sniff(text, "queuelat", |line| marks.iter().any(|mark| line.starts_with(mark)))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        page::read::<Page<'_>>(input, out)
    }
}

#[derive(Default)]
struct Page<'t> {
    started: bool,
    calibrated: bool,
    mean: Option<&'t str>,
}

impl<'t> page::Page<'t> for Page<'t> {
    const TOOL: &'static str = "queuelat";

    fn starts_anew(&self, line: Line<'t>) -> bool {
        self.started && line.trimmed().starts_with("tsc_freq_ghz = ")
    }

    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Taken {
        let text = line.trimmed();
        if let Some(rest) = text.strip_prefix("Avg loop processing time: ") {
            self.mean = number::leading(rest).filter(|_| line.ended).map(|(token, _)| token);
            return Taken::whole(self.mean.is_some());
        }
        let failures =
            ["queue length exceeded: ", "failure to allocate ", "error, did not find ", "options -m, -c, -p and -f are"];
        if failures.iter().any(|start| text.starts_with(start)) || text.starts_with("open: ") || text.starts_with("write: ") {
            out.tool_failed(text, format!("queuelat says: {text}"));
            out.ignore(text, "message");
            return Taken::Yes;
        }
        self.started |= text.starts_with("tsc_freq_ghz = ");
        self.calibrated |= text.starts_with("default_n=");
        let of_loop = ["Min loop processing time: ", "Max loop processing time: "].iter().any(|start| text.starts_with(start));
        if self.started || of_loop {
            out.ignore(text, if of_loop { "edges of a bucket" } else { "setting, or bucket of the histogram" });
            return Taken::whole(line.ended);
        }
        Taken::No
    }

    fn report(&self, _: &Report<'_>, _: &Input<'_>, _: &mut MetricSink) {}

    fn emit(self, _: Option<&'static str>, _: &Input<'_>, out: &mut MetricSink) {
        let Some(token) = self.mean else { return };
        if self.started && !self.calibrated {
            out.warn(code::DEGRADED, token, "queuelat ended before its calibration did: loop.time is that of the calibration");
        }
        // Each loop counts as the upper edge of its bucket of 100 ns.
        out.metric("loop.time.mean").unit(unit::NS).lower().resolution(1e-9).push(token);
    }
}

prill_core::register_extractor!(Queuelat);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{codes, found, read};

    const RUN: &str =
        "tsc_freq_ghz = 2.000000, cycles_to_ns = 0.500000\nmax_queue_len = 40\ndefault_n=9000 nr_packets_drain_per_block=22\n";
    const END: &str = "Max loop processing time: [70000 - 70099] = 1\nAvg loop processing time: 102\n";

    #[test]
    fn a_mean_is_nanoseconds_and_may_be_that_of_the_calibration() {
        let whole = read(&Queuelat, &format!("{RUN}{END}"), "queuelat");
        assert_eq!((found(&whole), codes(&whole)), (vec!["loop.time.mean=0.000000102".to_owned()], vec![]));
        let early = read(&Queuelat, &format!("{}{END}", RUN.split("default").next().unwrap()), "queuelat");
        assert_eq!((found(&early), codes(&early)), (vec!["loop.time.mean=0.000000102".to_owned()], vec![code::DEGRADED]));
    }

    #[test]
    fn each_run_has_a_mean() {
        let two = read(&Queuelat, &format!("{RUN}{END}{RUN}{}", END.replace("102", "99")), "queuelat");
        assert_eq!(found(&two), ["loop.time.mean{repetition=1}=0.000000102", "loop.time.mean=0.000000099"]);
        assert_eq!(codes(&two), [code::SEVERAL_DOCUMENTS]);
    }

    #[test]
    fn a_queue_that_grew_too_long_is_a_failure_though_the_exit_status_is_0() {
        let text = format!("{RUN}queue length exceeded:  queue_size=41 max_queue_len=40\n{END}");
        assert_eq!(codes(&read(&Queuelat, &text, "queuelat")), [code::TOOL_FAILED]);
    }
}
