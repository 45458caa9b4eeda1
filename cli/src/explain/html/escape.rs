use crate::explain::glyph::tame;

/// `text` so that it is nothing but text, in an element and in a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    tame(text).chars().for_each(|c| push(&mut out, c));
    out
}

/// The same for one character that can be shown.
pub(super) fn push(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(escaped("<b a=\"1\" b='2'>&\u{1b}"), "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;␛");
    }
}
