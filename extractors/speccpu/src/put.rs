use prill_core::MetricSink;
use prill_core::extract::Series;
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
    let mut line = line.trim_start();
    while let Some(rest) = line.strip_prefix("Est. ") {
        line = rest;
    }
    let starts = ["SPECrate", "SPECspeed", "SPECint", "SPECfp"];
    if !starts.iter().any(|start| line.starts_with(start)) {
        return None;
    }
    let (name, rest) = line.split_at(line.find([' ', ',', '\t'])?);
    ["2006", "2017", "2026"].iter().any(|year| name.contains(year)).then_some((name, rest))
}

/// Whether a run is one of base or of peak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// The time and the ratio of runs, once one was put in.
#[derive(Debug, Default)]
pub(crate) struct Metrics(Option<[Series; 2]>);

impl Metrics {
    /// Puts in the run; with a number where it is not the one that counts.
    pub(crate) fn put(&mut self, run: &Run<'_>, repetition: Option<usize>, out: &mut MetricSink) {
        let series = self.0.get_or_insert_with(|| {
            [out.metric("elapsed").unit(unit::SECOND).lower().series(), out.metric("index").unit(unit::RATIO).higher().series()]
        });
        let repetition = repetition.map(|number| number.to_string());
        let repetition = repetition.as_deref().map(|number| ("repetition", number));
        let (benchmark, tuning) = (Some(("benchmark", run.benchmark)), Some(("tuning", run.tuning.word())));
        let labels = out.labels([benchmark, repetition, tuning].into_iter().flatten());
        for (series, token) in series.iter_mut().zip([run.time, run.ratio]) {
            if number::is_token(token) {
                out.push(series.labels(labels), token);
            }
        }
    }
}

/// The index of a suite.
pub(crate) fn put_suite(suite: &str, token: &str, out: &mut MetricSink) {
    out.ignore(suite, "label");
    out.metric("index").unit(unit::RATIO).higher().label("suite", suite).push(token);
}
