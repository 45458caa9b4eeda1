//! What a character looks like where it must not do what it says.

use unicode_width::UnicodeWidthChar as _;

const ESC: u8 = 0x1b;

/// The characters of `text`, each with its place, as they can be shown anywhere: control characters are their pictures,
/// what `raw` has in place of text is `�`, and colours are left out. Tabs stay.
pub(super) fn glyphs<'t>(text: &'t str, raw: &'t [u8]) -> impl Iterator<Item = (usize, char)> + 't {
    text.char_indices().filter_map(|(at, c)| {
        let blanked = c == ' ' && raw[at] != b' ';
        let shown = if blanked { instead_of(&raw[at..])? } else { visible(c) };
        Some((at, shown))
    })
}

/// `text` with nothing in it that moves a cursor or turns the direction of writing.
pub(super) fn tame(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { ' ' } else { visible(c) }).collect()
}

/// Columns on a terminal.
pub(super) fn width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The same of a text.
pub(super) fn text_width(text: &str) -> usize {
    text.chars().map(width).sum()
}

fn visible(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '␡',
        // Zero width, marks of direction, line separators: a text must not look like another one.
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// What is shown of a byte that is no text; nothing for colours, and for all of an escape sequence but its start.
fn instead_of(raw: &[u8]) -> Option<char> {
    match raw[0] {
        0 => Some('␀'),
        ESC if is_colour(raw) => None,
        ESC => Some('␛'),
        0x80.. => Some('\u{fffd}'),
        _ => None,
    }
}

/// ECMA-48, "Select graphic rendition".
fn is_colour(raw: &[u8]) -> bool {
    let Some(body) = raw.strip_prefix(&[ESC, b'[']) else { return false };
    let params = body.iter().take_while(|b| (0x30..=0x3f).contains(*b)).count();
    body.get(params) == Some(&b'm')
}

#[cfg(test)]
mod tests {
    use prill_core::Text;

    use super::*;

    fn shown(raw: &[u8]) -> String {
        let text = Text::new(raw);
        glyphs(text.as_str(), raw).map(|(_, c)| c).collect()
    }

    #[test]
    fn colours_are_left_out_and_other_escapes_are_pictures() {
        assert_eq!(shown(b"\x1b[1;31mred\x1b[0m  9"), "red  9");
        assert_eq!(shown(b"\x1b[2Kgone \x1b]0;a title\x07on"), "␛gone ␛ on", "a blank in a title stays");
    }

    #[test]
    fn what_is_no_text_has_a_picture() {
        assert_eq!(shown(b"a\0b\xff\xfec\x07\x7f\td"), "a␀b\u{fffd}\u{fffd}c␇␡\td");
        assert_eq!(shown("\u{9b}31m \u{202e}rtl".as_bytes()), "\u{fffd}31m \u{fffd}rtl");
    }
}
