use std::ops::Range;

use prill_scan::{Span, Text};

use crate::diagnostic::{Diagnostic, Severity, code};
use crate::metric::{MetricTable, Stream};

mod emit;
mod ignored;
mod kept;
mod paths;
mod series;

pub use emit::Emit;
use emit::LONGEST_NAME;
pub use ignored::{Ignored, IgnoredList};
pub use kept::Kept;
pub use paths::{Paths, Segment};
pub use series::{LabelSet, Series};

/// Where an extractor puts what it finds.
///
/// Tokens are slices of the text that is being read: the sink knows their place from where they stand in memory, so a
/// span cannot be wrong by a slip of arithmetic.
///
/// ```
/// # use prill_core::{MetricSink, Stream, scan::{Text, unit}};
/// # let text = Text::new(b"p99: 431 us");
/// # let mut out = MetricSink::new();
/// # out.read(&text, &Stream::Stdout);
/// let token = &text.as_str()[5..8];
/// out.metric("wakeup.latency").stat("p99").label("thread", "3").unit(unit::US).lower().push(token);
/// # let table = out.finish();
/// # let metric = table.0.iter().next().unwrap();
/// # assert_eq!(format!("{metric:?}"), "wakeup.latency.p99{thread=3} = 0.000431 s (lower, stdout 5..8)");
/// ```
#[derive(Debug)]
pub struct MetricSink {
    table: MetricTable,
    diagnostics: Vec<Diagnostic>,
    ignored: IgnoredList,
    stream: Stream,
    stream_id: u8,
    /// The name of the metric that is being put together, kept for the next one.
    name: String,
    base: usize,
    len: usize,
    offset: usize,
}

impl Default for MetricSink {
    fn default() -> Self {
        Self::new()
    }
}

impl MetricSink {
    /// An empty sink.
    #[must_use]
    pub fn new() -> Self {
        let mut table = MetricTable::default();
        let stream = Stream::Stdout;
        let stream_id = table.stream_id(&stream);
        let (name, mut ignored) = (String::new(), IgnoredList::default());
        ignored.read(&stream, 0);
        Self { table, diagnostics: vec![], ignored, stream, stream_id, name, base: 0, len: 0, offset: 0 }
    }

    /// Says which text the tokens that follow are slices of.
    pub fn read(&mut self, text: &Text<'_>, stream: &Stream) {
        self.stream = stream.clone();
        self.stream_id = self.table.stream_id(stream);
        self.table.expect(text.as_str().len());
        self.ignored.read(stream, text.as_str().len());
        self.base = text.as_str().as_ptr().addr();
        self.len = text.as_str().len();
        self.offset = text.offset();
    }

    /// Begins a metric; [`Emit::push`] puts it in.
    #[inline]
    pub fn metric<'s>(&'s mut self, name: &'s str) -> Emit<'s> {
        Emit::new(self, name)
    }

