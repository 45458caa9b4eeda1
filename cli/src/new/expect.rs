//! What a proposed format makes of its sample, as the numbers that the sample is held to, and as its snapshot.

use std::fmt::Write as _;

use prill_core::{Extraction, Metric, Polarity, Unit};
use serde_json::{Value, json};

/// `expect.json`: what is proposed for the author to confirm, each number with the line that it stands in.
pub(super) fn expect(extraction: &Extraction, bytes: &[u8]) -> String {
    let entries: Vec<String> = extraction.metrics.iter().map(|metric| format!(" {}", entry(metric, bytes))).collect();
    if entries.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", entries.join(",\n")) }
}

fn entry(metric: Metric<'_>, bytes: &[u8]) -> Value {
    let span = metric.span();
    let start = bytes[..span.start].iter().rposition(|b| matches!(b, b'\n' | b'\r')).map_or(0, |at| at + 1);
    let end = bytes[span.end..].iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |at| span.end + at);
    let mut entry = json!({
        "label": metric.to_string(),
        "num": String::from_utf8_lossy(span.of(bytes)),
        "value": metric.value(),
        "better": match metric.polarity() {
            Polarity::Lower => "lower",
            Polarity::Higher => "higher",
            _ => "unknown",
        },
        "stream": metric.stream().to_string(),
        "proposed": true,
    });
    // A line with bytes that are no UTF-8 is not the same text in JSON.
    if let Ok(line) = std::str::from_utf8(&bytes[start..end]) {
        entry["raw"] = line.trim().into();
    }
    if let Some(unit) = metric.unit() {
        entry["unit"] = word(unit).into();
    }
    entry
}

/// The word of `expect.json` for a unit.
fn word(unit: Unit) -> &'static str {
    match unit.code() {
        "s" => "s",
        "By" => "bytes",
        "By/s" => "bytes/s",
        "1" => "ratio",
        "Hz" => "Hz",
        code if code.ends_with("/s") => "ops/s",
        _ => "count",
    }
}

/// The snapshot of an extraction of `bytes`, as `prill_testkit::snapshot` writes it.
pub(super) fn snapshot(extraction: &Extraction, bytes: &[u8]) -> String {
    let stream = extraction.stream.as_ref().map_or_else(|| "several streams".to_owned(), ToString::to_string);
    let mut text = format!("{} of {stream}: {} metrics\n", extraction.format, extraction.metrics.len());
    for metric in extraction.metrics.iter() {
        let unit = metric.unit().map_or("?", Unit::code);
        let token = String::from_utf8_lossy(metric.span().of(bytes));
        let (value, polarity, stream, span) = (metric.value(), metric.polarity(), metric.stream(), metric.span());
        let _ = write!(text, "{metric} = {value} {unit} {polarity} {stream} {span} `{token}`");
        if let Some(exact) = metric.exact() {
            let _ = write!(text, " exact {exact}");
        }
        text.push('\n');
    }
    for diagnostic in &extraction.diagnostics {
        let _ = writeln!(text, "{diagnostic}");
    }
    text
}

#[cfg(test)]
mod tests {
    use prill_core::extract::{Captures, run};
    use prill_core::{Registry, Stream};
    use prill_testkit::Case;

    #[test]
    fn a_snapshot_is_what_the_testkit_writes() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = b"{\"a\": {\"p99\": 1.5}, \"big\": 9007199254740993, \"b\": nan}";
        std::fs::write(dir.path().join("stdout"), bytes).unwrap();
        let registry = Registry::linked().unwrap();
        let extraction = run(registry.get("json").unwrap(), &Captures::new().with(Stream::Stdout, &bytes[..]), &[]);
        assert!(extraction.metrics.len() == 2 && !extraction.diagnostics.is_empty());
        let case = Case::load(dir.path()).unwrap();
        assert_eq!(super::snapshot(&extraction, bytes), prill_testkit::snapshot(&case, &extraction));
    }
}
