//! Regexes that are plain, as steps.
//!
//! The regexes of formats are words that are always there, and between them runs of characters, most of which what follows the run
//! does not start with: such a run ends where its characters end. To follow those steps takes a fraction of the time of a
//! regex engine, which has to be ready for anything. Where there is a choice it is tried as Perl tries it, the way that the regex
//! prefers first, until that takes too long: then the engine has to say, whose time is linear whatever the text.
//!
//! - [`Word`](word::Word); [`Set`](set::Set): the characters of a run; [`Next`](next::Next): what can follow it
//! - [`Room`]: a match, step by step

mod follow;
mod next;
mod set;
mod word;

use memchr::memmem::Finder;
use regex_syntax::hir::{Hir, HirKind, Look};

pub(crate) use follow::Room;
use next::{Firsts, Next};
use set::Set;
use word::Word;

/// A plain regex, taken apart. What is not plain is left to the engine.
#[derive(Debug)]
pub(crate) struct Plan {
    steps: Vec<Step>,
    /// A word without which nothing matches, where to find that out by the steps may take many tries.
    needs: Option<Finder<'static>>,
}

#[derive(Clone, Debug)]
enum Step {
    Start,
    End,
    Word(Word),
    /// As many of the characters as there are, or as few as will do where it is `lazy`. Where it may have to take less, or more,
    /// `next` is what can follow it then. Where it is all of a group, `group` is the number of that, and else [`NO_GROUP`]. The
    /// word before it, which may be empty, is a part of the step: which kind of step comes next is what a processor guesses wrong.
    Run {
        before: Word,
        group: usize,
        set: Set,
        min: usize,
        max: usize,
        lazy: bool,
        next: Option<Box<Next>>,
    },
    /// The step after this one, and if that fails the one with this number.
    Either(usize),
    Jump(usize),
    Open(usize),
    Close(usize),
    Match,
}

/// Where a group matched; [`NOWHERE`] when it took no part.
pub(crate) type Place = (usize, usize);
pub(crate) const NOWHERE: Place = (usize::MAX, usize::MAX);
const NO_GROUP: usize = usize::MAX;

impl Plan {
    /// `None` for a regex that is not plain.
    pub(crate) fn of(hir: &Hir) -> Option<Self> {
        if !hir.properties().look_set_prefix().contains(Look::Start) {
            return None;
        }
        let mut steps = Steps::default();
        steps.add(hir)?;
        let mut steps = steps.all;
        steps.push(Step::Match);
        for at in 0..steps.len() {
            let (firsts, word) = (firsts(&steps, at + 1), word(&steps[at + 1..]).cloned());
            if let Step::Run { set, min, max, lazy, next, .. } = &mut steps[at]
                && min != max
                && (*lazy || !firsts.none_in(set))
            {
                *next = Some(Box::new(Next::new(firsts, word)));
            }
        }
        let tries = steps.iter().any(|step| matches!(step, Step::Run { next: Some(_), .. }));
        let needs = longest(hir).filter(|_| tries).map(|word| Finder::new(word).into_owned());
        Some(Self { steps, needs })
    }
}

/// Steps that are being put together.
#[derive(Default)]
struct Steps {
    all: Vec<Step>,
    /// The last number that another step goes on with: what comes there is a step of its own.
    target: usize,
}

