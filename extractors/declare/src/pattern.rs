use std::ops::Range;
use std::sync::OnceLock;

use regex::{CaptureLocations, Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind};

use crate::error::{DeclareError, Source};
use crate::keys::Word;
use crate::needs;
use crate::plan::{NOWHERE, Place, Plan, Room};
use crate::starts::Starts;

/// A regex. It is parsed, and its engine compiled, where that is needed: most regexes are plain, and most formats are only asked
/// whether a text is theirs.
#[derive(Debug)]
pub(crate) struct Pattern {
    text: Box<str>,
    /// A word that is in every text that matches.
    needs: Range<usize>,
    engine: OnceLock<Regex>,
    parsed: OnceLock<Parsed>,
}

/// What a regex says of itself.
#[derive(Debug)]
struct Parsed {
    starts: Starts,
    plan: Option<Plan>,
    /// The names of the groups, by their numbers.
    groups: Vec<Option<Box<str>>>,
}

/// Room for the captures of a pattern, which serves one line after the other.
pub(crate) struct Places {
    engine: Option<CaptureLocations>,
    found: Vec<Place>,
    room: Room,
}

impl Pattern {
    fn new(text: &str, engine: OnceLock<Regex>) -> Self {
        Self { text: text.into(), needs: needs::word(text), engine, parsed: OnceLock::new() }
    }

    fn engine(&self) -> &Regex {
        // The test that the macro makes has compiled it, and so has whoever read a file.
        self.engine.get_or_init(|| build(&self.text).unwrap_or_else(|error| panic!("failed to compile {}: {error}", self.text)))
    }

    #[inline]
    fn parsed(&self) -> &Parsed {
        self.parsed.get_or_init(|| {
            let hir = regex_syntax::parse(&self.text).ok();
            let plan = hir.as_ref().and_then(Plan::of);
            let mut groups = vec![None];
            hir.iter().for_each(|hir| add_groups(hir, &mut groups));
            Parsed { starts: hir.map_or(Starts::ANY, |hir| Starts::of(&hir)), plan, groups }
        })
    }

    /// The regex as it was written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// A word that is in every text that matches; the empty one where none is known. To look for it needs nothing to be parsed.
    pub(crate) fn needs(&self) -> &str {
        &self.text[self.needs.clone()]
    }

    #[inline]
    pub(crate) fn is_match(&self, text: &str) -> bool {
        let Parsed { starts, plan, .. } = self.parsed();
        let planned = || plan.as_ref()?.matches(text, &mut [], &mut Room::default());
        starts.allow(text) && planned().unwrap_or_else(|| self.engine().is_match(text))
    }

    /// Matches `text`.
    #[inline]
    pub(crate) fn captures<'t, 'p>(&self, text: &'t str, places: &'p mut Places) -> Option<Captures<'t, 'p>> {
        let Parsed { starts, plan, .. } = self.parsed();
        if !starts.allow(text) {
            return None;
        }
        match plan.as_ref().and_then(|plan| plan.matches(text, &mut places.found, &mut places.room)) {
            Some(matches) => matches.then_some(())?,
            None => {
                let engine = places.engine.get_or_insert_with(|| self.engine().capture_locations());
                self.engine().captures_read(engine, text)?;
                for (group, place) in places.found.iter_mut().enumerate() {
                    *place = engine.get(group).unwrap_or(NOWHERE);
                }
            }
        }
        Some(Captures { text, places: &places.found })
    }

    /// Room for the captures.
    pub(crate) fn places(&self) -> Places {
        Places { engine: None, found: vec![NOWHERE; self.parsed().groups.len()], room: Room::default() }
    }

    /// The named captures, by the number of the group.
    pub(crate) fn names(&self) -> impl Iterator<Item = (usize, &str)> {
        self.parsed().groups.iter().enumerate().filter_map(|(group, name)| Some((group, name.as_deref()?)))
    }

    /// The group called `name`.
    pub(crate) fn group(&self, name: &str) -> Option<usize> {
        self.names().find(|(_, n)| *n == name).map(|(group, _)| group)
    }
}

/// Adds the names of the groups in a part of a regex. They are numbered in the order in which they begin.
fn add_groups(hir: &Hir, groups: &mut Vec<Option<Box<str>>>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            // A group that is repeated no time is left out of what is parsed, and the engine has a number without a name for it.
            groups.resize(capture.index as usize, None);
            groups.push(capture.name.clone());
            add_groups(&capture.sub, groups);
        }
        HirKind::Repetition(repeated) => add_groups(&repeated.sub, groups),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().for_each(|part| add_groups(part, groups)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {}
    }
}