    /// Begins a document whose numbers go in under their paths.
    pub fn paths(&mut self) -> Paths<'_> {
        Paths::new(self)
    }

    /// Marks a number that is no metric on purpose.
    #[inline]
    pub fn ignore(&mut self, token: &str, why: &'static str) {
        let span = self.span_of(token);
        self.ignore_span(span, why);
    }

    /// Marks all numbers in a part of the text as no metrics on purpose.
    #[inline]
    pub fn ignore_span(&mut self, span: Span, why: &'static str) {
        self.ignored.push(span, why);
    }

    /// Adds a note at `token`, a slice of the text.
    pub fn note(&mut self, code: &'static str, token: &str, message: impl Into<String>) {
        self.say(Severity::Note, code, token, message.into());
    }

    /// Adds a warning at `token`, a slice of the text.
    pub fn warn(&mut self, code: &'static str, token: &str, message: impl Into<String>) {
        self.say(Severity::Warning, code, token, message.into());
    }

    /// Adds an error at `token`, a slice of the text.
    pub fn error(&mut self, code: &'static str, token: &str, message: impl Into<String>) {
        self.say(Severity::Error, code, token, message.into());
    }

    /// The tool says at `token` that it failed: a run with this diagnostic never passes.
    pub fn tool_failed(&mut self, token: &str, message: impl Into<String>) {
        self.error(code::TOOL_FAILED, token, message);
    }

    /// Adds any diagnostic.
    pub fn diagnose(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// How many metrics there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// True when there is no metric.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The metrics so far.
    #[must_use]
    pub fn metrics(&self) -> &MetricTable {
        &self.table
    }

    /// Takes back all metrics from the one numbered `len` on: a document that turned out not to be the one.
    pub fn truncate(&mut self, len: usize) {
        self.table.truncate(len);
    }

    /// Says of the metrics numbered `range` that they are of the run numbered `repetition`, after which another one starts. The
    /// last run keeps the plain identities.
    pub fn of_earlier_run(&mut self, range: Range<usize>, repetition: usize) {
        self.table.label(range, "repetition", &repetition.to_string());
    }

    /// Keeps the metrics for which `keep` holds; for a block that a later one replaces.
    pub fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        self.table.retain(keep);
    }

    /// The place of a slice of the text that is being read.
    ///
    /// # Panics
    /// When `token` is a slice of something else, which is a bug in the extractor.
    #[inline]
    #[must_use]
    pub fn span_of(&self, token: &str) -> Span {
        let start = token.as_ptr().addr().wrapping_sub(self.base);
        if start.checked_add(token.len()).is_none_or(|end| end > self.len) {
            outside(token);
        }
        Span::new(start + self.offset, start + self.offset + token.len())
    }

    /// What was put in: the metrics, the diagnostics, the numbers ignored. Identities are unique in it.
    #[must_use]
    pub fn finish(mut self) -> (MetricTable, Vec<Diagnostic>, IgnoredList) {
        self.number_repeated();
        (self.table, self.diagnostics, self.ignored)
    }

    fn say(&mut self, severity: Severity, code: &'static str, token: &str, message: String) {
        let span = Some(self.span_of(token));
        self.diagnostics.push(Diagnostic { severity, code, message, stream: Some(self.stream.clone()), span });
    }

    fn diagnose_at(&mut self, code: &'static str, span: Span, message: String) {
        self.diagnostics.push(Diagnostic::warning(code, message).at(&self.stream, span));
    }

    /// A token without a value is no metric, and explained.
    #[cold]
    fn refuse(&mut self, refused: emit::Refused, span: Span) {
        self.diagnose_at(refused.code, span, refused.message);
        self.ignored.push(span, refused.why);
    }

    /// As `diagnose_at`, but only the first of its code: what hostile input can repeat a million times is said once.
    fn say_once(&mut self, code: &'static str, span: Span, message: String) {
        if self.diagnostics.iter().all(|d| d.code != code) {
            self.diagnose_at(code, span, message);
        }
    }

    #[cold]
    fn say_long(&mut self, len: usize, span: Span) {
        let message = format!("a name of {len} bytes is not kept; the limit is {LONGEST_NAME}");
        self.say_once(code::NAME_TOO_LONG, span, message);
    }

    #[cold]
    fn say_full(&mut self, span: Span) {
        let message = "there is no room for more names and labels (4 GiB of text, 65,535 keys of labels); the rest is left out";
        self.say_once(code::NAME_TOO_LONG, span, message.to_owned());
    }

    /// A format labels its repetitions itself; for one that does not, a number keeps the identities apart.
    fn number_repeated(&mut self) {
        let Some(repeated) = self.table.number_repeated("repetition") else { return };
        if let Some(metric) = self.table.iter().nth(repeated.first) {
            let (identity, stream, span) = (metric.to_string(), metric.stream().clone(), metric.span());
            let message = format!(
                "{} metrics repeat an identity and are labelled repetition, the first of them {identity}",
                repeated.count
            );
            self.diagnostics.push(Diagnostic::warning(code::REPEATED_IDENTITY, message).at(&stream, span));
        }
    }
}

