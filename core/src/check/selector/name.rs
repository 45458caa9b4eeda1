//! Names and words as selectors write them: quoted where the grammar would misread them.

use std::borrow::Cow;

/// The words that begin a check or stand between its parts; a metric of this name is quoted.
const RESERVED: [&str; 5] = ["exit", "exists", "each", "any", "in"];

/// True for a character that a name's segment or a label may have without quotes.
pub(in crate::check) fn is_plain(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !".{}()\"<>=!,\\*".contains(c)
}

/// True for a character that a label's key or value may have without quotes.
pub(in crate::check) fn is_plain_label(c: char) -> bool {
    is_plain(c) || c == '.'
}

/// A label's key or value, quoted where it has to be.
pub(super) fn word(text: &str) -> Cow<'_, str> {
    let plain = !text.is_empty() && text.chars().all(is_plain_label);
    if plain { Cow::Borrowed(text) } else { Cow::Owned(quoted(text)) }
}

/// The selector's text for the name of a metric.
pub(in crate::check) fn selecting(metric: &str) -> String {
    written(&segments(metric))
}

/// Segments as a selector writes them.
pub(in crate::check) fn written(segments: &[Cow<'_, str>]) -> String {
    if let [only] = segments
        && RESERVED.contains(&only.as_ref())
    {
        return quoted(only);
    }
    let part = |s: &Cow<'_, str>| {
        let plain = !s.is_empty() && s.chars().all(is_plain);
        if plain { s.to_string() } else { quoted(s) }
    };
    segments.iter().map(part).collect::<Vec<_>>().join(".")
}

/// True when a selector's name is the name of this metric, however either is quoted.
pub(super) fn same(selector: &str, metric: &str) -> bool {
    selector == metric || ((selector.contains('"') || metric.contains('"')) && segments(selector) == segments(metric))
}

/// The segments of a name. A segment in quotes may hold dots; a quote that does not end before a dot is a character.
fn segments(name: &str) -> Vec<Cow<'_, str>> {
    let mut found = Vec::new();
    let mut rest = name;
    loop {
        let closed = unquoted(rest).filter(|(_, after)| after.is_empty() || after.starts_with('.'));
        let (segment, after) = closed.map_or_else(
            || {
                let end = rest.find('.').unwrap_or(rest.len());
                (Cow::Borrowed(&rest[..end]), &rest[end..])
            },
            |(text, after)| (Cow::Owned(text), after),
        );
        found.push(segment);
        match after.strip_prefix('.') {
            Some(next) => rest = next,
            None => return found,
        }
    }
}

/// The text between the quotes at the start of `text`, and what follows; `None` when there is no quote, or only one.
pub(in crate::check) fn unquoted(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut out = String::new();
    let mut chars = inner.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((out, &inner[at + 1..])),
            '\\' => out.push(chars.next()?.1),
            _ => out.push(c),
        }
    }
    None
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
