//! Lines of text as a picture of a terminal.

use std::fmt::Write as _;

use super::ansi::Look;

/// Width of a column and height of a line, in pixels, of a monospaced font of this size.
const COLUMN: f64 = 8.43;
const LINE: usize = 19;
const SIZE: usize = 14;
const MARGIN: usize = 16;

const PAPER: &str = "#16181d";
const INK: &str = "#d7dae0";
const COLOURS: [&str; 8] = ["#5c6370", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#ffffff"];

pub(super) fn draw(lines: &[Vec<(Look, String)>]) -> String {
    let columns = lines.iter().map(|line| width(line)).max().unwrap_or_default();
    let wide = (columns as f64 * COLUMN).ceil() as usize + 2 * MARGIN;
    let high = lines.len() * LINE + 2 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"{SIZE}\" fill=\"{INK}\">\n"
    );
    for (number, line) in lines.iter().enumerate() {
        let y = MARGIN + number * LINE + SIZE;
        let mut column = 0;
        for (look, text) in line {
            for (offset, run) in runs(text) {
                let x = MARGIN as f64 + (column + offset) as f64 * COLUMN;
                let length = run.chars().count() as f64 * COLUMN;
                let (style, run) = (style(*look), escaped(run));
                // Writing into a string cannot fail. The length keeps columns in line whatever font the reader has.
                let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y}\" textLength=\"{length:.1}\"{style}>{run}</text>");
            }
            column += text.chars().count();
        }
    }
    svg + "</g>\n</svg>\n"
}

/// The parts of `text` between two or more blanks, each with its column: viewers differ in what blanks they keep.
fn runs(text: &str) -> Vec<(usize, &str)> {
    let mut runs = Vec::new();
    let mut column = 0;
    for part in text.split("  ") {
        let blanks = part.chars().take_while(|c| *c == ' ').count();
        let run = part.trim_matches(' ');
        if !run.is_empty() {
            runs.push((column + blanks, run));
        }
        column += part.chars().count() + 2;
    }
    runs
}

fn width(line: &[(Look, String)]) -> usize {
    line.iter().map(|(_, text)| text.chars().count()).sum()
}

fn style(look: Look) -> String {
    let mut style = String::new();
    if let Some(colour) = look.colour.and_then(|c| COLOURS.get(usize::from(c))) {
        let _ = write!(style, " fill=\"{colour}\"");
    }
    if look.bold {
        style.push_str(" font-weight=\"bold\"");
    }
    if look.dim {
        style.push_str(" opacity=\"0.5\"");
    }
    style
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_places_and_no_text() {
        assert_eq!(runs("  a b   c "), [(2, "a b"), (8, "c")]);
        assert_eq!(runs("   "), []);
    }

    #[test]
    fn text_keeps_its_place_and_its_look() {
        let dim = Look { dim: true, ..Look::default() };
        let svg = draw(&[vec![(Look::default(), "a<b".to_owned()), (dim, "c".to_owned())]]);
        assert!(svg.contains("a&lt;b</text>"), "{svg}");
        assert!(svg.contains("x=\"41.3\" y=\"30\" textLength=\"8.4\" opacity=\"0.5\">c</text>"), "{svg}");
        assert!(svg.contains("width=\"66\" height=\"51\""), "{svg}");
    }
}
