use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// A plain regex, taken apart: the ways in which it may match, in the order in which it prefers them.
///
/// The regexes of formats are words that are always there, and between them runs of characters which what follows the run does
/// not start with. Such a run ends where its characters end, so that matching is one pass without a choice, which takes a
/// fraction of the time of a regex engine. What is not plain is left to the engine, and so is a text that is not ASCII.
#[derive(Debug)]
pub(crate) struct Plan(Vec<Vec<Step>>);

#[derive(Clone, Debug)]
enum Step {
    Start,
    End,
    Word(Box<[u8]>),
    Run(Run),
    Open(usize),
    Close(usize),
}

#[derive(Clone, Copy, Debug)]
struct Run {
    bytes: u128,
    min: usize,
    max: usize,
}

/// Where a group matched; [`NOWHERE`] when it took no part.
pub(crate) type Place = (usize, usize);
pub(crate) const NOWHERE: Place = (usize::MAX, usize::MAX);

/// The most ways: four parts that may be there or not have sixteen.
const MOST: usize = 16;

impl Plan {
    /// `None` for a regex that is not plain.
    pub(crate) fn of(hir: &Hir) -> Option<Self> {
        if !hir.properties().look_set_prefix().contains(Look::Start) {
            return None;
        }
        let ways = ways(hir)?;
        ways.iter().all(|way| is_without_choice(way)).then_some(Self(ways))
    }

    /// Whether `text`, which is ASCII, matches. Then `places` has the place of each group for which there is room in it.
    pub(crate) fn matches(&self, text: &str, places: &mut [Place]) -> bool {
        self.0.iter().any(|way| {
            places.fill(NOWHERE);
            follow(way, text.as_bytes(), places)
        })
    }
}

fn follow(way: &[Step], text: &[u8], places: &mut [Place]) -> bool {
    let mut at = 0;
    for step in way {
        match step {
            Step::Start if at == 0 => {}
            Step::End if at == text.len() => {}
            Step::Start | Step::End => return false,
            Step::Word(word) => {
                if !text[at..].starts_with(word) {
                    return false;
                }
                at += word.len();
            }
            Step::Run(run) => {
                let rest = &text[at..];
                let len = rest.iter().take(run.max).take_while(|byte| run.bytes >> (**byte & 127) & 1 != 0).count();
                if len < run.min {
                    return false;
                }
                at += len;
            }
            Step::Open(group) => set(places, *group, |place| place.0 = at),
            Step::Close(group) => set(places, *group, |place| place.1 = at),
        }
    }
    set(places, 0, |place| *place = (0, at));
    true
}

#[inline]
fn set(places: &mut [Place], group: usize, to: impl FnOnce(&mut Place)) {
    if let Some(place) = places.get_mut(group) {
        to(place);
    }
}

fn ways(hir: &Hir) -> Option<Vec<Vec<Step>>> {
    let one = |step| Some(vec![vec![step]]);
    match hir.kind() {
        HirKind::Empty => Some(vec![vec![]]),
        HirKind::Look(Look::Start) => one(Step::Start),
        HirKind::Look(Look::End) => one(Step::End),
        HirKind::Look(_) => None,
        HirKind::Literal(literal) => one(Step::Word(literal.0.clone())),
        HirKind::Class(_) => one(Step::Run(Run { bytes: single(hir)?, min: 1, max: 1 })),
        HirKind::Capture(capture) => {
            let group = usize::try_from(capture.index).ok()?;
            let inner = ways(&capture.sub)?.into_iter();
            Some(inner.map(|way| [vec![Step::Open(group)], way, vec![Step::Close(group)]].concat()).collect())
        }
        HirKind::Repetition(repeated) => {
            let size = |count: u32| usize::try_from(count).ok();
            let max = repeated.max.map_or(Some(usize::MAX), size)?;
            match single(&repeated.sub) {
                _ if !repeated.greedy => None,
                Some(bytes) => one(Step::Run(Run { bytes, min: size(repeated.min)?, max })),
                None if (repeated.min, max) == (0, 1) => {
                    let mut all = ways(&repeated.sub)?;
                    all.push(vec![]);
                    Some(all)
                }
                None => None,
            }
        }
        HirKind::Concat(parts) => {
            let mut all = vec![vec![]];
            for part in parts {
                let next = ways(part)?;
                all = all.iter().flat_map(|way| next.iter().map(|part| [&way[..], part].concat())).take(MOST + 1).collect();
                if all.len() > MOST {
                    return None;
                }
            }
            Some(all)
        }
        HirKind::Alternation(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(ways(part)?);
            }
            (all.len() <= MOST).then_some(all)
        }
    }
}

