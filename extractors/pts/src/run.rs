use prill_core::MetricSink;
use prill_core::extract::Emit;
use prill_core::scan::{Line, number, unit};

use crate::scale::Meaning;

/// A line of a run.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("Phoronix Test Suite v")
        || line.starts_with("Started Run ") && line.contains(" @ ")
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
    meaning: Option<(Meaning, &'t str)>,
    /// Whether trials may follow.
    open: bool,
    known: bool,
}

impl<'t> Run<'t> {
    /// True for a line of a run.
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        self.known |= is_mark(text);
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
        } else if let Some((what, value)) = text.split_once(": ").filter(|_| self.open) {
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
            ("Average" | "Result" | "Median", _) if !rest.trim().is_empty() => {
                let meaning = Meaning::of(rest.trim(), None);
                meaning.say(rest.trim(), out);
                self.meaning = Some((meaning, rest.trim()));
                for (at, trial) in std::mem::take(&mut self.trials).into_iter().enumerate() {
                    let number = (at + 1).to_string();
                    self.metric(meaning, rest.trim(), None, out).label("repetition", number).push(trial);
                }
                self.metric(meaning, rest.trim(), Some(if what == "Median" { "p50" } else { "mean" }), out).push(token);
            }
            ("Minimum", Some((meaning, scale))) => self.metric(meaning, scale, Some("min"), out).push(token),
            ("Maximum", Some((meaning, scale))) => self.metric(meaning, scale, Some("max"), out).push(token),
            ("Deviation", Some((meaning, scale))) => {
                // A share of the mean, in whatever unit that is.
                self.metric(meaning, scale, Some("cv"), out)
                    .unit(unit::PERCENT)
                    .polarity(prill_core::Polarity::Unknown)
                    .push(token);
            }
            _ => out.ignore(value, "number of trials"),
        }
    }

    fn metric<'s>(&'s self, meaning: Meaning, scale: &'s str, stat: Option<&str>, out: &'s mut MetricSink) -> Emit<'s> {
        let metric = out.metric(meaning.name).polarity(meaning.polarity);
        let metric = stat.into_iter().fold(metric, Emit::stat);
        let metric = meaning.printed.into_iter().fold(metric, Emit::unit);
        let scale = meaning.printed.is_none().then_some(scale);
        let labels = [("test", self.test), ("result", self.title), ("scale", scale)];
        labels.into_iter().fold(metric, |metric, (key, value)| match value {
            Some(value) => metric.label(key, value),
            None => metric,
        })
    }
}

/// `pts/xsbench-1.0.0 [Test: Total]` or without what is in brackets.
fn test(text: &str) -> Option<&str> {
    let name = text.split(" [").next().unwrap_or(text);
    let (repository, profile) = name.split_once('/')?;
    let known = ["pts", "system", "local", "git"].contains(&repository);
    let version = profile.rsplit_once('-').map_or("", |(_, version)| version);
    let is_version = version.contains('.') && version.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (known && is_version && !name.contains(' ')).then_some(name)
}
