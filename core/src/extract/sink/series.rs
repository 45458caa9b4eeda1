use prill_scan::{Scale, Span, number};

use super::MetricSink;
use super::emit::{Refused, below};
use crate::diagnostic::{Diagnostic, code};
use crate::metric::Shared;

/// A metric but for its number: name, labels, unit and direction, which the sink has looked up.
///
/// Long outputs are the same table over and over. Their formats begin each metric once, keep it with [`super::Emit::series`],
/// and put number after number in with [`MetricSink::push`], which costs a fraction of beginning it anew. A series is valid in
/// the sink that it came from, for all texts that are read into it.
///
/// ```
/// # use prill_core::{MetricSink, Stream, scan::{Text, unit}};
/// # let text = Text::new(b"p99 431\np99 502\n");
/// # let mut out = MetricSink::new();
/// # out.read(&text, &Stream::Stdout);
/// let mut p99 = out.metric("wakeup.latency").stat("p99").unit(unit::US).lower().series();
/// for (line, interval) in text.lines().zip(["1", "2"]) {
///     let labels = out.labels([("interval", interval)]);
///     out.push(p99.labels(labels), &line.text[4..]);
/// }
/// # let table = out.finish();
/// # let metric = table.0.iter().last().unwrap();
/// # assert_eq!(format!("{metric:?}"), "wakeup.latency.p99{interval=2} = 0.000502 s (lower, stdout 12..15)");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Series {
    /// `None` when the sink cannot keep it, which it has said.
    pub(super) shared: Option<Shared>,
    pub(super) scale: Scale,
}

/// A set of labels that the sink keeps; see [`MetricSink::labels`] and [`MetricSink::with_labels`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LabelSet(Option<u32>);

impl Series {
    pub(super) fn none() -> Self {
        Self { shared: None, scale: Scale::ONE }
    }

    /// From here on with these labels instead of those before.
    #[inline(always)]
    pub fn labels(&mut self, labels: LabelSet) -> &mut Self {
        match (&mut self.shared, labels.0) {
            (Some(shared), Some(labels)) => shared.set_labels(labels),
            _ => self.shared = None,
        }
        self
    }

    /// From here on with this printed step or bucket width, in the base unit, or with none.
    #[inline(always)]
    pub fn resolution(&mut self, step: impl Into<Option<f64>>) -> &mut Self {
        if let Some(shared) = &mut self.shared {
            shared.resolution = step.into();
        }
        self
    }

    /// From here on with this number of samples that the value stands on, or with none.
    #[inline(always)]
    pub fn samples(&mut self, samples: impl Into<Option<u64>>) -> &mut Self {
        if let Some(shared) = &mut self.shared {
            shared.set_samples(samples.into());
        }
        self
    }
}

impl MetricSink {
    /// Keeps a set of labels, for [`Series::labels`]. They are sorted; the later of two with one key counts.
    pub fn labels<'l>(&mut self, labels: impl IntoIterator<Item = (&'l str, &'l str)>) -> LabelSet {
        let sets = self.table.sets();
        sets.begin();
        labels.into_iter().for_each(|(key, value)| sets.put(key, value));
        LabelSet(sets.id())
    }

    /// The set `set` with more labels, each in place of one of its key.
    pub fn with_labels<'l>(&mut self, set: LabelSet, more: impl IntoIterator<Item = (&'l str, &'l str)>) -> LabelSet {
        LabelSet(set.0.and_then(|set| self.table.sets().with(set, more)))
    }

    /// Puts a metric of `series` in, with the number `token`, a slice of the text that is being read; see
    /// [`super::Emit::push`].
    #[inline(always)]
    pub fn push(&mut self, series: &Series, token: &str) {
        let span = self.span_of(token);
        let Some(shared) = &series.shared else { return self.say_full(span) };
        let Some(value) = number::value(token, series.scale) else {
            return self.refuse(Refused::of(token, self.table.shared_name(shared)), span);
        };
        if value == 0.0 && shared.resolution.is_some_and(|step| step > 0.0) {
            self.say_below(shared, span);
        }
        self.table.push_shared(self.stream_id, shared, value, span);
        if number::beyond_f64(token) {
            self.table.keep_exact(token);
        }
    }

    #[cold]
    #[inline(never)]
    fn say_below(&mut self, shared: &Shared, span: Span) {
        let message = below(self.table.shared_name(shared));
        self.diagnostics.push(Diagnostic::note(code::BELOW_RESOLUTION, message).at(&self.stream, span));
    }
}

