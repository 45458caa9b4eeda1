//! The JSON that commands print: written as it is made, so that a million metrics take no memory of their own.

use std::io::{self, Write};

use prill_core::{Diagnostic, Extraction, Metric, Span, Stream};

/// A JSON object that is being written to a buffer.
pub(crate) struct Object<'b> {
    buffer: &'b mut Vec<u8>,
    first: bool,
}

impl<'b> Object<'b> {
    pub(crate) fn begin(buffer: &'b mut Vec<u8>) -> Self {
        buffer.push(b'{');
        Self { buffer, first: true }
    }

    /// Writes the key; the value has to follow.
    pub(crate) fn key(&mut self, key: &str) -> &mut Vec<u8> {
        if !std::mem::take(&mut self.first) {
            self.buffer.push(b',');
        }
        string(self.buffer, key);
        self.buffer.push(b':');
        self.buffer
    }

    pub(crate) fn string(&mut self, key: &str, value: &str) {
        string(self.key(key), value);
    }

    pub(crate) fn number(&mut self, key: &str, value: f64) {
        number(self.key(key), value);
    }

    pub(crate) fn integer(&mut self, key: &str, value: impl std::fmt::Display) {
        self.raw(key, format_args!("{value}"));
    }

    pub(crate) fn null(&mut self, key: &str) {
        self.raw(key, format_args!("null"));
    }

    pub(crate) fn string_or_null(&mut self, key: &str, value: Option<&str>) {
        match value {
            Some(value) => self.string(key, value),
            None => self.null(key),
        }
    }

    /// `value` is JSON already.
    pub(crate) fn raw(&mut self, key: &str, value: std::fmt::Arguments<'_>) {
        let _ = write!(self.key(key), "{value}");
    }

    pub(crate) fn object(&mut self, key: &str, fill: impl FnOnce(&mut Object<'_>)) {
        let mut object = Object::begin(self.key(key));
        fill(&mut object);
        object.end();
    }

    pub(crate) fn array<T>(&mut self, key: &str, items: impl IntoIterator<Item = T>, write: impl Fn(&mut Vec<u8>, T)) {
        let buffer = self.key(key);
        buffer.push(b'[');
        separated(buffer, items, write);
        buffer.push(b']');
    }

    pub(crate) fn end(self) {
        self.buffer.push(b'}');
    }
}

/// Writes what `extract` and `run` have in common, on one line: the object of `extract`, and what `more` adds to it.
pub(crate) fn extraction(
    out: &mut dyn Write,
    extraction: &Extraction,
    exit_code: Option<i32>,
    more: impl FnOnce(&mut Object<'_>),
) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(4 << 10);
    let mut object = Object::begin(&mut buffer);
    object.string("format", &extraction.format);
    stream(&mut object, extraction.stream.as_ref());
    match exit_code {
        Some(code) => object.integer("exit_code", code),
        None => object.null("exit_code"),
    }
    object.key("metrics").push(b'[');
    out.write_all(&buffer)?;
    for (i, m) in extraction.metrics.iter().enumerate() {
        buffer.clear();
        if i > 0 {
            buffer.push(b',');
        }
        metric(&mut buffer, m);
        out.write_all(&buffer)?;
    }
    buffer.clear();
    buffer.push(b']');
    let mut rest = Object { buffer: &mut buffer, first: false };
    rest.array("diagnostics", &extraction.diagnostics, diagnostic);
    more(&mut rest);
    rest.end();
    buffer.push(b'\n');
    out.write_all(&buffer)
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
pub(crate) fn identity(object: &mut Object<'_>, metric: Metric<'_>) {
    object.string("name", metric.name());
    object.object("labels", |labels| metric.labels().iter().for_each(|(key, value)| labels.string(key, value)));
    object.number("value", metric.value());
    object.string_or_null("unit", metric.unit().map(|unit| unit.code()));
    object.string("polarity", metric.polarity().word());
    if let prill_core::Polarity::Target(target) = metric.polarity() {
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
    object.string_or_null("stream", stream.map(ToString::to_string).as_deref());
}

fn span(buffer: &mut Vec<u8>, span: Span) {
    let _ = write!(buffer, "[{},{}]", span.start, span.end);
}

fn separated<T>(buffer: &mut Vec<u8>, items: impl IntoIterator<Item = T>, write: impl Fn(&mut Vec<u8>, T)) {
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            buffer.push(b',');
        }
        write(buffer, item);
    }
}

/// A JSON string.
pub(crate) fn string(buffer: &mut Vec<u8>, text: &str) {
    // A vector takes everything, and text is always valid JSON.
    let _ = serde_json::to_writer(buffer, text);
}

/// The shortest decimal that reads back as this very float; without an exponent where people would not write one.
fn number(buffer: &mut Vec<u8>, value: f64) {
    let plain = value == 0.0 || (1e-7..1e21).contains(&value.abs());
    let _ = if !value.is_finite() {
        write!(buffer, "null")
    } else if plain {
        write!(buffer, "{value}")
    } else {
        write!(buffer, "{value:e}")
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f64) -> String {
        let mut buffer = Vec::new();
        number(&mut buffer, value);
        String::from_utf8(buffer).unwrap()
    }

    #[test]
    fn numbers_are_the_shortest_text_that_reads_back() {
        for (value, text) in [
            (0.000431, "0.000431"),
            (431.0, "431"),
            (0.0, "0"),
            (-0.1, "-0.1"),
            (5e-10, "5e-10"),
            (18_446_744_073_709_551_615.0, "18446744073709552000"),
            (1e300, "1e300"),
            (-1.5e-300, "-1.5e-300"),
        ] {
            assert_eq!(written(value), text);
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits(), "{text}");
            assert!(serde_json::from_str::<serde_json::Value>(text).unwrap().is_number(), "{text}");
        }
    }

    #[test]
    fn an_object_is_valid_whatever_is_in_it() {
        let mut buffer = Vec::new();
        let mut object = Object::begin(&mut buffer);
        object.string("a\"\n", "\u{1}\\ \u{1f642}");
        object.array("list", [1.5, 2.0], number);
        object.object("empty", |_| {});
        object.null("none");
        object.end();
        let value: serde_json::Value = serde_json::from_slice(&buffer).unwrap();
        assert_eq!(value, serde_json::json!({"a\"\n": "\u{1}\\ \u{1f642}", "list": [1.5, 2], "empty": {}, "none": null}));
    }
}
