use std::borrow::Cow;

use prill_scan::{Printed, Span, number};

use super::MetricSink;
use crate::diagnostic::{Diagnostic, code};
use crate::metric::{LabelDraft, NewMetric, Polarity};

/// Longer names are refused: a path through ten thousand levels of nesting, not a name.
pub(super) const LONGEST_NAME: usize = 1024;

/// Name and labels of the metric that is being put together. The sink keeps it for the next one.
#[derive(Debug, Default)]
pub(super) struct Draft {
    name: String,
    labels: LabelDraft,
}

impl Draft {
    fn clear(&mut self) {
        self.name.clear();
        self.labels.clear();
    }
}

/// A metric that is being put together; nothing is kept until it is pushed.
#[must_use = "a metric that is not pushed is dropped"]
pub struct Emit<'s> {
    sink: &'s mut MetricSink,
    printed: Option<Printed>,
    polarity: Polarity,
    resolution: Option<f64>,
    samples: Option<u64>,
}

impl<'s> Emit<'s> {
    #[inline]
    pub(super) fn new(sink: &'s mut MetricSink, name: &'s str) -> Self {
        sink.draft.clear();
        sink.draft.name.push_str(name);
        Self { sink, printed: None, polarity: Polarity::Unknown, resolution: None, samples: None }
    }

    /// Adds a segment to the name: `p99`, `mean`.
    #[inline]
    pub fn stat(self, stat: &str) -> Self {
        let name = &mut self.sink.draft.name;
        name.push('.');
        name.push_str(stat);
        self
    }

    /// Adds a label. Labels are sorted; the later of two with one key counts.
    #[inline]
    pub fn label(self, key: &'s str, value: impl Into<Cow<'s, str>>) -> Self {
        self.sink.draft.labels.put(key, &value.into());
        self
    }

    /// The unit that the number is printed in; without it the unit is unknown.
    #[inline]
    pub fn unit(mut self, printed: Printed) -> Self {
        self.printed = Some(printed);
        self
    }

    /// Which direction is better; unknown without it.
    #[inline]
    pub fn polarity(mut self, polarity: Polarity) -> Self {
        self.polarity = polarity;
        self
    }

    /// Less is better.
    #[inline]
    pub fn lower(self) -> Self {
        self.polarity(Polarity::Lower)
    }

    /// More is better.
    #[inline]
    pub fn higher(self) -> Self {
        self.polarity(Polarity::Higher)
    }

    /// Neither is better: a setting, or the amount of work that was fixed.
    #[inline]
    pub fn informational(self) -> Self {
        self.polarity(Polarity::Informational)
    }

    /// The printed step or bucket width, in the base unit.
    #[inline]
    pub fn resolution(mut self, step: f64) -> Self {
        self.resolution = Some(step);
        self
    }

    /// How many samples the value stands on.
    #[inline]
    pub fn samples(mut self, samples: impl Into<Option<u64>>) -> Self {
        self.samples = samples.into();
        self
    }

    /// Puts the metric in, with the number `token`, a slice of the text that is being read. Thousands commas are read.
    ///
    /// What is no number, or no finite one, becomes a diagnostic and no metric.
    #[inline]
    pub fn push(self, token: &str) {
        let span = self.sink.span_of(token);
        self.push_at(token, span);
    }

    /// As [`Emit::push`], for a token that is not a slice of the text (an escaped one, say) but stands at `span`.
    pub fn push_at(self, token: &str, span: Span) {
        let scale = self.printed.map_or(prill_scan::Scale::ONE, |p| p.scale);
        let Some(value) = number::value(token, scale) else { return self.refuse(token, span) };
        let exact = number::beyond_f64(token).then(|| token.to_owned());
        self.store(value, span, exact, Vec::new());
    }

    /// Puts in a metric that was computed from the numbers at `spans` and is printed nowhere. `value` is in the base unit.
    pub fn push_derived(self, value: f64, spans: Vec<Span>) {
        let Some(&first) = spans.first() else { return };
        if !value.is_finite() {
            return self.refuse(&value.to_string(), first);
        }
        self.store(value, first, None, spans);
    }

    fn store(self, value: f64, span: Span, exact: Option<String>, spans: Vec<Span>) {
        let Self { sink, printed, polarity, resolution, samples } = self;
        let MetricSink { table, draft, .. } = sink;
        let Draft { name, labels } = draft;
        if name.len() > LONGEST_NAME {
            let message = format!("a name of {} bytes is not kept; the limit is {LONGEST_NAME}", name.len());
            return sink.say_once(code::NAME_TOO_LONG, span, message);
        }
        if value == 0.0 && resolution.is_some_and(|step| step > 0.0) {
            let message = format!("{name} is printed as zero: it is below the printed step");
            sink.diagnostics.push(Diagnostic::note(code::BELOW_RESOLUTION, message).at(&sink.stream, span));
        }
        let unit = printed.map(|p| p.unit);
        let new = NewMetric { name, labels, value, unit, polarity, span, resolution, samples, exact, spans };
        if !table.push(sink.stream_id, new) {
            sink.say_full(span);
        }
    }

    fn refuse(self, token: &str, span: Span) {
        let lower = token.trim_start_matches(['-', '+']).to_ascii_lowercase();
        let not_finite = number::is_token(token) || lower.starts_with("nan") || lower.starts_with("inf");
        let (code, what) = if not_finite { (code::NOT_FINITE, "no finite number") } else { (code::NOT_A_NUMBER, "no number") };
        let token: String = token.chars().take(60).collect();
        let message = format!("`{token}` is {what}: {} has no value", self.sink.draft.name);
        self.sink.diagnose_at(code, span, message);
    }
}
