use std::borrow::Cow;

use prill_scan::{Printed, Span, Unit, number};

use super::MetricSink;
use crate::diagnostic::{Diagnostic, code};
use crate::metric::{Detail, NewMetric, Polarity};

/// Longer names are refused: a path through ten thousand levels of nesting, not a name.
const LONGEST_NAME: usize = 1024;

/// A metric that is being put together; nothing is kept until it is pushed.
#[must_use = "a metric that is not pushed is dropped"]
pub struct Emit<'s> {
    sink: &'s mut MetricSink,
    name: Cow<'s, str>,
    labels: Vec<(&'s str, Cow<'s, str>)>,
    printed: Option<Printed>,
    polarity: Polarity,
    resolution: Option<f64>,
    samples: Option<u64>,
}

impl<'s> Emit<'s> {
    pub(super) fn new(sink: &'s mut MetricSink, name: &'s str) -> Self {
        Self {
            sink,
            name: Cow::Borrowed(name),
            labels: Vec::new(),
            printed: None,
            polarity: Polarity::Unknown,
            resolution: None,
            samples: None,
        }
    }

    /// Adds a segment to the name: `p99`, `mean`.
    pub fn stat(mut self, stat: &str) -> Self {
        let name = self.name.to_mut();
        name.push('.');
        name.push_str(stat);
        self
    }

    /// Adds a label. Labels are sorted; the later of two with one key counts.
    pub fn label(mut self, key: &'s str, value: impl Into<Cow<'s, str>>) -> Self {
        let value = value.into();
        match self.labels.binary_search_by_key(&key, |(k, _)| k) {
            Ok(at) => self.labels[at].1 = value,
            Err(at) => self.labels.insert(at, (key, value)),
        }
        self
    }

    /// The unit that the number is printed in; without it the unit is unknown.
    pub fn unit(mut self, printed: Printed) -> Self {
        self.printed = Some(printed);
        self
    }

    /// Which direction is better; unknown without it.
    pub fn polarity(mut self, polarity: Polarity) -> Self {
        self.polarity = polarity;
        self
    }

    /// Less is better.
    pub fn lower(self) -> Self {
        self.polarity(Polarity::Lower)
    }

    /// More is better.
    pub fn higher(self) -> Self {
        self.polarity(Polarity::Higher)
    }

    /// Neither is better: a setting, or the amount of work that was fixed.
    pub fn informational(self) -> Self {
        self.polarity(Polarity::Informational)
    }

    /// The printed step or bucket width, in the base unit.
    pub fn resolution(mut self, step: f64) -> Self {
        self.resolution = Some(step);
        self
    }

    /// How many samples the value stands on.
    pub fn samples(mut self, samples: impl Into<Option<u64>>) -> Self {
        self.samples = samples.into();
        self
    }

    /// Puts the metric in, with the number `token`, a slice of the text that is being read. Thousands commas are read.
    ///
    /// What is no number, or no finite one, becomes a diagnostic and no metric.
    pub fn push(self, token: &str) {
        let span = self.sink.span_of(token);
        self.push_at(token, span);
    }

    /// As [`Emit::push`], for a token that is not a slice of the text (an escaped one, say) but stands at `span`.
    pub fn push_at(self, token: &str, span: Span) {
        let scale = self.printed.map_or(prill_scan::Scale::ONE, |p| p.scale);
        let Some(value) = number::value(token, scale) else { return self.refuse(token, span) };
        let exact = number::beyond_f64(token).then(|| token.to_owned());
        self.store(value, span, Detail { exact, ..Detail::default() });
    }

    /// Puts in a metric that was computed from the numbers at `spans` and is printed nowhere. `value` is in the base unit.
    pub fn push_derived(self, value: f64, spans: Vec<Span>) {
        let Some(&first) = spans.first() else { return };
        if !value.is_finite() {
            return self.refuse(&value.to_string(), first);
        }
        self.store(value, first, Detail { spans, ..Detail::default() });
    }

    fn store(self, value: f64, span: Span, detail: Detail) {
        if self.name.len() > LONGEST_NAME {
            let message = format!("a name of {} bytes is not kept; the limit is {LONGEST_NAME}", self.name.len());
            return self.sink.say_once(code::NAME_TOO_LONG, span, message);
        }
        if value == 0.0 && self.resolution.is_some_and(|step| step > 0.0) {
            let message = format!("{} is printed as zero: it is below the printed step", self.name);
            self.sink.diagnostics.push(Diagnostic::note(code::BELOW_RESOLUTION, message).at(&self.sink.stream, span));
        }
        let labels: Vec<(&str, &str)> = self.labels.iter().map(|(k, v)| (*k, v.as_ref())).collect();
        let unit: Option<Unit> = self.printed.map(|p| p.unit);
        let detail = Detail { resolution: self.resolution, samples: self.samples, ..detail };
        let new = NewMetric { name: &self.name, labels: &labels, value, unit, polarity: self.polarity, span, detail };
        if !self.sink.table.push(self.sink.stream_id, new) {
            self.sink.say_once(
                code::NAME_TOO_LONG,
                span,
                "the names of all metrics together pass 4 GiB; the rest is left out".to_owned(),
            );
        }
    }

    fn refuse(self, token: &str, span: Span) {
        let lower = token.trim_start_matches(['-', '+']).to_ascii_lowercase();
        let not_finite = number::is_token(token) || lower.starts_with("nan") || lower.starts_with("inf");
        let (code, what) = if not_finite { (code::NOT_FINITE, "no finite number") } else { (code::NOT_A_NUMBER, "no number") };
        let token: String = token.chars().take(60).collect();
        let message = format!("`{token}` is {what}: {} has no value", self.name);
        self.sink.diagnose_at(code, span, message);
    }
}
