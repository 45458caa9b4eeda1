use prill_core::scan::number;

/// The byte ranges of the numbers in `text`. Digits inside a word (`sda1`, `p99`) are none.
pub(super) fn find(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut at, mut before) = (0, ' ');
    while let Some(c) = text[at..].chars().next() {
        if c.is_ascii_digit() && !before.is_alphanumeric() && before != '_' {
            let end = at + length(&text[at..]);
            found.push((at, end));
            (at, before) = (end, '0');
        } else {
            (at, before) = (at + c.len_utf8(), c);
        }
    }
    found
}

/// How long the number is that `text` starts with. What no format could read is shown as one too: `370,04`.
fn length(text: &str) -> usize {
    match number::leading_grouped(text) {
        Some((token, _)) => token.len(),
        None => text.bytes().take_while(|b| b.is_ascii_digit() || b",.".contains(b)).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_and_digits_in_words_are_not() {
        let text = "sda1 99.9th: 1,234.5 370,04 -3 x_1 (2) v1.2 4µs";
        let found: Vec<&str> = find(text).into_iter().map(|(start, end)| &text[start..end]).collect();
        assert_eq!(found, ["99.9", "1,234.5", "370,04", "3", "2", "2", "4"]);
    }
}
