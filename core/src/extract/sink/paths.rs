use prill_scan::Span;

use super::MetricSink;
use super::emit::LONGEST_NAME;
use crate::metric::{LONG, Mark};

/// Puts in the numbers of a document that no format knows: each under its path, `jobs.0.read.iops`, without unit, labels and
/// polarity.
///
/// Segments are joined by dots. A key that is empty, or holds a dot, a quote, a backslash or a control character is quoted,
/// `percentile."99.000000"`, with `\"` and `\\` in it: so the path says where in the document the number is, and selectors
/// read it. No path may be put in twice, which is so in a document whose keys are unique.
///
/// ```
/// # use prill_core::{MetricSink, Stream, scan::{Span, Text}};
/// # use prill_core::extract::Segment;
/// # let text = Text::new(b"{\"jobs\": [{\"p.99\": 431}]}");
/// # let mut out = MetricSink::new();
/// # out.read(&text, &Stream::Stdout);
/// let mut paths = out.paths();
/// paths.enter(Segment::Key("jobs"));
/// paths.enter(Segment::Index(0));
/// paths.push(Segment::Key("p.99"), 431.0, Span::new(19, 22));
/// # let table = out.finish();
/// # let metric = table.0.iter().next().unwrap();
/// # assert_eq!(format!("{metric:?}"), r#"jobs.0."p.99" = 431 (unknown, stdout 19..22)"#);
/// ```
#[derive(Debug)]
pub struct Paths<'s> {
    sink: &'s mut MetricSink,
    mark: Mark,
    /// The levels that are open, each with a dot behind it.
    prefix: String,
    /// Where the last segment of each level starts.
    levels: Vec<usize>,
}

/// One step down a document.
#[derive(Clone, Copy, Debug)]
pub enum Segment<'a> {
    /// Into an object, to the member with this key.
    Key(&'a str),
    /// As `Key`, for one that is known to need no quotes.
    Plain(&'a str),
    /// Into an array.
    Index(usize),
}

impl<'s> Paths<'s> {
    pub(super) fn new(sink: &'s mut MetricSink) -> Self {
        let mark = sink.table.begin_paths();
        Self { sink, mark, prefix: String::new(), levels: Vec::new() }
    }

    /// Goes down into an array or object.
    #[inline]
    pub fn enter(&mut self, segment: Segment<'_>) {
        self.levels.push(self.prefix.len());
        segment.write(&mut self.prefix);
        self.prefix.push('.');
    }

    /// Goes up again.
    #[inline]
    pub fn leave(&mut self) {
        self.prefix.truncate(self.levels.pop().unwrap_or_default());
    }

    /// Puts in the finite number that stands at `span`, counted from the start of the text.
    #[inline(always)]
    pub fn push(&mut self, segment: Segment<'_>, value: f64, span: Span) {
        let len = span.len();
        if self.prefix.len() + segment.most() > LONGEST_NAME || self.sink.table.is_full() || len >= LONG {
            return self.push_slowly(segment, value, span);
        }
        self.store(segment, value, span.start, len);
    }

    /// As [`Paths::push`], for an integer that a float cannot hold: `text` is how it is printed.
    pub fn push_exact(&mut self, segment: Segment<'_>, value: f64, span: Span, text: &str) {
        let before = self.sink.len();
        self.push(segment, value, span);
        if self.sink.len() > before {
            self.sink.table.keep_exact(text);
        }
    }

    /// Takes back all that was put in: it was not the document that counts.
    pub fn restart(&mut self) {
        self.sink.table.forget_paths(self.mark);
        self.prefix.clear();
        self.levels.clear();
    }

    #[inline(always)]
    fn store(&mut self, segment: Segment<'_>, value: f64, start: usize, len: usize) -> bool {
        let Self { sink, prefix, .. } = self;
        let start = start + sink.offset;
        let stored = sink.table.push_path(sink.stream_id, value, start, len, |name| {
            name.push_str(prefix);
            segment.write(name);
        });
        if !stored {
            sink.say_full(Span::new(start, start + len));
        }
        stored
    }

    #[cold]
    fn push_slowly(&mut self, segment: Segment<'_>, value: f64, span: Span) {
        let mut name = self.prefix.clone();
        segment.write(&mut name);
        if name.len() > LONGEST_NAME {
            let offset = self.sink.offset;
            return self.sink.say_long(name.len(), Span::new(span.start + offset, span.end + offset));
        }
        if self.sink.table.is_full() {
            match self.sink.table.len_since(self.mark) {
                0 => self.sink.table.expect_paths(self.sink.len.min(SURE)),
                _ => self.sink.table.make_room(self.mark, self.expected(span.end)),
            }
        }
        if self.store(segment, value, span.start, span.len()) && span.len() >= LONG {
            self.sink.table.keep_len(span.len());
        }
    }

    /// How much more is to come than there is, when the first `done` bytes of the text are read and the others are like them.
    /// Doubling instead would need twice the memory.
    fn expected(&self, done: usize) -> f64 {
        let (done, total) = (done.max(1), self.sink.len.max(done));
        let more = (total - done) as f64 / done as f64 * 1.1;
        if done >= SURE || done >= total / 16 { more.max(0.125) } else { more.clamp(1.0, 15.0) }
    }
}

/// How much of a text says what the rest will be like.
const SURE: usize = 128 << 10;

impl Segment<'_> {
    /// An upper bound for the bytes that it takes.
    #[inline(always)]
    fn most(self) -> usize {
        match self {
            Self::Plain(key) => key.len(),
            Self::Key(key) => 2 * key.len() + 2,
            Self::Index(_) => 20,
        }
    }

    #[inline(always)]
    fn write(self, name: &mut String) {
        match self {
            Self::Plain(key) => {
                debug_assert!(need(key) == 0, "bug in an extractor: the key `{key}` needs quotes in a path");
                name.push_str(key);
            }
            Self::Key(key) => write_key(key, name),
            Self::Index(index) => write_index(index, name),
        }
    }
}