/// The ASCII characters of what matches one character; `None` for anything else.
fn single(hir: &Hir) -> Option<u128> {
    let range = |first: u32, last: u32| (first..=last.min(127)).fold(0u128, |set, byte| set | 1 << byte);
    match hir.kind() {
        HirKind::Literal(literal) if literal.0.len() == 1 => Some(range(u32::from(literal.0[0]), u32::from(literal.0[0]))),
        HirKind::Class(Class::Unicode(class)) => {
            Some(class.iter().fold(0, |set, r| set | range(u32::from(r.start()), u32::from(r.end()))))
        }
        HirKind::Class(Class::Bytes(class)) => {
            Some(class.iter().fold(0, |set, r| set | range(u32::from(r.start()), u32::from(r.end()))))
        }
        _ => None,
    }
}

/// Whether no run of the way has to end before its characters do.
fn is_without_choice(way: &[Step]) -> bool {
    way.iter().enumerate().all(|(at, step)| match step {
        Step::Run(run) if run.min != run.max => run.bytes & starts(&way[at + 1..]) == 0,
        _ => true,
    })
}

/// What a text may start with that goes this way.
fn starts(way: &[Step]) -> u128 {
    let mut all = 0;
    for step in way {
        match step {
            Step::Word(word) => match word.first() {
                Some(byte) => return all | if byte.is_ascii() { 1 << byte } else { 0 },
                None => continue,
            },
            Step::Run(run) => {
                all |= run.bytes;
                if run.min > 0 {
                    return all;
                }
            }
            Step::End => return all,
            Step::Start | Step::Open(_) | Step::Close(_) => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: [&str; 14] = [
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
    ];

    fn plan(regex: &str) -> Option<Plan> {
        Plan::of(&regex_syntax::parse(regex).unwrap())
    }

    #[test]
    fn what_has_a_choice_is_not_plain() {
        for regex in PLAIN {
            assert!(plan(regex).is_some(), "{regex}");
        }
        for regex in
            ["a", "^.*a", "^[0-9]+[0-9]", "^\\S+?a", "^(ab)+", "^\\ba", "^a+(?:b?a)", "(?m)^a", "^(a?b?c?)(d|e|f)(g|h)?x$|^a?a"]
        {
            assert!(plan(regex).is_none(), "{regex}");
        }
    }

    proptest::proptest! {
        #[test]
        fn it_matches_as_the_regex_does(text in "[ab019x :\t]{0,7}|[a-dx]{0,4}|[0-9]{1,2}\t[a-z]{0,2} x| ?[0-9] [a-z]( ms)?") {
            for regex in PLAIN {
                let engine = regex::Regex::new(regex).unwrap();
                let mut places = vec![NOWHERE; engine.captures_len()];
                let found = plan(regex).unwrap().matches(&text, &mut places);
                let expected = engine.captures(&text);
                proptest::prop_assert_eq!(found, expected.is_some(), "{} {:?}", regex, text);
                let Some(expected) = expected else { continue };
                let expected: Vec<Place> = expected.iter().map(|m| m.map_or(NOWHERE, |m| (m.start(), m.end()))).collect();
                proptest::prop_assert_eq!(&places, &expected, "{} {:?}", regex, text);
            }
        }
    }
}
