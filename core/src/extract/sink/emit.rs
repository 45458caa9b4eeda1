use std::borrow::Cow;

use prill_scan::{Printed, Scale, Span, number};

use super::{MetricSink, Series};
use crate::diagnostic::{Diagnostic, code};
use crate::metric::{MetricTable, NewMetric, Polarity};

/// Longer names are refused: a path through ten thousand levels of nesting, not a name.
pub(super) const LONGEST_NAME: usize = 1024;

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
        sink.table.sets().begin();
        sink.name.clear();
        sink.name.push_str(name);
        Self { sink, printed: None, polarity: Polarity::Unknown, resolution: None, samples: None }
    }

    /// Adds a segment to the name: `p99`, `mean`.
    #[inline]
    pub fn stat(self, stat: &str) -> Self {
        let name = &mut self.sink.name;
        name.push('.');
        name.push_str(stat);
        self
    }

    /// Adds a label. Labels are sorted; the later of two with one key counts.
    #[inline]
    pub fn label(self, key: &'s str, value: impl Into<Cow<'s, str>>) -> Self {
        self.sink.table.sets().put(key, &value.into());
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
        let scale = self.printed.map_or(Scale::ONE, |p| p.scale);
        let Some(value) = number::value(token, scale) else { return self.refuse(token, span) };
        if let Some(table) = self.store(value, span)
            && number::beyond_f64(token)
        {
            table.keep_exact(token);
        }
    }

    /// Puts in a metric that was computed from the numbers at `spans` and is printed nowhere. `value` is in the base unit.
    pub fn push_derived(self, value: f64, spans: Vec<Span>) {
        let Some(&first) = spans.first() else { return };
        if !value.is_finite() {
            return self.refuse(&value.to_string(), first);
        }
        if let Some(table) = self.store(value, first) {
            table.keep_spans(spans);
        }
    }

    /// Keeps what was said so far, for one number after the other: see [`Series`].
    pub fn series(self) -> Series {
        let Self { sink, printed, polarity, resolution, samples } = self;
        if sink.name.len() > LONGEST_NAME {
            sink.say_long(sink.name.len(), Span::new(sink.offset, sink.offset));
            return Series::none();
        }
        let mut shared = sink.table.share(&sink.name, printed.map(|p| p.unit), polarity);
        if let Some(shared) = &mut shared {
            shared.resolution = resolution;
            shared.set_samples(samples);
        }
        Series { shared, scale: printed.map_or(Scale::ONE, |p| p.scale) }
    }

    /// The table, when the metric is in it.
    fn store(self, value: f64, span: Span) -> Option<&'s mut MetricTable> {
        let Self { sink, printed, polarity, resolution, samples } = self;
        let MetricSink { table, name, .. } = sink;
        if name.len() > LONGEST_NAME {
            let len = name.len();
            sink.say_long(len, span);
            return None;
        }
        if value == 0.0 && resolution.is_some_and(|step| step > 0.0) {
            let message = below(name);
            sink.diagnostics.push(Diagnostic::note(code::BELOW_RESOLUTION, message).at(&sink.stream, span));
        }
        let unit = printed.map(|p| p.unit);
        if !table.push(sink.stream_id, NewMetric { name, value, unit, polarity, span, resolution, samples }) {
            sink.say_full(span);
            return None;
        }
        Some(&mut sink.table)
    }

    fn refuse(self, token: &str, span: Span) {
        let refused = Refused::of(token, &self.sink.name);
        self.sink.refuse(refused, span);
    }
}

/// What is said of a token without a value, of the metric `name`.
pub(super) struct Refused {
    pub(super) code: &'static str,
    pub(super) why: &'static str,
    pub(super) message: String,
}

impl Refused {
    #[cold]
    pub(super) fn of(token: &str, name: &str) -> Self {
        let lower = token.trim_start_matches(['-', '+']).to_ascii_lowercase();
        let not_finite = number::is_token(token) || lower.starts_with("nan") || lower.starts_with("inf");
        let (code, why) = if not_finite { (code::NOT_FINITE, "no finite number") } else { (code::NOT_A_NUMBER, "no number") };
        let token: String = token.chars().take(60).collect();
        Self { code, why, message: format!("`{token}` is {why}: {name} has no value") }
    }
}

/// What is said of a zero that is less than the printed step.
#[cold]
pub(super) fn below(name: &str) -> String {
    format!("{name} is printed as zero: it is below the printed step")
}
