/// `[321.77 ns 332.16 ns 340.01 ns]`, `[-2.1% +0.3% +2.9%]`: numbers with their units. A confidence interval has three, two
/// without its estimate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Interval<'t> {
    /// Numbers and units, both slices of the text.
    pub(crate) values: Vec<(&'t str, &'t str)>,
    /// What follows the bracket.
    pub(crate) rest: &'t str,
}

impl<'t> Interval<'t> {
    /// The interval at the start of `text`, after white space; `None` when it is none, or cut.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let (inner, rest) = text.trim_start().strip_prefix('[')?.split_once(']')?;
        let mut words = inner.split_whitespace();
        let mut values = Vec::with_capacity(3);
        while let Some(word) = words.next() {
            values.push(match word.strip_suffix('%') {
                Some(number) => (number, "%"),
                None => (word, words.next()?),
            });
        }
        Some(Self { values, rest })
    }

    /// The bounds, and the estimate between them where there is one.
    pub(crate) fn bounds(&self) -> Vec<(Option<&'static str>, &'t str, &'t str)> {
        let names: &[Option<&'static str>] = match self.values.len() {
            2 => &[Some("lower"), Some("upper")],
            3 => &[Some("lower"), None, Some("upper")],
            _ => &[],
        };
        names.iter().zip(&self.values).map(|(name, (number, unit))| (*name, *number, *unit)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_stand_apart_but_for_per_cent() {
        let values = |text| Interval::parse(text).map(|i| i.values);
        assert_eq!(values(" [1.5 ns 2.5 µs]  R^2"), Some(vec![("1.5", "ns"), ("2.5", "µs")]));
        assert_eq!(values("[+1.5% \u{2212}2.5% 3%] (p"), Some(vec![("+1.5", "%"), ("\u{2212}2.5", "%"), ("3", "%")]));
        for none in ["[1.5 ns 2.5", "[1.5 ns 2.5]", "1.5 ns]", ""] {
            assert_eq!(values(none), None, "{none}");
        }
    }
}