#[inline(never)]
fn write_key(key: &str, name: &mut String) {
    let need = need(key);
    if need & QUOTES != 0 {
        name.push('"');
    }
    if need & ESCAPES != 0 {
        name.push_str(&key.replace('\\', "\\\\").replace('"', "\\\""));
    } else {
        name.push_str(key);
    }
    if need & QUOTES != 0 {
        name.push('"');
    }
}

const QUOTES: u8 = 1;
const ESCAPES: u8 = 2;

/// What a key needs to stand in a path.
fn need(key: &str) -> u8 {
    const NEEDS: [u8; 256] = {
        let mut needs = [0; 256];
        let mut byte = 0;
        while byte < 0x20 {
            needs[byte] = QUOTES;
            byte += 1;
        }
        needs[0x7f] = QUOTES;
        needs[b'.' as usize] = QUOTES;
        needs[b'"' as usize] = QUOTES | ESCAPES;
        needs[b'\\' as usize] = QUOTES | ESCAPES;
        needs
    };
    key.bytes().fold(u8::from(key.is_empty()) * QUOTES, |need, byte| need | NEEDS[usize::from(byte)])
}

#[inline(never)]
fn write_index(index: usize, name: &mut String) {
    if index >= 10 {
        write_index(index / 10, name);
    }
    name.push(char::from(b'0' + (index % 10) as u8));
}

#[cfg(test)]
mod tests {
    use prill_scan::Text;

    use super::*;
    use crate::diagnostic::code;
    use crate::metric::Stream;

