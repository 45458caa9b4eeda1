use std::collections::BTreeSet;

use super::facts::{Known, Token};
use super::line::Line;

/// As many numbers are named that have something in common.
const MOST: usize = 6;

/// Why the numbers of a stream are no metrics, line by line.
#[derive(Debug)]
pub(super) struct Reasons<'a> {
    /// Whether there is a metric in the stream: without one, nothing in it is explained, and no line needs to say so.
    any_metric: bool,
    said: BTreeSet<&'a str>,
    /// The reason of the lines before that had no other, and how many they are.
    before: (Option<&'a str>, usize),
}

/// A reason that holds for more lines in a row is not repeated.
const ROW: usize = 2;

/// Why some numbers of a line are no metrics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// Nobody said why.
    pub(super) unexplained: bool,
    /// `4, 40, 160: setting`; nothing where the lines before have said it often enough.
    pub(super) text: String,
}

impl<'a> Reasons<'a> {
    pub(super) fn new(any_metric: bool) -> Self {
        Self { any_metric, said: BTreeSet::new(), before: (None, 0) }
    }

    /// What there is to say of `tokens`, which are shown of the line. One with metrics has enough beside it: there a reason is
    /// said only where it is new.
    pub(super) fn of(&mut self, line: &Line<'a>, tokens: &[&'a Token<'a>]) -> Vec<Reason> {
        let groups = self.groups(line, tokens);
        let claimed = tokens.iter().any(|token| !token.claims().is_empty());
        let only = !claimed && groups.len() == 1;
        let own = groups.first().filter(|_| only).map(|(_, why, _)| *why);
        self.before = (own, if own == self.before.0 { self.before.1 + 1 } else { 1 });
        let mut reasons = Vec::new();
        for (unexplained, why, numbers) in groups {
            let new = self.said.insert(why);
            if new || !claimed || unexplained {
                let text = match numbers.as_slice() {
                    _ if only && self.before.1 > ROW => String::new(),
                    [_] if only => why.to_owned(),
                    numbers => format!("{}: {why}", listed(numbers)),
                };
                reasons.push(Reason { unexplained, text });
            }
        }
        reasons
    }

    /// The numbers by their reason, in the order in which the reasons come.
    fn groups(&self, line: &Line<'a>, tokens: &[&'a Token<'a>]) -> Vec<(bool, &'a str, Vec<&'a str>)> {
        let mut groups: Vec<(bool, &'a str, Vec<&'a str>)> = Vec::new();
        for token in tokens {
            let (unexplained, why) = match &token.known {
                Known::Ignored(why) => (false, *why),
                Known::Unexplained if self.any_metric => (true, "unexplained"),
                _ => continue,
            };
            match groups.iter_mut().find(|(_, known, _)| *known == why) {
                Some((_, _, numbers)) => numbers.push(line.printed(token)),
                None => groups.push((unexplained, why, vec![line.printed(token)])),
            }
        }
        groups
    }
}

/// `4, 40, 160`; of many the first.
fn listed(numbers: &[&str]) -> String {
    match numbers.len().saturating_sub(MOST) {
        0 => numbers.join(", "),
        more => format!("{} and {more} more", numbers[..MOST].join(", ")),
    }
}
