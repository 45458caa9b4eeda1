//! A text as lines that are no part of a JSON document.

use prill_core::{MetricSink, Span, Text};

/// One line of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'t> {
    /// The line without its end.
    pub(crate) text: &'t str,
    /// Whether a line feed followed; the numbers at the very end of a capture may be cut.
    pub(crate) ended: bool,
}

impl<'t> Row<'t> {
    /// True for a line that stops where none of a report's last lines does.
    pub(crate) fn is_cut(self) -> bool {
        if self.ended {
            return false;
        }
        let text = self.text.trim_end();
        !text.is_empty() && !text.ends_with('%') && !text.ends_with("msec")
    }

    /// The text of which every number is whole.
    pub(crate) fn whole(self) -> &'t str {
        if self.ended { self.text } else { self.text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.') }
    }
}

/// The lines of `text` outside of `documents`, spans in the stream, in order. What a carriage return hides is passed over.
pub(crate) fn rows<'t>(text: &'t Text<'_>, documents: &[Span], out: &mut MetricSink) -> Vec<Row<'t>> {
    let whole = text.as_str();
    let mut rows = Vec::new();
    let mut from = 0;
    for document in documents {
        let start = document.start - text.offset();
        collect(text, &whole[from..start], start == whole.len(), &mut rows, out);
        from = document.end - text.offset();
    }
    collect(text, &whole[from..], true, &mut rows, out);
    rows
}

fn collect<'t>(text: &Text<'_>, part: &'t str, at_end: bool, rows: &mut Vec<Row<'t>>, out: &mut MetricSink) {
    let mut rest = part;
    while !rest.is_empty() {
        let (line, after, feed) = match memchr::memchr(b'\n', rest.as_bytes()) {
            Some(end) => (&rest[..end], &rest[end + 1..], true),
            None => (rest, "", false),
        };
        rest = after;
        let line = line.trim_end_matches('\r');
        let shown = memchr::memrchr(b'\r', line.as_bytes()).map_or(0, |at| at + 1);
        if shown > 0 {
            out.ignore(&line[..shown], "progress");
        }
        rows.push(Row { text: text.bare(&line[shown..]), ended: feed || !at_end });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use prill_core::Stream;

    #[test]
    fn documents_are_cut_out_and_the_last_number_is_doubted() {
        let text = Text::at(b"one 1\r\n{...}\n30%\r40%\rtwo 22", 100);
        let mut out = MetricSink::new();
        out.read(&text, &Stream::Stdout);
        let rows = rows(&text, &[Span::new(107, 112)], &mut out);
        assert_eq!(rows.iter().map(|r| r.text).collect::<Vec<_>>(), ["one 1", "", "two 22"]);
        assert_eq!(rows.iter().map(|r| r.whole()).collect::<Vec<_>>(), ["one 1", "", "two "]);
    }
}
