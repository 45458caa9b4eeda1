/// `[321.77 ns 332.16 ns 340.01 ns]`, `[-2.1% +0.3% +2.9%]`: numbers with their units. A confidence interval has three, two
/// without its estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Interval<'t> {
    values: [(&'t str, &'t str); 3],
    len: usize,
    /// What follows the bracket.
    pub(crate) rest: &'t str,
}

/// Which number of an interval it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Lower,
    Estimate,
    Upper,
}

impl Bound {
    pub(crate) fn label(self) -> Option<&'static str> {
        match self {
            Self::Lower => Some("lower"),
            Self::Estimate => None,
            Self::Upper => Some("upper"),
        }
    }
}

impl<'t> Interval<'t> {
    /// The interval at the start of `text`, after white space; `None` when it is none, or cut.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let text = text.trim_ascii_start().strip_prefix('[')?;
        let end = memchr::memchr(b']', text.as_bytes())?;
        let (mut inner, mut values, mut len) = (&text[..end], [("", ""); 3], 0);
        while let Some((first, rest)) = word(inner) {
            let value = values.get_mut(len)?;
            (*value, inner) = match first.strip_suffix('%') {
                Some(number) => ((number, "%"), rest),
                None => word(rest).map(|(unit, rest)| ((first, unit), rest))?,
            };
            len += 1;
        }
        (len >= 2).then_some(Self { values, len, rest: &text[end + 1..] })
    }

    /// Numbers and units, both slices of the text.
    pub(crate) fn values(&self) -> &[(&'t str, &'t str)] {
        &self.values[..self.len]
    }

    /// Whether it is of a change, which has no unit.
    pub(crate) fn is_change(&self) -> bool {
        self.values().iter().any(|(_, unit)| *unit == "%")
    }

    /// The bounds, and the estimate between them where there is one.
    #[inline]
    pub(crate) fn bounds(self) -> impl Iterator<Item = (Bound, &'t str, &'t str)> {
        let names = if self.len == 2 {
            [Bound::Lower, Bound::Upper, Bound::Upper]
        } else {
            [Bound::Lower, Bound::Estimate, Bound::Upper]
        };
        names.into_iter().zip(self.values).take(self.len).map(|(bound, (number, unit))| (bound, number, unit))
    }
}

/// The first word of `text` and what follows it.
#[inline]
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_ascii_start();
    let end = text.bytes().position(|byte| byte == b' ').unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_stand_apart_but_for_per_cent() {
        let values = |text| Interval::parse(text).map(|i| i.values().to_vec());
        assert_eq!(values(" [1.5 ns 2.5 µs]  R^2"), Some(vec![("1.5", "ns"), ("2.5", "µs")]));
        assert_eq!(values("[+1.5% \u{2212}2.5% 3%] (p"), Some(vec![("+1.5", "%"), ("\u{2212}2.5", "%"), ("3", "%")]));
        for none in ["[1.5 ns 2.5", "[1.5 ns 2.5]", "1.5 ns]", "[]", "[1 ns]", "[1 ns 2 ns 3 ns 4 ns]", ""] {
            assert_eq!(values(none), None, "{none}");
        }
    }
}
