//! Any bytes as text: its offsets are those of the bytes, and its numbers are whole.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prill_core::coverage;
use prill_core::scan::{Text, keyvalue, number, percentile, unit};

fuzz_target!(|data: &[u8]| {
    let text = Text::at(data, 1000);
    assert_eq!(text.as_str().len(), data.len());
    let mut end = 0;
    for line in text.lines() {
        let span = text.span_of(line.text).expect("a line is a part of its text");
        assert!(end <= span.start && span.end <= 1000 + data.len());
        end = span.end;
        assert_eq!(text.bare(line.text), line.text);
        look(line.text);
    }
    for span in coverage::find(text.as_str()) {
        assert!(text.as_str()[span.start..].starts_with(|c: char| c.is_ascii_digit()));
    }
});

fn look(line: &str) {
    let _ = (keyvalue::field(line), percentile::row(line), unit::spelled(line.trim()));
    keyvalue::pairs(line).for_each(|(key, value)| assert!(line.contains(key) && line.contains(value)));
    for word in line.split_whitespace() {
        if let Some((token, rest)) = number::leading(word) {
            assert_eq!(format!("{token}{rest}"), word);
            assert!(number::is_token(token));
        }
        if let Some((token, rest)) = number::leading_grouped(word) {
            assert_eq!(format!("{token}{rest}"), word);
            let _ = number::value(token, unit::NS.scale);
        }
        if let Some(stat) = percentile::stat(word) {
            assert!(percentile::value(&stat).is_some(), "{word} is {stat}");
        }
    }
}
