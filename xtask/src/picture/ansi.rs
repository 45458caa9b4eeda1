//! Text with ANSI colours, taken apart.

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) dim: bool,
    /// One of the eight colours, 0 black to 7 white.
    pub(super) colour: Option<u8>,
}

/// The lines of `text`, each as pieces that look the same.
pub(super) fn lines(text: &str) -> Vec<Vec<(Look, String)>> {
    let mut look = Look::default();
    text.lines().map(|line| pieces(line, &mut look)).collect()
}

fn pieces(line: &str, look: &mut Look) -> Vec<(Look, String)> {
    let mut pieces = Vec::new();
    let mut parts = line.split("\u{1b}[");
    pieces.extend(parts.next().map(|text| (*look, text.to_owned())));
    for part in parts {
        let (codes, text) = part.split_once('m').unwrap_or((part, ""));
        codes.split(';').for_each(|code| apply(code, look));
        pieces.push((*look, text.to_owned()));
    }
    pieces.retain(|(_, text)| !text.is_empty());
    pieces
}

/// Codes of ECMA-48, "Select graphic rendition".
fn apply(code: &str, look: &mut Look) {
    match code.parse() {
        Ok(1) => look.bold = true,
        Ok(2) => look.dim = true,
        Ok(22) => (look.bold, look.dim) = (false, false),
        Ok(n @ 30..=37) => look.colour = Some(n - 30),
        Ok(39) => look.colour = None,
        Ok(0) | Err(_) => *look = Look::default(),
        Ok(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_last_until_they_are_reset() {
        let got = lines("a\u{1b}[1;36mb\nc\u{1b}[0md");
        let bold = Look { bold: true, dim: false, colour: Some(6) };
        let plain = Look::default();
        let piece = |look, text: &str| (look, text.to_owned());
        assert_eq!(got, [vec![piece(plain, "a"), piece(bold, "b")], vec![piece(bold, "c"), piece(plain, "d")]]);
    }
}
