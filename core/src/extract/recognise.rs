use std::cmp::Reverse;
use std::fmt;

use prill_scan::Text;

use super::{Captures, Extractor, Sniff, Streams};
use crate::metric::Stream;
use crate::registry::Registry;

/// A format that recognises what was captured, and how it knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name of the format.
    pub format: String,
    /// The stream in which it saw its own.
    pub stream: Stream,
    /// How sure the text makes it.
    pub sniff: Sniff,
    /// Its tool wraps another: see [`Extractor::wraps`].
    pub wraps: bool,
    /// The word of the command that calls its tool, where the command is known.
    pub called: Option<usize>,
}

/// The formats that recognise what was captured, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognition {
    candidates: Vec<Candidate>,
}

impl Recognition {
    /// All of them; of two that are as good, the one whose name sorts first.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The best: one, none, or several that are tied.
    #[must_use]
    pub fn best(&self) -> &[Candidate] {
        let leading = self.candidates.first().map(Candidate::rank);
        let tied = self.candidates.iter().take_while(|c| Some(c.rank()) == leading).count();
        &self.candidates[..tied]
    }
}

/// Asks every format whether the captured text is its own.
///
/// Of two formats that are as sure, the one whose tool the command calls first is better; a format that does not know the text
/// counts when the command calls its tool. A tool that wraps another is the outer one, and so better than what it wraps as
/// soon as it is likely.
///
/// Of a long text the two ends are shown first: a tool begins with its mark, and one that wraps another ends with it. All of
/// the text is shown only when the ends do not settle it.
#[must_use]
pub fn recognise(registry: &Registry, captures: &Captures<'_>) -> Recognition {
    if let Some(ends) = Texts::ends(captures) {
        let recognition = ask(registry, &ends, captures);
        if recognition.is_settled() {
            return recognition;
        }
    }
    ask(registry, &Texts::of(captures), captures)
}

fn ask(registry: &Registry, texts: &Texts<'_>, captures: &Captures<'_>) -> Recognition {
    let mut candidates: Vec<Candidate> = registry.iter().filter_map(|format| candidate(format, texts, captures)).collect();
    candidates.sort_by(|a, b| a.rank().cmp(&b.rank()).then_with(|| a.format.cmp(&b.format)));
    Recognition { candidates }
}

impl Recognition {
    /// One is certain, and of no other tool but one that wraps another there is a mark.
    fn is_settled(&self) -> bool {
        let certain = |c: &&Candidate| c.sniff == Sniff::Certain;
        self.best().len() == 1
            && self.best().iter().all(|c| certain(&c))
            && self.candidates.iter().filter(|c| !c.wraps).filter(certain).count() <= 1
    }
}

impl Candidate {
    /// What sorts the better one first.
    fn rank(&self) -> impl Ord + use<> {
        let outer = self.wraps && self.sniff >= Sniff::Likely;
        (!outer, Reverse(self.sniff), self.called.unwrap_or(usize::MAX))
    }
}

/// `fio (certain by its stdout)`.
impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sure = match self.sniff {
            Sniff::No => "not recognised",
            Sniff::Possible => "possible",
            Sniff::Likely => "likely",
            Sniff::Certain => "certain",
        };
        write!(f, "{} ({sure} by its {}", self.format, self.stream)?;
        if self.wraps {
            f.write_str("; its tool runs another")?;
        }
        match self.called {
            Some(word) => write!(f, "; word {} of the command)", word + 1),
            None => f.write_str(")"),
        }
    }
}

/// How much of the beginning and of the end of a long text is shown first.
const END: usize = 4 << 10;

/// The texts of all pieces, made once for all formats.
struct Texts<'a>(Vec<(&'a Stream, Vec<Text<'a>>)>);

impl<'a> Texts<'a> {
    fn of(captures: &'a Captures<'_>) -> Self {
        Self::made(captures, |bytes| vec![bytes])
    }

    /// The beginning and the end of each; none where no text is long.
    fn ends(captures: &'a Captures<'_>) -> Option<Self> {
        let long = |bytes: &[u8]| bytes.len() > 4 * END;
        let any = captures.streams().any(|s| captures.pieces(s).iter().any(|p| long(&p.bytes)));
        any.then(|| {
            Self::made(captures, |bytes| if long(bytes) { vec![&bytes[..END], &bytes[bytes.len() - END..]] } else { vec![bytes] })
        })
    }

    fn made(captures: &'a Captures<'_>, parts: impl Fn(&'a [u8]) -> Vec<&'a [u8]>) -> Self {
        let texts = |s| captures.pieces(s).iter().flat_map(|p| parts(&p.bytes)).map(Text::new).collect();
        Self(captures.streams().map(|s| (s, texts(s))).collect())
    }

    /// The texts that a format with those streams reads, files first.
    fn read_by(&self, streams: Streams) -> impl Iterator<Item = (&'a Stream, &Text<'a>)> {
        let reads: &[Stream] = match streams {
            Streams::Stdout => &[Stream::Stdout],
            Streams::Stderr => &[Stream::Stderr],
            Streams::StdoutThenStderr | Streams::Each => &[Stream::Stdout, Stream::Stderr],
        };
        let files = self.0.iter().filter(|(s, _)| matches!(s, Stream::File(_)));
        let printed = reads.iter().filter_map(|wanted| self.0.iter().find(|(s, _)| *s == wanted));
        files.chain(printed).flat_map(|(s, texts)| texts.iter().map(move |t| (*s, t)))
    }
}

fn candidate(format: &dyn Extractor, texts: &Texts<'_>, captures: &Captures<'_>) -> Option<Candidate> {
    // An output of which nobody knows the stream stands for both, and is looked at once.
    let mut seen: Vec<*const u8> = Vec::new();
    let mut is_new = |text: &Text<'_>| {
        let at = text.raw().as_ptr();
        let new = text.raw().is_empty() || !seen.contains(&at);
        seen.push(at);
        new
    };
    let shown = texts.read_by(format.streams()).filter(|(_, text)| is_new(text));
    let sniffed = shown.map(|(stream, text)| (stream, format.sniff(text)));
    // On a draw the first stream counts, as it does when the format reads them.
    let (stream, sniff) = sniffed.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let called = captures.argv().and_then(|argv| format.called_by(argv));
    (sniff > Sniff::No || called.is_some()).then(|| Candidate {
        format: format.name().to_owned(),
        stream: stream.clone(),
        sniff,
        wraps: format.wraps(),
        called,
    })
}

#[cfg(test)]
mod tests;
