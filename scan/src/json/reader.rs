use super::find::{Finder, Opener, Rank, Survey};
use super::leads::Leads;
use super::parser::{End, Parser};
use super::problem::Problems;
use super::{Event, Kind};
use crate::Span;

/// Reads the document in a text, event by event, in one pass where that is possible.
///
/// The first bracket that looks like a document is delivered at once, before anyone knows whether it is the right one. In the
/// end [`finish`](Self::finish) says so, or hands out a second reader, because a key came twice, the document turned out to be
/// something else, or a later one counts:
///
/// ```
/// use prill_scan::json::{Finish, Reader};
///
/// let text = "[12] starting {fast}\n{\"iops\": 5, \"iops\": 7}\n";
/// let mut numbers = Vec::new();
/// let mut reader = Reader::new(text);
/// let outcome = loop {
///     while let Some(event) = reader.next_event() {
///         numbers.extend(event.number().map(|number| number.value()));
///     }
///     match reader.finish() {
///         Finish::Done(outcome) => break outcome,
///         Finish::Again(second) => {
///             numbers.clear();
///             reader = *second;
///         }
///     }
/// };
/// assert_eq!(numbers, [7.0]);
/// assert_eq!(outcome.problems.iter().count(), 1);
/// ```
///
/// A document that is cut or broken ends without the closing brackets it lacks.
pub struct Reader<'t> {
    parser: Parser<'t>,
    /// The start of the next key that is to be left out with its value.
    skip: usize,
    /// Those after it, the next one last.
    skips: Vec<usize>,
    pass: Pass<'t>,
}

enum Pass<'t> {
    /// Nobody knows as yet whether `current` is the document.
    First { current: Option<Opener>, finder: Finder<'t>, survey: Survey },
    /// All is known.
    Second(Outcome),
}

/// What [`Reader::finish`] says about the events that were delivered.
pub enum Finish<'t> {
    /// They are the document.
    Done(Outcome),
    /// Forget them, and take those of this reader.
    Again(Box<Reader<'t>>),
}

/// What was found in a text.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Where the document is, up to where it could be read; `None` without one.
    pub document: Option<Span>,
    /// How it ends.
    pub end: End,
    /// What the caller has to be told.
    pub problems: Problems,
}

/// No key starts there.
const NEVER: usize = usize::MAX - 1;

impl<'t> Reader<'t> {
    /// A reader of the one document in `text`; [`json`](super) says which that is when there are several.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut finder = Finder::new(text);
        let mut survey = Survey::default();
        let mut leads = Leads::default();
        while let Some(opener) = finder.next() {
            let parser = Parser::new(text, opener.at, leads);
            if opener.is_likely(text) {
                return Self::first(parser, Some(opener), finder, survey);
            }
            leads = survey.read(&mut finder, opener, parser);
        }
        Self::first(Parser::done(text), None, finder, survey)
    }

    /// A reader of the document whose bracket is at `start`, whatever else there is; see [`documents`](super::documents).
    #[must_use]
    pub fn at(text: &'t str, start: usize) -> Self {
        let opener = Opener::at(start);
        Self::first(Parser::new(text, start, Leads::default()), Some(opener), Finder::none(text), Survey::default())
    }

    /// Whether the events that were delivered count, and what there is to say about the text.
    #[must_use]
    pub fn finish(mut self) -> Finish<'t> {
        while self.next_event().is_some() {}
        let (current, mut finder, mut survey) = match self.pass {
            Pass::Second(outcome) => return Finish::Done(outcome),
            Pass::First { current, finder, survey } => (current, finder, survey),
        };
        let text = self.parser.text;
        let mut leads = Leads::default();
        if let Some(opener) = current {
            leads = survey.read(&mut finder, opener, self.parser);
        }
        while let Some(opener) = finder.next() {
            leads = survey.read(&mut finder, opener, Parser::new(text, opener.at, leads));
        }
        let start = survey.best.map(|best| best.span.start);
        let stands = start == current.map(|opener| opener.at) && survey.losers.is_empty();
        let mut skips = std::mem::take(&mut survey.losers);
        let outcome = survey.outcome();
        if stands {
            return Finish::Done(outcome);
        }
        skips.sort_unstable_by(|a, b| b.cmp(a));
        let parser = start.map_or_else(|| Parser::done(text), |start| Parser::new(text, start, leads));
        let skip = skips.pop().unwrap_or(NEVER);
        Finish::Again(Box::new(Self { parser, skip, skips, pass: Pass::Second(outcome) }))
    }

    /// The next value, or the end of an array or object; it stays until the next call.
    #[inline(always)]
    pub fn next_event(&mut self) -> Option<&Event<'t>> {
        let more = self.parser.next() && (self.parser.event.key.start != self.skip || self.skip_members());
        more.then_some(&self.parser.event)
    }

    fn first(parser: Parser<'t>, current: Option<Opener>, finder: Finder<'t>, survey: Survey) -> Self {
        Self { parser, skip: NEVER, skips: Vec::new(), pass: Pass::First { current, finder, survey } }
    }

    /// Leaves out the member that was just begun, and all that follow and are to be left out too.
    #[cold]
    fn skip_members(&mut self) -> bool {
        while self.parser.event.key.start == self.skip {
            let mut depth = 0usize;
            loop {
                match self.parser.event.kind {
                    Kind::Object | Kind::Array => depth += 1,
                    Kind::ObjectEnd | Kind::ArrayEnd => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
                if !self.parser.next() {
                    return false;
                }
            }
            while self.skip < self.parser.event.span.end {
                self.skip = self.skips.pop().unwrap_or(NEVER);
            }
            if !self.parser.next() {
                return false;
            }
        }
        true
    }
}

impl Survey {
    /// Reads a candidate to its end; gives back its lead-ins.
    fn read<'t>(&mut self, finder: &mut Finder<'t>, opener: Opener, mut parser: Parser<'t>) -> Leads {
        while parser.next() {}
        let candidate = finder.judge(opener, &parser);
        let leads = std::mem::take(&mut parser.leads);
        self.add(candidate, parser);
        leads
    }

    fn outcome(self) -> Outcome {
        let document = self.best.map(|best| best.span);
        let end = self.best.map_or(End::Whole, |best| best.end);
        Outcome { document, end, problems: self.into_problems() }
    }
}

/// Where the documents in `text` are, and how each of them ends, in the order of the text. See [`Reader::at`].
///
/// Noise and pieces of documents are not among them.
#[must_use]
pub fn documents(text: &str) -> Vec<(Span, End)> {
    let mut finder = Finder::new(text);
    let mut leads = Leads::default();
    let mut found = Vec::new();
    while let Some(opener) = finder.next() {
        let mut parser = Parser::new(text, opener.at, leads);
        while parser.next() {}
        let candidate = finder.judge(opener, &parser);
        leads = parser.leads;
        if candidate.rank > Rank::Fragment {
            found.push((candidate.span, candidate.end));
        }
    }
    found
}
