use crate::explain::glyph::text_width;
use crate::explain::line::{Line, lines};
use crate::explain::report::Part;
use crate::explain::sections::Sections;

/// How wide the two columns of a table are, in characters: nine lines in ten with metrics fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sizes {
    text: usize,
    pub(super) notes: usize,
}

impl Sizes {
    pub(super) fn of(part: &Part<'_>) -> Self {
        let sections = Sections::of(lines(&part.text, &part.facts));
        let (mut texts, mut notes) = (Vec::new(), Vec::new());
        for line in lines(&part.text, &part.facts) {
            if let Some(width) = noted(&line, &sections) {
                texts.push(line.text.len());
                notes.push(width);
            }
        }
        Self { text: most(texts), notes: most(notes) }
    }

    /// In windows that are narrower than so many pixels, notes stand below their lines: before that, lines may be broken once.
    pub(super) fn narrow(self) -> usize {
        ((self.text * 2 / 3 + self.notes) * CHARACTER + FRAME).clamp(480, 900)
    }
}

/// Pixels of a character, and of what is around the text; both of `page.css`.
const CHARACTER: usize = 8;
const FRAME: usize = 130;

/// How many columns the notes about the metrics of a line take, numbers and gaps among them.
fn noted(line: &Line<'_>, sections: &Sections<'_>) -> Option<usize> {
    let known = sections.at(line.number);
    let claims = line.tokens.iter().flat_map(|token| token.claims().iter().map(move |claim| (token, claim)));
    let widths = claims.map(|(token, claim)| {
        let (value, remark) = claim.said();
        let name = text_width(claim.name()) + text_width(&claim.labels(known));
        [token.span.len(), name, text_width(&value), text_width(&remark)]
    });
    let widest: [usize; 4] = widths.reduce(|a, b| std::array::from_fn(|i| a[i].max(b[i])))?;
    Some(widest.iter().sum::<usize>() + widest.len())
}

/// What nine in ten do not exceed.
fn most(mut widths: Vec<usize>) -> usize {
    widths.sort_unstable();
    widths.get((9 * widths.len()).div_ceil(10).saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_in_ten_may_be_wider() {
        assert_eq!(most(vec![900, 9, 8, 7, 6, 5, 4, 3, 2, 1]), 9);
        assert_eq!((most(vec![5]), most(vec![])), (5, 0));
    }
}