#[cfg(test)]
mod tests {
    use prill_scan::{Text, unit};

    use super::*;
    use crate::metric::{Polarity, Stream};

    const TEXT: &[u8] = b"431 0 18446744073709551615 nan 370,04";

    fn pushed(push: impl Fn(&mut MetricSink, &str)) -> (Vec<String>, Vec<Diagnostic>) {
        let text = Text::at(TEXT, 100);
        let mut out = MetricSink::new();
        out.read(&text, &Stream::Stderr);
        text.as_str().split(' ').for_each(|token| push(&mut out, token));
        let (table, diagnostics, _) = out.finish();
        let told = |m: crate::Metric<'_>| format!("{m:?} {:?} {:?} {:?}", m.samples(), m.resolution(), m.exact());
        (table.iter().map(told).collect(), diagnostics)
    }

    #[test]
    fn a_series_is_what_beginning_each_metric_anew_is() {
        for polarity in [Polarity::Lower, Polarity::Target(7.0)] {
            for samples in [None, Some(3), Some(1 << 40)] {
                let anew = pushed(|out, token| {
                    let emit = out.metric("lat").stat("p99").label("b", token).label("a", "1").polarity(polarity);
                    emit.unit(unit::US).resolution(1e-6).samples(samples).push(token);
                });
                let series = pushed(|out, token| {
                    let mut begun = out.metric("lat").stat("p99").polarity(polarity).unit(unit::US).series();
                    let (other, one) = (out.labels([("c", "1")]), out.labels([("b", "0"), ("a", "1")]));
                    let labels = out.with_labels(one, [("b", token)]);
                    begun.labels(other).resolution(7.0).samples(u64::MAX);
                    out.push(begun.labels(labels).resolution(1e-6).samples(samples), token);
                });
                let kept = pushed(|out, token| {
                    let emit = out.metric("lat").stat("p99").label("b", token).label("a", "1").polarity(polarity);
                    let series = emit.unit(unit::US).resolution(1e-6).samples(samples).series();
                    out.push(&series, token);
                });
                assert_eq!(series, anew);
                assert_eq!(kept, anew);
                assert_eq!((anew.0.len(), anew.1.len()), (3, 3), "{anew:?}");
            }
        }
    }

    #[test]
    fn a_series_outlives_paths_and_what_is_taken_back() {
        let text = Text::new(b"1 2 3");
        let mut out = MetricSink::new();
        out.read(&text, &Stream::Stdout);
        let word = |at| &text.as_str()[at..=at];
        let mut rate = out.metric("rate").higher().series();
        out.push(&rate, word(0));
        out.truncate(0);
        let mut paths = out.paths();
        paths.push(crate::extract::Segment::Key("b"), 1.0, Span::new(0, 1));
        paths.restart();
        paths.push(crate::extract::Segment::Key("rate"), 1.0, Span::new(0, 1));
        let two = out.labels([("n", "2")]);
        let none = out.labels([]);
        out.push(rate.labels(two), word(2));
        out.push(rate.labels(none), word(4));
        let found: Vec<_> = out.finish().0.iter().map(|m| format!("{m}={} {}", m.value(), m.polarity())).collect();
        assert_eq!(found, ["rate=1 unknown", "rate{n=2}=2 higher", "rate{repetition=2}=3 higher"]);
    }

    #[test]
    fn a_name_that_is_too_long_is_said_once_and_its_numbers_are_left_out() {
        let text = Text::at(b"1 2", 100);
        let mut out = MetricSink::new();
        out.read(&text, &Stream::Stdout);
        let mut series = out.metric(&"a".repeat(2000)).series();
        let labels = out.labels([("n", "1")]);
        text.as_str().split(' ').for_each(|token| out.push(series.labels(labels), token));
        let (table, diagnostics, _) = out.finish();
        assert!(table.is_empty());
        let said: Vec<_> = diagnostics.iter().map(|d| (d.code, d.span)).collect();
        assert_eq!(said, [(code::NAME_TOO_LONG, Some(Span::new(100, 100)))]);
        assert!(diagnostics[0].message.contains("2000 bytes"), "{}", diagnostics[0].message);
    }
}
