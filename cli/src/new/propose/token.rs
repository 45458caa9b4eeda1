//! The words and numbers of a line.

use prill_core::scan::number;

use super::unit;

/// A piece of a line, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Space,
    Number,
    Word,
    /// A sign that belongs to no word.
    Mark,
    /// What is another text in the next run: a path, an address, a date, a time of day, a version.
    Loose,
}

impl Token {
    pub(super) fn text(self, line: &str) -> &str {
        &line[self.start..self.end]
    }
}

/// The tokens of `line`, without a gap.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = line[at..].chars().next() {
        let rest = &line[at..];
        let len = |stop: fn(char) -> bool| rest.find(stop).unwrap_or(rest.len());
        if first.is_whitespace() {
            let end = at + len(|c| !c.is_whitespace());
            found.push(Token { kind: Kind::Space, start: at, end });
            at = end;
        } else {
            let end = at + len(char::is_whitespace);
            chunk(line, at, end, &mut found);
            at = end;
        }
    }
    found
}

const AROUND: &[char] = &['(', ')', '[', ']', '{', '}', '<', '>', ',', ';', ':', '"', '\'', '=', '|', '@'];

/// The tokens between two spaces.
fn chunk(line: &str, start: usize, end: usize, found: &mut Vec<Token>) {
    let whole = &line[start..end];
    let core = whole.trim_matches(AROUND);
    // What follows the last `=` may be loose by itself.
    let core = core.rsplit('=').next().unwrap_or(core);
    if is_loose(core) {
        let from = start + whole.rfind(core).unwrap_or_default();
        pieces(line, start, from, found);
        found.push(Token { kind: Kind::Loose, start: from, end: from + core.len() });
        pieces(line, from + core.len(), end, found);
    } else {
        pieces(line, start, end, found);
    }
}

fn pieces(line: &str, start: usize, end: usize, found: &mut Vec<Token>) {
    let mut at = start;
    while at < end {
        let rest = &line[at..end];
        let before = line[start..at].chars().next_back();
        let (kind, len) = match number_len(rest, before) {
            Some(len) => (Kind::Number, len),
            None => match word_len(rest) {
                0 => (Kind::Mark, rest.chars().next().map_or(1, char::len_utf8)),
                len => (Kind::Word, len),
            },
        };
        found.push(Token { kind, start: at, end: at + len });
        at += len;
    }
}

/// The length of the number at the start of `rest`. One that is part of a word (`x86`, `p50`, `2xx`, `95th`) is none.
fn number_len(rest: &str, before: Option<char>) -> Option<usize> {
    if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.') && !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if before.is_some_and(|c| c.is_alphabetic() || c == '_') {
        return None;
    }
    let (token, after) = number::leading_grouped(rest)?;
    let glued = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
    let whole = !token.contains('.');
    let ordinal = glued == "th" || glued == "st" || glued == "nd" || glued == "rd";
    if ordinal || (whole && !glued.is_empty() && !unit::may_be_glued(glued)) {
        return None;
    }
    Some(token.len())
}

/// Letters, digits and `_`; `-`, `.` and `'` where more of the word follows.
fn word_len(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let inner = end > 0 && matches!(c, '-' | '.' | '\'') && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !(c.is_alphanumeric() || c == '_' || inner) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn is_loose(core: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if core.contains("://") || core.starts_with("0x") || core.starts_with("./") || core.starts_with("~/") {
        return true;
    }
    if core.len() > 1 && core.starts_with('/') && core.chars().nth(1).is_some_and(char::is_alphanumeric) {
        return true;
    }
    let clock = |text: &str| text.split_once(':').is_some_and(|(hours, rest)| digits(hours) && rest.starts_with(is_digit));
    let dots = |text: &str| {
        text.split('.').count() > 2
            && text.split('.').take(2).all(digits)
            && text.split('.').nth(2).is_some_and(|p| p.starts_with(is_digit))
    };
    let named = core.split_once('/').is_some_and(|(name, rest)| {
        name.starts_with(char::is_alphabetic) && name.chars().all(|c| c.is_alphabetic() || c == '_') && rest.starts_with(is_digit)
    });
    let built = number::leading(core).is_some_and(|(_, rest)| {
        rest.strip_prefix('-').is_some_and(|r| r.contains(char::is_alphabetic) || r.starts_with(is_digit))
    });
    if core.contains('/') && core.contains('.') && core.contains(char::is_alphabetic) && !core.contains(is_digit) {
        return true;
    }
    let version = core.split('/').any(dots) || named || built;
    let mut dashed = core.split(['-', '/']);
    let date =
        dashed.next().is_some_and(|year| year.len() == 4 && digits(year)) && dashed.clone().count() == 2 && dashed.all(digits);
    // A comma between digits that groups no thousands may be a decimal comma, or separate two numbers.
    let comma = core.as_bytes().windows(3).any(|w| w[1] == b',' && w[0].is_ascii_digit() && w[2].is_ascii_digit());
    let grouped = number::leading_grouped(core).is_some_and(|(token, rest)| token.contains(',') && !rest.contains(','));
    clock(core) || version || date || (comma && !grouped)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let name = |kind| match kind {
            Kind::Space => "_",
            Kind::Number => "n",
            Kind::Word => "w",
            Kind::Mark => "m",
            Kind::Loose => "?",
        };
        tokens(line)
            .into_iter()
            .map(|t| if t.kind == Kind::Space { "_".to_owned() } else { format!("{}<{}>", name(t.kind), t.text(line)) })
            .collect()
    }

    #[test]
    fn numbers_and_words_are_told_apart() {
        for (line, tokens) in [
            ("lat=3.71 ms", "w<lat>m<=>n<3.71>_w<ms>"),
            ("p50=0.567", "w<p50>m<=>n<0.567>"),
            ("11.70k 16MB 50%", "n<11.70>w<k>_n<16>w<MB>_n<50>m<%>"),
            ("7+0 records", "n<7>m<+>n<0>_w<records>"),
            ("Benchmark-2 x86-64 2xx 95th", "w<Benchmark-2>_w<x86-64>_w<2xx>_w<95th>"),
            ("46,091 ns (+/- 21,072)", "n<46,091>_w<ns>_m<(>m<+>m</>m<->_n<21,072>m<)>"),
            ("1.5/2.5/-3e-5", "n<1.5>m</>n<2.5>m</>n<-3e-5>"),
        ] {
            assert_eq!(shown(line), tokens);
        }
    }

    #[test]
    fn what_is_another_text_in_the_next_run_is_no_number() {
        for loose in [
            "3.0.19",
            "127.0.0.1:80",
            "http://h/1",
            "/tmp/x1",
            "2026-06-25",
            "12:30:01",
            "0:01.50",
            "0x1f",
            "nginx/1.22.1",
            "http/1.1",
            "15.18-0+deb12u1",
            "0.00-1.01",
            "BM_Copy/64",
            "370,04",
            "5,100,2",
        ] {
            assert_eq!(shown(loose), format!("?<{loose}>"), "{loose}");
        }
        assert_eq!(shown("(at /tmp/x):"), "m<(>w<at>_?</tmp/x>m<)>m<:>");
    }

    proptest::proptest! {
        #[test]
        fn every_byte_is_in_one_token(line in "[ a-z0-9.,:/=%()µ-]{0,40}") {
            let mut at = 0;
            for token in tokens(&line) {
                proptest::prop_assert_eq!(token.start, at);
                proptest::prop_assert!(token.end > at);
                at = token.end;
            }
            proptest::prop_assert_eq!(at, line.len());
        }
    }
}
