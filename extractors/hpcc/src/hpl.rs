//! High-Performance Linpack.

use prill_core::scan::{Line, number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Printed, Sniff, Streams, Text};

/// The format of xhpl 1.0 to 2.3 (`HPL_pdtest.c`).
pub struct Hpl;

prill_core::register_extractor!(Hpl);

impl Extractor for Hpl {
    fn name(&self) -> &str {
        "hpl"
    }

    fn summary(&self) -> &str {
        "time and flops of each problem of High-Performance Linpack (xhpl)"
    }

    fn streams(&self) -> Streams {
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        let mut lines = text.lines();
        let banner = lines.clone().any(|line| line.text.starts_with("HPLinpack "));
        if banner && !lines.any(|line| line.text.starts_with(crate::hpcc::MARK)) { Sniff::Certain } else { Sniff::No }
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        argv.iter().position(|word| word == "xhpl" || word.ends_with("/xhpl"))
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        if text.lines().any(|line| line.text.starts_with(crate::hpcc::MARK)) {
            return Err(ExtractError::NotFound);
        }
        let (mut known, mut cut) = (false, false);
        for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
            let shown = line.trimmed();
            known |= line.text.starts_with("HPLinpack ");
            if known && row(line, out) {
                cut |= !line.ended;
            } else if shown.starts_with("HPL ERROR") || shown.ends_with("...... FAILED") {
                known = true;
                out.tool_failed(shown, format!("xhpl says: {shown}"));
                out.ignore(shown, "residual");
            } else {
                cut |= known && !line.ended;
                out.ignore(shown, "setting, residual or date");
            }
        }
        match (known, cut) {
            (false, _) => Err(ExtractError::NotFound),
            (true, true) => Err(ExtractError::Truncated { at: text.end() }),
            (true, false) => Ok(()),
        }
    }
}

/// `WR11C2R4         400    80     1     1               0.28              1.550e-01`; false for another line.
fn row(line: Line<'_>, out: &mut MetricSink) -> bool {
    let words: Vec<&str> = line.words().collect();
    let &[variant, n, nb, p, q, time, gflops] = words.as_slice() else { return false };
    let whole = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    if !variant.starts_with('W') || ![n, nb, p, q].iter().all(whole) || !number::is_token(time) {
        return false;
    }
    words[..5].iter().for_each(|word| out.ignore(word, "label"));
    let labels = [("variant", variant), ("n", n), ("nb", nb), ("p", p), ("q", q)];
    let metric = out.metric("elapsed").unit(unit::SECOND).lower();
    labels.iter().fold(metric, |metric, (key, value)| metric.label(key, *value)).push(time);
    if line.ended {
        let metric = out.metric("flop.rate").unit(Printed::base("{flop}/s").shift(9)).higher();
        labels.iter().fold(metric, |metric, (key, value)| metric.label(key, *value)).push(gflops);
    }
    true
}
