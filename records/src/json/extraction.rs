//! What was read out of an output.

use std::io::{self, Write};

use prill_core::{Diagnostic, Extraction, Metric, Polarity, Span, Stream};

use super::Object;

/// What is written at once.
const FLUSH: usize = 16 << 10;

/// Writes what `extract` and `run` have in common, on one line: the object of `extract`, and what `more` adds to it.
///
/// # Errors
/// When `out` cannot be written.
pub fn extraction(
    out: &mut dyn Write,
    extraction: &Extraction,
    exit_code: Option<i32>,
    more: impl FnOnce(&mut Object<'_>),
) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(2 * FLUSH);
    pieces(&mut buffer, extraction, exit_code, more, |buffer| {
        out.write_all(buffer)?;
        buffer.clear();
        Ok(())
    })?;
    out.write_all(&buffer)
}

/// The same, put behind what is in `buffer`.
pub fn extraction_line(
    buffer: &mut Vec<u8>,
    extraction: &Extraction,
    exit_code: Option<i32>,
    more: impl FnOnce(&mut Object<'_>),
) {
    // It never fails, for nothing is written anywhere else.
    let _ = pieces(buffer, extraction, exit_code, more, |_| Ok(()));
}

/// Calls `full` whenever there is much in the buffer.
fn pieces(
    buffer: &mut Vec<u8>,
    extraction: &Extraction,
    exit_code: Option<i32>,
    more: impl FnOnce(&mut Object<'_>),
    mut full: impl FnMut(&mut Vec<u8>) -> io::Result<()>,
) -> io::Result<()> {
    let mut object = Object::begin(buffer);
    object.string("format", &extraction.format);
    stream(&mut object, extraction.stream.as_ref());
    match exit_code {
        Some(code) => object.integer("exit_code", code),
        None => object.null("exit_code"),
    }
    object.key("metrics").push(b'[');
    for (i, m) in extraction.metrics.iter().enumerate() {
        if i > 0 {
            buffer.push(b',');
        }
        metric(buffer, m);
        if buffer.len() >= FLUSH {
            full(buffer)?;
        }
    }
    buffer.push(b']');
    let mut rest = Object { buffer, first: false };
    rest.array("diagnostics", &extraction.diagnostics, diagnostic);
    more(&mut rest);
    rest.end();
    buffer.push(b'\n');
    Ok(())
}

fn metric(buffer: &mut Vec<u8>, metric: Metric<'_>) {
    let mut object = Object::begin(buffer);
    identity(&mut object, metric);
    stream(&mut object, Some(metric.stream()));
    span(object.key("span"), metric.span());
    if metric.is_derived() {
        object.raw("derived", format_args!("true"));
        object.array("spans", metric.spans().iter().copied(), span);
    }
    if let Some(exact) = metric.exact() {
        object.string("exact", exact);
    }
    if let Some(step) = metric.resolution() {
        object.number("resolution", step);
    }
    object.end();
}

/// What a metric has wherever it came from: name, labels, value, unit and polarity.
pub fn identity(object: &mut Object<'_>, metric: Metric<'_>) {
    object.string("name", metric.name());
    object.object("labels", |labels| metric.labels().iter().for_each(|(key, value)| labels.string(key, value)));
    object.number("value", metric.value());
    object.string_or_null("unit", metric.unit().map(|unit| unit.code()));
    object.string("polarity", metric.polarity().word());
    if let Polarity::Target(target) = metric.polarity() {
        object.number("target", target);
    }
}

fn diagnostic(buffer: &mut Vec<u8>, diagnostic: &Diagnostic) {
    let mut object = Object::begin(buffer);
    object.raw("severity", format_args!("\"{}\"", diagnostic.severity));
    object.string("code", diagnostic.code);
    object.string("message", &diagnostic.message);
    stream(&mut object, diagnostic.stream.as_ref());
    match diagnostic.span {
        Some(place) => span(object.key("span"), place),
        None => object.null("span"),
    }
    object.end();
}

fn stream(object: &mut Object<'_>, stream: Option<&Stream>) {
    match stream {
        Some(Stream::Stdout) => object.string("stream", "stdout"),
        Some(stream) => object.string("stream", &stream.to_string()),
        None => object.null("stream"),
    }
}

fn span(buffer: &mut Vec<u8>, span: Span) {
    super::value(buffer, &[span.start, span.end]);
}