    fn sink<'t>(text: &Text<'t>) -> MetricSink {
        let mut out = MetricSink::new();
        out.read(text, &Stream::Stdout);
        out
    }

    fn path(keys: &[Segment<'_>]) -> String {
        let text = Text::new(b"1");
        let mut out = sink(&text);
        let mut paths = out.paths();
        let (last, first) = keys.split_last().unwrap();
        for key in first {
            paths.enter(*key);
        }
        paths.push(*last, 1.0, Span::new(0, 1));
        out.finish().0.iter().next().unwrap().name().to_owned()
    }

    #[test]
    fn keys_are_quoted_where_they_would_be_misread() {
        use Segment::{Index, Key};
        for (key, expected) in [
            ("read", "read"),
            ("job options", "job options"),
            (">=2000", ">=2000"),
            ("cmdline:", "cmdline:"),
            ("µs", "µs"),
            ("BM_Copy/64", "BM_Copy/64"),
            ("", "\"\""),
            ("99.000000", "\"99.000000\""),
            ("a long key with a dot at its end.", "\"a long key with a dot at its end.\""),
            ("say \"hi\"", "\"say \\\"hi\\\"\""),
            ("a\\b", "\"a\\\\b\""),
            ("\\\"", "\"\\\\\\\"\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(path(&[Key("x"), Index(120), Key(key)]), format!("x.120.{expected}"));
            assert_eq!(path(&[Key(key), Index(0)]), format!("{expected}.0"));
        }
    }

    proptest::proptest! {
        #[test]
        fn a_key_is_plain_or_not_wherever_its_odd_character_stands(key in "[a-z0-9_ -]{0,20}", odd in "[.\"\\\\\n\u{1}\u{7f}]", rest in "[a-zé]{0,20}") {
            proptest::prop_assert_eq!(need(&key) == 0, !key.is_empty());
            let odd = key + &odd + &rest;
            proptest::prop_assert!(need(&odd) != 0);
        }

        #[test]
        fn no_two_paths_are_alike(a in "[ab.\"\\\\]{0,4}", b in "[ab.\"\\\\]{0,4}", c in "[ab.\"\\\\]{0,4}", d in "[ab.\"\\\\]{0,4}") {
            let key = Segment::Key;
            proptest::prop_assert_eq!(path(&[key(&a), key(&b)]) == path(&[key(&c), key(&d)]), (&a, &b) == (&c, &d));
            proptest::prop_assert_ne!(path(&[key(&a)]), path(&[key(&c), key(&d)]));
        }
    }

    #[test]
    fn levels_and_places() {
        let text = Text::at(b"[1, [2], 3]", 100);
        let mut out = sink(&text);
        let mut paths = out.paths();
        paths.push(Segment::Index(0), 1.0, Span::new(1, 2));
        paths.enter(Segment::Index(1));
        paths.push(Segment::Index(0), 2.0, Span::new(5, 6));
        paths.leave();
        paths.push(Segment::Index(2), 3.0, Span::new(9, 10));
        let (table, diagnostics, _) = out.finish();
        let found: Vec<_> = table.iter().map(|m| format!("{}={} {}", m.name(), m.value(), m.span())).collect();
        assert_eq!(found, ["0=1 101..102", "1.0=2 105..106", "2=3 109..110"]);
        assert_eq!(diagnostics, []);
    }

    #[test]
    fn a_document_that_does_not_count_is_taken_back() {
        let text = Text::new(b"1 2");
        let mut out = sink(&text);
        out.metric("before").push(&text.as_str()[..1]);
        let mut paths = out.paths();
        paths.enter(Segment::Key("a"));
        paths.push(Segment::Key("b"), 1.0, Span::new(0, 1));
        paths.restart();
        paths.push_exact(Segment::Key("c"), 2.0, Span::new(2, 3), "2");
        let (table, _, _) = out.finish();
        assert_eq!(table.iter().map(|m| m.name()).collect::<Vec<_>>(), ["before", "c"]);
        assert_eq!(table.iter().nth(1).unwrap().exact(), Some("2"));
    }

    #[test]
    fn names_that_are_too_long_are_said_once() {
        let text = Text::new(b"1");
        let mut out = sink(&text);
        let mut paths = out.paths();
        for _ in 0..2000 {
            paths.enter(Segment::Index(0));
        }
        paths.push(Segment::Index(0), 1.0, Span::new(0, 1));
        paths.push_exact(Segment::Index(1), 1.0, Span::new(0, 1), "1");
        let (table, diagnostics, _) = out.finish();
        assert!(table.is_empty());
        assert_eq!(diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [code::NAME_TOO_LONG]);
    }

    #[test]
    fn a_number_of_any_length_has_its_place() {
        let raw = vec![b'1'; 70_000];
        let text = Text::new(&raw);
        let mut out = sink(&text);
        let mut paths = out.paths();
        let all = [(0, 65_534), (1, 65_536), (2, 70_000), (3, 4)].map(|(start, end)| Span::new(start, end));
        all.iter().enumerate().for_each(|(index, span)| paths.push(Segment::Index(index), 1.0, *span));
        all.iter().for_each(|span| out.metric("a").label("n", span.to_string()).push_at("1", *span));
        let found: Vec<Span> = out.finish().0.iter().map(|m| m.span()).collect();
        assert_eq!(found, [all, all].concat());
    }

    #[test]
    fn memory_follows_what_is_to_come() {
        let raw = vec![b'1'; 2_000_000];
        let text = Text::new(&raw);
        let mut out = sink(&text);
        let mut paths = out.paths();
        for index in 0..100_000 {
            paths.push(Segment::Index(index), 1.0, Span::new(20 * index, 20 * index + 1));
        }
        assert_eq!(out.len(), 100_000);
        assert!(out.table.capacity() < 115_000, "{}", out.table.capacity());
    }
}
