use prill_core::MetricSink;
use prill_core::extract::Emit;
use prill_core::scan::{number, unit};

/// `503.bwaves_r`: a number and a name.
pub(crate) fn is_benchmark(word: &str) -> bool {
    let Some((number, name)) = word.split_once('.') else { return false };
    let name_ok =
        name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && name.starts_with(|c: char| c.is_ascii_alphabetic());
    number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()) && name_ok && name.len() > 1
}

/// ` Est. SPECrate2017_fp_base             4.90` or `SPECint(R)_base2006 ...`: a suite, and what follows it.
pub(crate) fn suite(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start().trim_start_matches("Est. ");
    let at = line.find([' ', ',', '\t'])?;
    let (name, rest) = line.split_at(at);
    let starts = ["SPECrate", "SPECspeed", "SPECint", "SPECfp"];
    let years = ["2006", "2017", "2026"];
    (starts.iter().any(|start| name.starts_with(start)) && years.iter().any(|year| name.contains(year))).then_some((name, rest))
}

/// Whether a run is one of base or of peak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tuning {
    Base,
    Peak,
}

impl Tuning {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Peak => "peak",
        }
    }
}

/// A run of a benchmark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'t> {
    pub(crate) benchmark: &'t str,
    pub(crate) tuning: Tuning,
    /// Seconds.
    pub(crate) time: &'t str,
    pub(crate) ratio: &'t str,
}

impl Run<'_> {
    /// Puts in the run; with a number where it is not the one that counts.
    pub(crate) fn put(&self, repetition: Option<usize>, out: &mut MetricSink) {
        if number::is_token(self.time) {
            self.labelled(out.metric("elapsed").unit(unit::SECOND).lower(), repetition).push(self.time);
        }
        if number::is_token(self.ratio) {
            self.labelled(out.metric("index").unit(unit::RATIO).higher(), repetition).push(self.ratio);
        }
    }

    fn labelled<'s>(&'s self, metric: Emit<'s>, repetition: Option<usize>) -> Emit<'s> {
        let metric = metric.label("benchmark", self.benchmark).label("tuning", self.tuning.word());
        repetition.into_iter().fold(metric, |metric, number| metric.label("repetition", number.to_string()))
    }
}

/// The index of a suite.
pub(crate) fn put_suite(suite: &str, token: &str, out: &mut MetricSink) {
    out.ignore(suite, "label");
    out.metric("index").unit(unit::RATIO).higher().label("suite", suite).push(token);
}
