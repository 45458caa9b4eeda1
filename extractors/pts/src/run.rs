use prill_core::extract::LabelSet;
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Polarity};

use crate::scale::{Meaning, Metrics};

/// A line of a run.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("Phoronix Test Suite v")
        || line.starts_with("Started Run ") && line.has(" @ ")
        || line.starts_with("Estimated Trial Run Count:")
}

/// What a run prints (`pts_concise_display_mode.php`, `test_run_success_inst`): for each result a title, the value of each
/// trial, and their mean.
#[derive(Debug, Default)]
pub(crate) struct Run<'t> {
    /// `pts/xsbench-1.0.0`
    test: Option<&'t str>,
    /// `Resolution: 800 x 600`; none for `Test Results`.
    title: Option<&'t str>,
    /// The values of the trials, until their unit is printed.
    trials: Vec<&'t str>,
    /// The result whose minimum, maximum and deviation may follow.
    meaning: Option<(Meaning, LabelSet)>,
    metrics: Metrics,
    /// Whether trials may follow.
    open: bool,
    known: bool,
}

impl<'t> Run<'t> {
    /// True for a line of a run.
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        self.known = self.known || is_mark(text);
        if let Some(test) = test(text) {
            (self.test, self.open, self.known) = (Some(test), false, true);
            out.ignore(text, "label");
        } else if !line.ended || !self.known {
            return self.known;
        } else if text.starts_with("The test quit with a non-zero exit status")
            || text.starts_with("The test run did not produce a result")
        {
            out.tool_failed(text, format!("the Phoronix Test Suite says: {text}"));
            out.ignore(text, "message");
        } else if let Some(title) = text.strip_suffix(':').filter(|_| line.text.starts_with("    ")) {
            self.drop_trials(out);
            (self.title, self.open) = ((title != "Test Results").then_some(title), true);
            out.ignore(title, "label");
        } else if self.open && number::is_token(text) {
            self.trials.push(text);
        } else if self.open
            && let Some((what, value)) = text.cut(": ")
        {
            self.value(what, value.trim(), out);
        } else {
            self.open &= text.is_empty();
            out.ignore(text, "setting, system or progress");
        }
        true
    }

    /// Values without a mean, at the end of the text.
    pub(crate) fn end(&mut self, out: &mut MetricSink) {
        self.drop_trials(out);
    }

    fn drop_trials(&mut self, out: &mut MetricSink) {
        self.trials.drain(..).for_each(|token| out.ignore(token, "value whose unit is not printed"));
        self.meaning = None;
    }

    fn value(&mut self, what: &str, value: &'t str, out: &mut MetricSink) {
        let Some((token, rest)) = number::leading(value) else { return out.ignore(value, "setting") };
        match (what, self.meaning) {
            ("Average" | "Result" | "Median", _) if !rest.trim().is_empty() => self.mean(what, token, rest.trim(), out),
            ("Minimum", Some((meaning, labels))) => self.metrics.push((meaning, "min"), labels, token, out),
            ("Maximum", Some((meaning, labels))) => self.metrics.push((meaning, "max"), labels, token, out),
            ("Deviation", Some((meaning, labels))) => {
                // A share of the mean, in whatever unit that is.
                let share = Meaning { printed: Some(unit::PERCENT), polarity: Polarity::Unknown, ..meaning };
                self.metrics.push((share, "cv"), labels, token, out);
            }
            _ => out.ignore(value, "number of trials"),
        }
    }

    /// The mean, whose unit is that of the trials before it.
    fn mean(&mut self, what: &str, token: &str, scale: &str, out: &mut MetricSink) {
        let meaning = Meaning::of(scale, None);
        meaning.say(scale, out);
        let scale = meaning.printed.is_none().then_some(scale);
        let labels = |repetition: Option<&str>, out: &mut MetricSink| {
            let all = [("repetition", repetition), ("result", self.title), ("scale", scale), ("test", self.test)];
            out.labels(all.into_iter().filter_map(|(key, value)| Some((key, value?))))
        };
        for (at, trial) in self.trials.drain(..).enumerate() {
            let labels = labels(Some(&(at + 1).to_string()), out);
            self.metrics.push((meaning, ""), labels, trial, out);
        }
        let labels = labels(None, out);
        self.metrics.push((meaning, if what == "Median" { "p50" } else { "mean" }), labels, token, out);
        self.meaning = Some((meaning, labels));
    }
}

/// `pts/xsbench-1.0.0 [Test: Total]` or without what is in brackets.
fn test(text: &str) -> Option<&str> {
    let (repository, rest) =
        text.split_once('/').filter(|(repository, _)| ["pts", "system", "local", "git"].contains(repository))?;
    let profile = rest.before(" [");
    let version = profile.rsplit_once('-').map_or("", |(_, version)| version);
    let is_version = version.contains('.') && version.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (is_version && !profile.contains(' ')).then(|| &text[..=repository.len() + profile.len()])
}
