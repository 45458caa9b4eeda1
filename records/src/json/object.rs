//! JSON that is written as it is made.

use std::io::Write as _;

/// A JSON object that is being written to a buffer.
#[derive(Debug)]
pub struct Object<'b> {
    pub(super) buffer: &'b mut Vec<u8>,
    pub(super) first: bool,
}

impl<'b> Object<'b> {
    /// Writes the opening brace.
    pub fn begin(buffer: &'b mut Vec<u8>) -> Self {
        buffer.push(b'{');
        Self { buffer, first: true }
    }

    /// Writes the key; the value has to follow.
    pub fn key(&mut self, key: &str) -> &mut Vec<u8> {
        if !std::mem::take(&mut self.first) {
            self.buffer.push(b',');
        }
        string(self.buffer, key);
        self.buffer.push(b':');
        self.buffer
    }

    /// A text.
    pub fn string(&mut self, key: &str, value: &str) {
        string(self.key(key), value);
    }

    /// A number; what is not finite is null.
    pub fn number(&mut self, key: &str, value: f64) {
        number(self.key(key), value);
    }

    /// A whole number, or a truth value.
    pub fn integer(&mut self, key: &str, value: impl serde::Serialize) {
        self::value(self.key(key), &value);
    }

    /// Nothing.
    pub fn null(&mut self, key: &str) {
        self.key(key).extend_from_slice(b"null");
    }

    /// A text, or nothing.
    pub fn string_or_null(&mut self, key: &str, value: Option<&str>) {
        match value {
            Some(value) => self.string(key, value),
            None => self.null(key),
        }
    }

    /// `value` is JSON already.
    pub fn raw(&mut self, key: &str, value: std::fmt::Arguments<'_>) {
        let _ = write!(self.key(key), "{value}");
    }

    /// An object that `fill` writes.
    pub fn object(&mut self, key: &str, fill: impl FnOnce(&mut Object<'_>)) {
        let mut object = Object::begin(self.key(key));
        fill(&mut object);
        object.end();
    }

    /// An array of what `write` writes for each of `items`.
    pub fn array<T>(&mut self, key: &str, items: impl IntoIterator<Item = T>, write: impl Fn(&mut Vec<u8>, T)) {
        let buffer = self.key(key);
        buffer.push(b'[');
        separated(buffer, items, write);
        buffer.push(b']');
    }

    /// Writes the closing brace.
    pub fn end(self) {
        self.buffer.push(b'}');
    }
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
pub fn string(buffer: &mut Vec<u8>, text: &str) {
    // Names, labels and units have nothing to escape, and they are most of what is written.
    if text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        buffer.push(b'"');
        buffer.extend_from_slice(text.as_bytes());
        buffer.push(b'"');
    } else {
        value(buffer, &text);
    }
}

/// Any plain value.
pub fn value(buffer: &mut Vec<u8>, value: &impl serde::Serialize) {
    // A vector takes everything, and plain values are always valid JSON.
    let _ = serde_json::to_writer(buffer, value);
}

/// The shortest decimal that reads back as this very float; without an exponent where people would not write one.
fn number(buffer: &mut Vec<u8>, value: f64) {
    /// Below it every whole number is a float of its own.
    const WHOLE: f64 = (1_u64 << 53) as f64;
    let plain = (1e-7..1e21).contains(&value.abs());
    if value.fract() == 0.0 && value.abs() < WHOLE && !(value == 0.0 && value.is_sign_negative()) {
        return self::value(buffer, &(value as i64));
    }
    let _ = if !value.is_finite() {
        write!(buffer, "null")
    } else if plain || value == 0.0 {
        let begin = buffer.len();
        // Several times as fast as the standard library, with the same digits, but fond of exponents.
        self::value(buffer, &value);
        if !buffer[begin..].contains(&b'e') {
            return;
        }
        buffer.truncate(begin);
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