impl Steps {
    /// Adds the steps of a part of a regex.
    fn add(&mut self, hir: &Hir) -> Option<()> {
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Look(Look::Start) => self.all.push(Step::Start),
            HirKind::Look(Look::End) => self.all.push(Step::End),
            HirKind::Look(_) => return None,
            HirKind::Literal(literal) => self.all.push(Step::Word(Word::new(&literal.0))),
            HirKind::Class(_) => self.run(NO_GROUP, hir)?,
            HirKind::Capture(capture) => {
                let group = usize::try_from(capture.index).ok()?;
                // Most groups are one run, which then marks its own ends.
                if self.run(group, &capture.sub).is_none() {
                    self.all.push(Step::Open(group));
                    self.add(&capture.sub)?;
                    self.all.push(Step::Close(group));
                }
            }
            HirKind::Repetition(repeated) => {
                if self.run(NO_GROUP, hir).is_none() {
                    if !((repeated.min, repeated.max) == (0, Some(1)) && repeated.greedy) {
                        return None;
                    }
                    let either = self.either();
                    self.add(&repeated.sub)?;
                    self.all[either] = Step::Either(self.here());
                }
            }
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.add(part))?,
            HirKind::Alternation(parts) => {
                let (last, others) = parts.split_last()?;
                let mut ends = Vec::new();
                for part in others {
                    let either = self.either();
                    self.add(part)?;
                    ends.push(self.all.len());
                    self.all.push(Step::Jump(0));
                    self.all[either] = Step::Either(self.here());
                }
                self.add(last)?;
                let end = self.here();
                ends.into_iter().for_each(|jump| self.all[jump] = Step::Jump(end));
            }
        }
        Some(())
    }

    /// Adds `hir` if it is a run of characters, all of `group`.
    fn run(&mut self, group: usize, hir: &Hir) -> Option<()> {
        let (set, min, max, lazy) = match hir.kind() {
            HirKind::Class(_) => (Set::of(hir)?, 1, 1, false),
            HirKind::Repetition(repeated) => {
                let size = |count: u32| usize::try_from(count).ok();
                let (min, max) = (size(repeated.min)?, repeated.max.map_or(Some(usize::MAX), size)?);
                (Set::of(&repeated.sub)?, min, max, !repeated.greedy)
            }
            _ => return None,
        };
        let is_target = self.target == self.all.len();
        let before = match self.all.pop_if(|step| matches!(step, Step::Word(_)) && !is_target) {
            Some(Step::Word(word)) => word,
            _ => Word::new(b""),
        };
        self.all.push(Step::Run { before, group, set, min, max, lazy, next: None });
        Some(())
    }

    /// A choice whose other way is not known yet.
    fn either(&mut self) -> usize {
        self.all.push(Step::Either(0));
        self.all.len() - 1
    }

    /// The number of the next step, for another to go on with.
    fn here(&mut self) -> usize {
        self.target = self.all.len();
        self.target
    }
}

/// The longest word that is in every text that matches.
fn longest(hir: &Hir) -> Option<&[u8]> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(&literal.0),
        HirKind::Capture(capture) => longest(&capture.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(longest).max_by_key(|word| word.len()),
        _ => None,
    }
}

/// The word that is always next.
fn word(steps: &[Step]) -> Option<&Word> {
    match steps.iter().find(|step| !matches!(step, Step::Open(_) | Step::Close(_))) {
        Some(Step::Word(word) | Step::Run { before: word, .. }) if !word.bytes().is_empty() => Some(word),
        _ => None,
    }
}

