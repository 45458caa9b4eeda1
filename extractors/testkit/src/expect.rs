use prill_core::{Metric, Polarity, Span, Stream, Unit};
use serde_json::Value;

/// One number that is known to be in the output of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// Words for people.
    pub label: String,
    /// Literal text of the stream around the number; for a table the whole row. `None` when the place is not known.
    pub raw: Option<String>,
    /// The number inside `raw`; `None` when a suffix scales it, or the place is not known.
    pub num: Option<String>,
    /// The value in the base unit.
    pub value: f64,
    /// The word for the base unit: `s`, `bytes`, `bytes/s`, `ops/s`, `count`, `ratio`, `1`; `None` when it is unknown.
    pub unit: Option<String>,
    /// Which direction is better.
    pub better: Better,
    /// The stream it stands in; `None` when that is not known.
    pub stream: Option<Stream>,
    /// The number is printed as it stands, up to its unit; false where a parser computed it (`in_text` or `converted` is false).
    pub printed: bool,
}

/// The direction that `expect.json` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Less.
    Lower,
    /// More.
    Higher,
    /// Whoever read the number would not say: any polarity will do.
    Unknown,
}

impl Expected {
    /// The entry `value` of an `expect.json`.
    pub(crate) fn from_json(value: &Value) -> Result<Self, String> {
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        Ok(Self {
            label: text("label").ok_or("`label` should be a string")?,
            raw: text("raw"),
            num: text("num"),
            value: value["value"].as_f64().ok_or("`value` should be a number")?,
            unit: text("unit"),
            better: match value["better"].as_str() {
                Some("lower") => Better::Lower,
                Some("higher") => Better::Higher,
                Some("unknown") | None => Better::Unknown,
                Some(other) => return Err(format!("`better` is `{other}`: expected lower, higher or unknown")),
            },
            printed: value["in_text"] != false && value["converted"] != false,
            stream: match value["stream"].as_str() {
                Some("stdout") => Some(Stream::Stdout),
                Some("stderr") => Some(Stream::Stderr),
                Some("file") => Some(Stream::File(None)),
                None => None,
                Some(other) => match other.strip_prefix("file:") {
                    Some(name) => Some(Stream::File(Some(name.into()))),
                    None => return Err(format!("`stream` is `{other}`: expected stdout, stderr, file or file:NAME")),
                },
            },
        })
    }

    /// Whether `found` is the same value, but for what two ways of scaling differ by.
    #[must_use]
    pub fn has_value(&self, found: f64) -> bool {
        let (a, b) = (self.value, found);
        a == b || (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
    }

    /// Whether `found` is the unit that the word stands for.
    #[must_use]
    pub fn has_unit(&self, found: Option<Unit>) -> bool {
        let code = found.map(Unit::code);
        let counted = |rest: &str| code.is_some_and(|c| c.strip_prefix('{').is_some_and(|c| c.ends_with(&format!("}}{rest}"))));
        match self.unit.as_deref() {
            Some("s") => code == Some("s"),
            Some("bytes") => code == Some("By"),
            Some("bytes/s") => code == Some("By/s"),
            Some("ops/s") => counted("/s"),
            Some("ratio") => code == Some("1"),
            Some("count" | "1") => code == Some("1") || counted(""),
            Some(other) => code == Some(other),
            None => code.is_none(),
        }
    }

    /// Whether `found` is the direction that the word stands for.
    #[must_use]
    pub fn has_polarity(&self, found: Polarity) -> bool {
        match self.better {
            Better::Lower => found == Polarity::Lower,
            Better::Higher => found == Polarity::Higher,
            Better::Unknown => true,
        }
    }

    /// Whether `metric` points at the number, or at one that is printed as the same text in the same row. `bytes` is the stream that `metric` says it stands in.
    #[must_use]
    pub fn has_place(&self, metric: Metric<'_>, bytes: &[u8]) -> bool {
        let stream = self.stream.as_ref().is_none_or(|s| s == metric.stream());
        let token = metric.span().of(bytes);
        let num = self.num.as_ref().is_none_or(|num| num.as_bytes() == token);
        stream && num && self.raw.as_ref().is_none_or(|raw| stands_around(raw.as_bytes(), metric.span(), bytes))
    }
}

/// Whether `raw` stands in `bytes` such that it covers `span`.
fn stands_around(raw: &[u8], span: Span, bytes: &[u8]) -> bool {
    if raw.len() < span.len() || span.is_empty() {
        return false;
    }
    let first = span.end.saturating_sub(raw.len());
    (first..=span.start).any(|start| bytes.get(start..).is_some_and(|rest| rest.starts_with(raw)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(unit: &str) -> Expected {
        let json = serde_json::json!({"label": "x", "value": 0.000431, "unit": unit, "better": "lower", "stream": "stderr"});
        Expected::from_json(&json).unwrap()
    }

    #[test]
    fn words_stand_for_units() {
        for (word, good, bad) in [
            ("s", "s", "ms"),
            ("bytes", "By", "KiBy"),
            ("ops/s", "{request}/s", "{request}"),
            ("count", "{request}", "{request}/s"),
            ("count", "1", "s"),
            ("ratio", "1", "%"),
            ("Hz", "Hz", "s"),
        ] {
            assert!(expected(word).has_unit(Some(Unit::new(good))), "{word} {good}");
            assert!(!expected(word).has_unit(Some(Unit::new(bad))), "{word} {bad}");
            assert!(!expected(word).has_unit(None), "{word}");
        }
    }

    #[test]
    fn a_value_may_differ_by_rounding_only() {
        assert!(expected("s").has_value(0.000_431_000_000_1));
        assert!(!expected("s").has_value(0.000_431_1));
        assert!(!expected("s").has_value(0.0));
        assert!(!expected("s").has_value(f64::NAN));
    }

    #[test]
    fn a_place_is_inside_one_of_the_places_of_the_raw_text() {
        let bytes = b"min=0, max=7; min=0, max=9";
        assert!(stands_around(b"min=0", Span::new(18, 19), bytes));
        assert!(stands_around(b"min=0", Span::new(4, 5), bytes));
        assert!(!stands_around(b"min=0", Span::new(11, 12), bytes));
        assert!(!stands_around(b"min=0", Span::new(4, 4), bytes));
        assert!(!stands_around(b"min=0", Span::new(400, 401), bytes));
    }
}
