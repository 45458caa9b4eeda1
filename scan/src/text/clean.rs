use std::borrow::Cow;

const ESC: u8 = 0x1b;

/// `raw` as text of the same length: escape sequences, NUL bytes, invalid UTF-8 and a byte order mark become spaces.
pub(super) fn clean(raw: &[u8]) -> Cow<'_, str> {
    let marked = raw.starts_with(b"\xef\xbb\xbf");
    if !marked
        && memchr::memchr2(ESC, 0, raw).is_none()
        && let Ok(text) = std::str::from_utf8(raw)
    {
        return Cow::Borrowed(text);
    }
    let mut bytes = raw.to_vec();
    if marked {
        bytes[..3].fill(b' ');
    }
    blank_controls(&mut bytes);
    blank_invalid(&mut bytes);
    match String::from_utf8(bytes) {
        Ok(text) => Cow::Owned(text),
        // Not reached while `blank_invalid` holds; a lossy text of another length would make every span a lie.
        Err(e) => Cow::Owned(" ".repeat(e.as_bytes().len())),
    }
}

fn blank_controls(bytes: &mut [u8]) {
    let mut at = 0;
    while let Some(next) = memchr::memchr2(ESC, 0, &bytes[at..]) {
        let start = at + next;
        let end = if bytes[start] == ESC { start + escape_len(&bytes[start..]) } else { start + 1 };
        bytes[start..end].fill(b' ');
        at = end;
    }
}

fn blank_invalid(bytes: &mut [u8]) {
    let mut at = 0;
    while let Err(e) = std::str::from_utf8(&bytes[at..]) {
        let start = at + e.valid_up_to();
        // A sequence that the end of the text cuts has no length: all that is left of it is junk.
        let end = e.error_len().map_or(bytes.len(), |len| start + len);
        bytes[start..end].fill(b' ');
        at = end;
    }
}

/// The length of the escape sequence at the start of `bytes` (ECMA-48: CSI, OSC and other strings, two-byte ones).
fn escape_len(bytes: &[u8]) -> usize {
    let Some(&kind) = bytes.get(1) else { return 1 };
    let body = &bytes[2..];
    2 + match kind {
        b'[' => {
            let params = body.iter().take_while(|b| (0x20..=0x3f).contains(*b)).count();
            params + usize::from(body.get(params).is_some_and(|b| (0x40..=0x7e).contains(b)))
        }
        // A string ends with BEL or ESC \; one that nobody ended must not swallow the lines after it.
        b']' | b'P' | b'X' | b'^' | b'_' => match memchr::memchr3(0x07, ESC, b'\n', body) {
            Some(end) if body[end] == 0x07 => end + 1,
            Some(end) if body[end] == ESC && body.get(end + 1) == Some(&b'\\') => end + 2,
            Some(end) => end,
            None => body.len(),
        },
        0x20..=0x2f => {
            let between = body.iter().take_while(|b| (0x20..=0x2f).contains(*b)).count();
            between + usize::from(body.get(between).is_some_and(|b| (0x30..=0x7e).contains(b)))
        }
        b'\n' | b'\r' => return 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_as_many_spaces() {
        assert_eq!(clean(b"a\x1b[31;1mred\x1b[0m9"), "a       red    9");
        assert_eq!(clean(b"\x1b]0;title\x0742"), "          42");
        assert_eq!(clean(b"\x1b(B7\x1b"), "   7 ");
        assert_eq!(clean(b"\x1b]never ended\n5"), format!("{}\n5", " ".repeat(13)));
    }

    #[test]
    fn junk_bytes_become_spaces() {
        assert_eq!(clean(b"7\x009\xff\xfe 5\xe2\x82"), "7 9   5  ");
        assert_eq!(clean(b"\xef\xbb\xbf{}"), "   {}");
    }

    proptest::proptest! {
        #[test]
        fn the_length_never_changes(raw in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            proptest::prop_assert_eq!(clean(&raw).len(), raw.len());
        }
    }
}