/// What a text may start with that goes on with the step `at`.
fn firsts(steps: &[Step], at: usize) -> Firsts {
    let (mut all, mut seen, mut todo) = (Firsts::default(), vec![false; steps.len()], vec![at]);
    while let Some(at) = todo.pop() {
        if at >= steps.len() || std::mem::replace(&mut seen[at], true) {
            continue;
        }
        match &steps[at] {
            Step::Word(word) | Step::Run { before: word, .. } if !word.bytes().is_empty() => all.add_byte(word.bytes()[0]),
            Step::Run { set, min, .. } => {
                all.add(set);
                if *min == 0 {
                    todo.push(at + 1);
                }
            }
            Step::Either(other) => todo.extend([at + 1, *other]),
            Step::Jump(to) => todo.push(*to),
            Step::End | Step::Match => {}
            Step::Start | Step::Word(_) | Step::Open(_) | Step::Close(_) => todo.push(at + 1),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    const PLAIN: [&str; 36] = [
        "^(?<n>[0-9]+)\t(?<w>[a-z]*) x$",
        "^ *(?<a>[0-9]+) +(?<b>\\S+)(?: ms)?$",
        "^(?:a|b)(?<n>[0-9]{2,3})",
        "^(?<a>a)?(?<b>b)?(?<c>c)?$",
        "^a$",
        "^",
        "^$",
        "^[^ :]+:? *$",
        "^(?<x>\\S+) (?<y>\\S+)$",
        "^(?:(?<p>a)|(?<q>b))c",
        "^a{0}b",
        "^(?i)a(?<n>[0-9]?)x",
        "^(a|ab)(c|bcd)$",
        "^(?:a $|b)",
        "^(.*)a",
        "^(\\S.*)x(a|b)?$",
        "^[0-9]+[0-9]",
        "^([ab]+)(b|ab)(x?)",
        "^(.*)(c|d)",
        "^(.*)( |\t)(.*)$",
        "^a+(?:b?a)",
        "^(a?b?c?)(d|e|f)(g|h)?x$|^a?a",
        "^([^ ]*)\u{e9}(.?)",
        "^(\\w+)\\W*(\\w{2,3})",
        "^[^a](.*)[^ ]$",
        "^((a)|b)*?",
        "^(?:(a+)(b)|(a+)(x))",
        "^(.*):(.*):",
        "^((?:a|(b))?)(ab|b)x?",
        "^[\u{e8}-\u{ea}]+",
        "^(.{1,3})(.{0,2})x",
        "^(\\S+?)a",
        "^ ?(\\S.*?) *: *([0-9]*?)(b.*?)?$",
        "^(a*?)(b*?)",
        "^(.{1,3}?)(.{2,}?)( |x|$)",
        "^([^\u{e9}]*?)\u{e9}",
    ];

    fn plan(regex: &str) -> Option<Plan> {
        Plan::of(&regex_syntax::parse(regex).unwrap())
    }

    #[test]
    fn what_is_no_step_is_not_plain() {
        for regex in PLAIN {
            assert_eq!(plan(regex).is_some(), !regex.ends_with("*?"), "{regex}");
        }
        for regex in ["a", "^(ab)??a", "^(ab)+", "^\\ba", "(?m)^a", "a|^b"] {
            assert!(plan(regex).is_none(), "{regex}");
        }
    }

    #[test]
    fn what_takes_too_long_is_left_to_the_engine() {
        let text = "a".repeat(10_000);
        let three = plan("^(.*)(.*)(.*)[bc]x").unwrap();
        assert_eq!(three.matches(&format!("x{text}"), &mut [], &mut Room::default()), None);
        assert_eq!(three.matches(&text, &mut [], &mut Room::default()), Some(false), "there is no x");
        assert_eq!(plan("^(.*)a(b?)").unwrap().matches(&text, &mut [], &mut Room::default()), Some(true));
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(1024))]
        #[test]
        fn it_matches_as_the_regex_does(
            text in "[ab019x :\t]{0,7}|[a-dx]{0,5}|[0-9]{1,2}\t[a-z]{0,2} x| ?[0-9] [a-z]( ms)?|[ab :\u{e9}\u{20ac}x]{0,6}|[abx]{0,6}"
        ) {
            static BOTH: LazyLock<Vec<(&str, regex::Regex, Plan)>> = LazyLock::new(|| {
                let both = |regex| Some((regex, regex::Regex::new(regex).unwrap(), plan(regex)?));
                PLAIN.into_iter().filter_map(both).collect()
            });
            let mut room = Room::default();
            for (regex, engine, plan) in &*BOTH {
                let mut places = vec![NOWHERE; engine.captures_len()];
                let found = plan.matches(&text, &mut places, &mut room);
                let expected = engine.captures(&text);
                proptest::prop_assert_eq!(found, Some(expected.is_some()), "{} {:?}", regex, text);
                let Some(expected) = expected else { continue };
                let expected: Vec<Place> = expected.iter().map(|m| m.map_or(NOWHERE, |m| (m.start(), m.end()))).collect();
                proptest::prop_assert_eq!(&places, &expected, "{} {:?}", regex, text);
            }
        }
    }
}