#[cold]
#[inline(never)]
fn outside(token: &str) -> ! {
    panic!("bug in an extractor: `{token}` is not a slice of the text that is being read");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Polarity;
    use prill_scan::unit;

    fn sink(text: &Text<'_>) -> MetricSink {
        let mut out = MetricSink::new();
        out.read(text, &Stream::Stderr);
        out
    }

    #[test]
    fn the_metrics_of_an_earlier_run_say_which() {
        let text = Text::new(b"1 2 3 4");
        let mut out = sink(&text);
        let put = |out: &mut MetricSink, at: usize, label: &str| {
            out.metric("rate").label(label, "x").push(&text.as_str()[at..=at]);
        };
        put(&mut out, 0, "a");
        put(&mut out, 2, "z");
        out.of_earlier_run(0..2, 1);
        let second = out.len();
        put(&mut out, 4, "a");
        out.of_earlier_run(second..3, 2);
        put(&mut out, 6, "a");
        let (table, diagnostics, _) = out.finish();
        let identities: Vec<String> = table.iter().map(|m| m.to_string()).collect();
        assert_eq!(identities, ["rate{a=x, repetition=1}", "rate{repetition=1, z=x}", "rate{a=x, repetition=2}", "rate{a=x}"]);
        assert_eq!(diagnostics, []);
    }

    #[test]
    fn a_metric_knows_its_place_and_its_base_unit() {
        let text = Text::at(b"p99=15984 us", 1000);
        let mut out = sink(&text);
        out.metric("wakeup.latency")
            .stat("p99")
            .label("b", "2")
            .label("a", "1")
            .unit(unit::US)
            .lower()
            .samples(26)
            .push(&text.as_str()[4..9]);
        let (table, diagnostics, _) = out.finish();
        let metric = table.iter().next().unwrap();
        assert_eq!(format!("{metric:?}"), "wakeup.latency.p99{a=1, b=2} = 0.015984 s (lower, stderr 1004..1009)");
        assert_eq!(metric.samples(), Some(26));
        assert_eq!(diagnostics, []);
    }

    #[test]
    fn what_is_no_number_is_said() {
        let text = Text::new(b"370,04 nan 1e400");
        let mut out = sink(&text);
        for word in text.as_str().split(' ') {
            out.metric("rate").push(word);
        }
        let (table, diagnostics, _) = out.finish();
        assert!(table.is_empty());
        let codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, [code::NOT_A_NUMBER, code::NOT_FINITE, code::NOT_FINITE]);
        assert_eq!(diagnostics[2].span, Some(Span::new(11, 16)));
    }

    #[test]
    fn identities_are_unique() {
        let text = Text::new(b"1 2 3 4");
        let mut out = sink(&text);
        for word in text.as_str().split(' ').take(3) {
            out.metric("rate").label("op", "read").push(word);
        }
        out.metric("rate").push(&text.as_str()[6..]);
        let (table, diagnostics, _) = out.finish();
        let identities: Vec<_> = table.iter().map(|m| m.to_string()).collect();
        assert_eq!(identities, ["rate{op=read}", "rate{op=read, repetition=2}", "rate{op=read, repetition=3}", "rate"]);
        assert_eq!(diagnostics[0].code, code::REPEATED_IDENTITY);
        assert_eq!(
            diagnostics[0].message,
            "2 metrics repeat an identity and are labelled repetition, the first of them rate{op=read, repetition=2}"
        );
    }

    #[test]
    fn a_number_that_the_format_gave_is_not_given_again() {
        let text = Text::new(b"1 2 3 4");
        let mut out = sink(&text);
        let words: Vec<&str> = text.as_str().split(' ').collect();
        out.metric("elapsed").label("repetition", "2").push(words[0]);
        out.metric("elapsed").push(words[1]);
        out.metric("elapsed").push(words[2]);
        out.metric("elapsed").label("repetition", "2").push(words[3]);
        let (table, _, _) = out.finish();
        let identities: Vec<_> = table.iter().map(|m| m.to_string()).collect();
        assert_eq!(identities, ["elapsed{repetition=2}", "elapsed", "elapsed{repetition=3}", "elapsed{repetition=4}"]);
    }

    #[test]
    fn a_target_and_an_exact_integer_are_kept_aside() {
        let text = Text::new(b"18446744073709551615");
        let mut out = sink(&text);
        out.metric("io.bytes").unit(unit::BYTE).polarity(Polarity::Target(5.0)).push(text.as_str());
        out.metric("plain").push(text.as_str());
        let (mut table, _, _) = out.finish();
        assert_eq!(table.iter().next().unwrap().exact(), Some("18446744073709551615"));
        table.set_polarity(0, Polarity::Lower);
        assert_eq!(table.iter().next().unwrap().polarity(), Polarity::Lower);
        assert_eq!(table.get("plain").unwrap().polarity(), Polarity::Unknown);
    }

    #[test]
    fn a_zero_below_the_printed_step_is_said() {
        let text = Text::new(b"0 3");
        let mut out = sink(&text);
        out.metric("a").resolution(1e-6).push(&text.as_str()[..1]);
        out.metric("b").resolution(1e-6).push(&text.as_str()[2..]);
        let (table, diagnostics, _) = out.finish();
        assert_eq!(table.len(), 2);
        assert_eq!(
            diagnostics.iter().map(|d| (d.code, d.span)).collect::<Vec<_>>(),
            [(code::BELOW_RESOLUTION, Some(Span::new(0, 1)))]
        );
    }

    #[test]
    #[should_panic(expected = "bug in an extractor")]
    fn a_token_of_another_text_is_a_bug() {
        let text = Text::new(b"1");
        sink(&text).metric("a").push("17");
    }
}
