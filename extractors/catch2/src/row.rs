use prill_core::Printed;
use prill_core::scan::{number, unit};

/// A duration: the token, and its unit.
pub(crate) type Duration<'t> = (&'t str, Printed);

/// What a line of a table is, by its form. The first row of a benchmark and its only one without analysis look alike.
#[derive(Debug, PartialEq)]
pub(crate) enum Row<'t> {
    /// `fib 20      20       1    1.99096 ms`: the name, or the end of it, samples, iterations, and a time.
    Begin { name: &'t str, samples: &'t str, iterations: &'t str, time: Duration<'t> },
    /// `457.708 us    52.6626 us    2.07254 ms`: an estimate, and the bounds of its confidence interval.
    Estimate([Duration<'t>; 3]),
    /// Anything else: the beginning of a name that is too long for its column.
    Text(&'t str),
}

impl<'t> Row<'t> {
    pub(crate) fn parse(line: &'t str) -> Self {
        let text = line.trim();
        estimate(text).or_else(|| begin(text)).unwrap_or(Self::Text(text))
    }
}

fn begin(text: &str) -> Option<Row<'_>> {
    let (rest, time) = duration(text)?;
    let (rest, iterations) = integer(rest)?;
    let (name, samples) = integer(rest)?;
    Some(Row::Begin { name, samples, iterations, time })
}

fn estimate(text: &str) -> Option<Row<'_>> {
    let (rest, high) = duration(text)?;
    let (rest, low) = duration(rest)?;
    let (rest, point) = duration(rest)?;
    rest.is_empty().then_some(Row::Estimate([point, low, high]))
}

/// The last two words, `1.99096 ms`, and what is before them.
fn duration(text: &str) -> Option<(&str, Duration<'_>)> {
    let (rest, word) = last(text);
    let printed = match word {
        "ns" => unit::NS,
        "us" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        "m" => unit::MINUTE,
        _ => return None,
    };
    let (rest, token) = last(rest);
    (number::is_token(token) || ["nan", "-nan", "inf"].contains(&token)).then_some((rest, (token, printed)))
}

fn integer(text: &str) -> Option<(&str, &str)> {
    let (rest, word) = last(text);
    (!word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())).then_some((rest, word))
}

/// What is before the last word, and the last word.
fn last(text: &str) -> (&str, &str) {
    let (rest, word) = text.rsplit_once(' ').unwrap_or(("", text));
    (rest.trim_end(), word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_from_their_ends() {
        let begin = Row::Begin { name: "fib 10", samples: "20", iterations: "91", time: ("1.638", unit::MS) };
        assert_eq!(Row::parse("fib 10                  20            91      1.638 ms "), begin);
        let estimate = Row::Estimate([("457.708", unit::US), ("0.005", unit::NS), ("2", unit::MINUTE)]);
        assert_eq!(Row::parse("               457.708 us 0.005 ns    2 m "), estimate);
        for text in ["a name of 3 ms", "5 ns 6 ns", "Benchmark failed (no 5 more)", ""] {
            assert_eq!(Row::parse(text), Row::Text(text));
        }
    }
}