/// What the groups of a pattern matched.
#[derive(Clone, Copy)]
pub(crate) struct Captures<'t, 'p> {
    text: &'t str,
    places: &'p [Place],
}

impl<'t> Captures<'t, '_> {
    /// The text of a group; `None` when it took no part in the match.
    #[inline]
    pub(crate) fn get(&self, group: usize) -> Option<&'t str> {
        self.places.get(group).filter(|place| **place != NOWHERE).map(|(start, end)| &self.text[*start..*end])
    }

    /// The texts of all groups.
    pub(crate) fn all(&self) -> impl Iterator<Item = Option<&'t str>> {
        (0..self.places.len()).map(|group| self.get(group))
    }
}

/// The most memory that one regex may take when it is compiled, and as much again for the automaton that is built while it
/// matches. `\w` of all Unicode takes some tens of KiB.
pub(crate) const SIZE: usize = 256 << 10;
/// The longest regex, in bytes.
const LONGEST: usize = 2 << 10;
/// The most regexes of one format.
const MOST: usize = 128;

fn build(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(SIZE).dfa_size_limit(SIZE).nest_limit(50).build()
}

/// Compiles the regexes of one file, and counts them.
pub(crate) struct Patterns<'s> {
    source: Source<'s>,
    count: usize,
    /// They were compiled before, by a test.
    sound: bool,
}

impl<'s> Patterns<'s> {
    pub(crate) fn new(source: Source<'s>) -> Self {
        Self { source, count: 0, sound: false }
    }

    /// Of a file that is known to be sound: nothing is compiled before it is needed.
    pub(crate) fn sound(source: Source<'s>) -> Self {
        Self { source, count: 0, sound: true }
    }

    pub(crate) fn compile(&mut self, word: &Word) -> Result<Pattern, DeclareError> {
        let refuse = |cause: String, remedy: &str| Err(self.source.error(word.span.clone(), cause, remedy));
        self.count += 1;
        if self.count > MOST {
            return refuse(format!("there are more than {MOST} regexes"), "describe less, or write the format as code");
        }
        if word.text.len() > LONGEST {
            return refuse(format!("the regex has {} bytes; the limit is {LONGEST}", word.text.len()), "split it");
        }
        if self.sound {
            return Ok(Pattern::new(&word.text, OnceLock::new()));
        }
        match build(&word.text) {
            Ok(regex) => Ok(Pattern::new(&word.text, OnceLock::from(regex))),
            Err(regex::Error::CompiledTooBig(_)) => refuse(
                format!("the regex takes more than {} KiB of memory", SIZE >> 10),
                "use smaller counts and `[0-9]`, `[a-z]` in place of `\\d`, `\\w`",
            ),
            Err(error) => Err(self.explain(word, &error.to_string())),
        }
    }

    /// The library's message ends in `error: CAUSE`; before it stand the regex, and carets below it, four columns in.
    fn explain(&self, word: &Word, message: &str) -> DeclareError {
        let cause = message.lines().rev().find_map(|l| l.strip_prefix("error: ")).unwrap_or("it cannot be read");
        let caret = message.lines().find(|l| l.contains('^') && l.trim_matches([' ', '^']).is_empty());
        let raw = self.source.text.get(word.span.clone()).unwrap_or_default();
        let place = match (caret, raw.find(&word.text)) {
            (Some(caret), Some(quote)) if !word.text.contains('\n') => {
                let skip = caret.find('^').unwrap_or_default().saturating_sub(4);
                let width = caret.matches('^').count();
                let at = |chars: usize| word.text.char_indices().nth(chars).map_or(word.text.len(), |(at, _)| at);
                let from = word.span.start + quote;
                from + at(skip)..from + at(skip + width)
            }
            _ => word.span.clone(),
        };
        self.source.error(
            place,
            format!("the regex cannot be read: {cause}"),
            "see docs.rs/regex for the syntax; '...' in TOML needs no escapes",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_have_the_names_and_numbers_that_the_engine_gives_them() {
        for text in
            ["^a", "^(?<a>x(?<b>y)?)|(z)(?<c>(?:q)+)", "(?<a>x){0}(?<b>y)", "^(?<n>[0-9]{2,3}|(?<w>[a-z]*))$", "((a)|b)*?"]
        {
            let pattern = Pattern::new(text, OnceLock::new());
            let engine: Vec<Option<&str>> = pattern.engine().capture_names().collect();
            assert_eq!(pattern.parsed().groups.iter().map(Option::as_deref).collect::<Vec<_>>(), engine, "{text}");
        }
    }
}
