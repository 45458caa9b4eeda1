use prill_scan::Span;

use super::{Captures, ExtractError, Extractor, IgnoredList, Input, MetricSink, Piece, Streams};
use crate::diagnostic::{Diagnostic, code};
use crate::extract::OutputFormat;
use crate::metric::{MetricHint, MetricTable, Stream};

/// What an extractor made of the captured streams of one run.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// The name of the format.
    pub format: String,
    /// The one stream that was read; `None` where several were.
    pub stream: Option<Stream>,
    /// The streams that were read, in this order; those that were empty are not among them.
    pub read: Vec<Stream>,
    /// The metrics, in document order.
    pub metrics: MetricTable,
    /// What a reader of the metrics has to know.
    pub diagnostics: Vec<Diagnostic>,
    /// The numbers that are no metrics on purpose.
    pub ignored: IgnoredList,
}

/// Runs `extractor` over the streams it reads. Files that the payload wrote are read after the streams; where there are
/// any, an empty stream is no reason to complain.
#[must_use]
pub fn run(extractor: &dyn Extractor, captures: &Captures<'_>, hints: &[MetricHint]) -> Extraction {
    let mut pass = Pass { extractor, captures, sink: MetricSink::new(), read: Vec::new() };
    for stream in captures.files() {
        pass.read(stream);
    }
    match extractor.streams() {
        Streams::Stdout => pass.read(&Stream::Stdout),
        Streams::Stderr => pass.read(&Stream::Stderr),
        Streams::Each => {
            pass.read(&Stream::Stdout);
            pass.read(&Stream::Stderr);
        }
        Streams::StdoutThenStderr => {
            pass.read(&Stream::Stdout);
            if pass.sink.is_empty() && !captures.is_empty(&Stream::Stderr) {
                pass.read(&Stream::Stderr);
            }
        }
    }
    pass.finish(hints)
}

struct Pass<'a> {
    extractor: &'a dyn Extractor,
    captures: &'a Captures<'a>,
    sink: MetricSink,
    read: Vec<Stream>,
}

impl Pass<'_> {
    /// Reads a stream. Of one whose middle was cut only the tail counts, because summaries stand at the end, and the head
    /// when the tail holds nothing: two halves of one output are never mixed.
    fn read(&mut self, stream: &Stream) {
        let captures = self.captures;
        let pieces = captures.pieces(stream);
        if captures.is_empty(stream) {
            return;
        }
        self.read.push(stream.clone());
        if let [head, tail] = pieces {
            self.say_cut(stream, head, tail);
            let before = self.sink.len();
            self.read_piece(stream, tail);
            if self.sink.len() > before {
                return;
            }
            return self.read_piece(stream, head);
        }
        for piece in pieces {
            self.read_piece(stream, piece);
        }
    }

    fn read_piece(&mut self, stream: &Stream, piece: &Piece<'_>) {
        let text = piece.text();
        self.sink.read(&text, stream);
        let input = Input::new(&text, stream, self.captures.argv());
        if let Err(e) = self.extractor.extract(&input, &mut self.sink) {
            self.sink.diagnose(explain(&e, self.extractor.name(), stream, piece.offset + piece.bytes.len()));
        }
    }

    fn say_cut(&mut self, stream: &Stream, head: &Piece<'_>, tail: &Piece<'_>) {
        let gap = Span::new(head.offset + head.bytes.len(), tail.offset);
        let message = format!("{} bytes of {stream} were cut by the capture limit and not read", gap.len());
        self.sink.diagnose(Diagnostic::warning(code::CUT, message).at(stream, gap));
    }

    fn finish(self, hints: &[MetricHint]) -> Extraction {
        let Self { extractor, captures, sink, read } = self;
        let (mut metrics, mut diagnostics, ignored) = sink.finish();
        apply(hints, &mut metrics, &mut diagnostics);
        if metrics.is_empty() && extractor.name() != OutputFormat::EXIT_CODE.name() {
            diagnostics.push(none_found(extractor, captures, &read));
        }
        let stream = match read.as_slice() {
            [one] => Some(one.clone()),
            _ => metrics.only_stream().filter(|_| read.is_empty()).cloned(),
        };
        Extraction { format: extractor.name().to_owned(), stream, read, metrics, diagnostics, ignored }
    }
}

fn explain(error: &ExtractError, format: &str, stream: &Stream, end: usize) -> Diagnostic {
    match error {
        ExtractError::NotFound => {
            Diagnostic::warning(code::NOT_FOUND, format!("nothing in {stream} looks like an output of {format}")).of(stream)
        }
        ExtractError::Malformed { at, expected } => {
            Diagnostic::error(code::MALFORMED, format!("{stream} breaks the format at byte {at}: expected {expected}"))
                .at(stream, Span::new(*at, (*at + 1).min(end).max(*at)))
        }
        ExtractError::Truncated { at } => {
            Diagnostic::error(code::TRUNCATED, format!("{stream} ends in the middle of the format, at byte {at}"))
                .at(stream, Span::new(*at, *at))
        }
    }
}

fn none_found(extractor: &dyn Extractor, captures: &Captures<'_>, read: &[Stream]) -> Diagnostic {
    let wanted = match extractor.streams() {
        Streams::Stdout => "stdout",
        Streams::Stderr => "stderr",
        Streams::StdoutThenStderr | Streams::Each => "stdout and stderr",
    };
    if read.is_empty() {
        let elsewhere = captures.streams().find(|s| !captures.is_empty(s));
        let hint = elsewhere
            .map_or_else(String::new, |s| format!("; there is text on {s}, where {} prints no numbers", extractor.name()));
        let are = if wanted.contains(" and ") { "are" } else { "is" };
        return Diagnostic::error(code::NO_OUTPUT, format!("no metric: {wanted} {are} empty{hint}"));
    }
    let read: Vec<String> = read.iter().map(ToString::to_string).collect();
    Diagnostic::error(code::NO_METRICS, format!("no metric of format {} in {}", extractor.name(), read.join(" and ")))
}

fn apply(hints: &[MetricHint], metrics: &mut MetricTable, diagnostics: &mut Vec<Diagnostic>) {
    for hint in hints {
        let about: Vec<usize> = (0..metrics.len()).filter(|&i| metrics.name(i) == hint.name).collect();
        if about.is_empty() && !metrics.is_empty() {
            let message = format!("the payload declares a metric {}, which the run has not", hint.name);
            diagnostics.push(Diagnostic::note(code::UNUSED_HINT, message));
        }
        for index in about {
            if let Some(unit) = hint.unit {
                metrics.set_unit(index, unit);
            }
            if let Some(polarity) = hint.polarity {
                metrics.set_polarity(index, polarity);
            }
        }
    }
}

#[cfg(test)]
mod tests;
