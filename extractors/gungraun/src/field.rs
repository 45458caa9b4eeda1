use prill_core::scan::{Search, number};

use crate::kind::Kind;

/// `  Instructions:   1734|1700   (+2.00000%) [+1.02000x]`, `  L1 Accesses:   1580 (No change)`, `| LL Hits:   2|N/A`
#[derive(Debug)]
pub(crate) struct Field<'t> {
    pub(crate) kind: &'static Kind,
    /// What this run counted; `None` where only an earlier one has it.
    pub(crate) new: Option<&'t str>,
    /// How much that is more or less than in the earlier run, in per cent.
    pub(crate) change: Option<&'t str>,
    /// There is a column of the earlier run.
    has_old: bool,
}

impl<'t> Field<'t> {
    /// The field in `line`, whose indent is two blanks, or a bar and one.
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let indented = line.strip_prefix("  ").or_else(|| line.strip_prefix("| "))?;
        let (name, rest) = indented.cut(": ")?;
        let kind = Kind::printed(name)?;
        let rest = rest.trim();
        let (new, tail) = rest.split_at(rest.find(['|', ' ']).unwrap_or(rest.len()));
        if !number::is_token(new) && new != "N/A" {
            return None;
        }
        let percent = tail.split_once('(').and_then(|(_, tail)| tail.cut("%)"));
        let change = percent.map(|(change, _)| change.trim()).filter(|change| number::is_token(change));
        let tail = tail.trim_start();
        (tail.is_empty() || tail.starts_with(['|', '('])).then_some(Self {
            kind,
            new: (new != "N/A").then_some(new),
            change,
            has_old: tail.starts_with('|'),
        })
    }

    pub(crate) fn is_gungraun(&self) -> bool {
        let named = ["L1 Hits", "L2 Hits", "LL Hits", "RAM Hits", "Total read+write"].contains(&self.kind.printed);
        self.has_old || named
    }

    pub(crate) fn is_iai(&self) -> bool {
        !self.has_old && self.kind.is_iai()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Option<(&str, Option<&str>, Option<&str>)> {
        Field::parse(line).map(|field| (field.kind.name, field.new, field.change))
    }

    #[test]
    fn a_field_has_a_value_and_a_change() {
        assert_eq!(
            parts("  Instructions:                1734|1700                 (+2.00000%) [+1.02000x]"),
            Some(("instruction.count", Some("1734"), Some("+2.00000")))
        );
        assert_eq!(
            parts("  Estimated Cycles:        23447295 (-0.000009%)"),
            Some(("cycle.count", Some("23447295"), Some("-0.000009")))
        );
        assert_eq!(parts("| LL Hits:  2|2  (No change)"), Some(("cache.hit.count", Some("2"), None)));
        assert_eq!(parts("  Errors:  1|0  (+++inf+++) [+++inf+++]"), Some(("error.count", Some("1"), None)));
        assert_eq!(parts("  Dr:  N/A|2  (*********)"), Some(("memory.access.count", None, None)));
    }

    #[test]
    fn other_lines_are_none() {
        for line in ["Instructions: 5", "  Latency: 5", "  Baselines:   old|new", "  Errors:  many", "  Dr:  5 of 7"] {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
