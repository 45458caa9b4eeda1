use super::{Captures, Extraction, Extractor, IgnoredList, Sniff, Streams};
use crate::diagnostic::{Diagnostic, code};
use crate::extract::{OutputFormat, run};
use crate::metric::{MetricHint, MetricTable, Stream};
use crate::registry::Registry;

/// A format that recognises a text, and how surely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name of the format.
    pub format: String,
    /// The stream in which it saw its own.
    pub stream: Stream,
    /// How sure it is.
    pub sniff: Sniff,
}

/// The formats that recognise the captured text, the surest first, then by name.
#[must_use]
pub fn recognise(registry: &Registry, captures: &Captures<'_>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = registry.iter().filter_map(|format| candidate(format, captures)).collect();
    found.sort_by(|a, b| b.sniff.cmp(&a.sniff).then_with(|| a.format.cmp(&b.format)));
    found
}

/// Runs the format that recognises the captured text best. A tie, or no format at all, gives no metrics and says so.
#[must_use]
pub fn auto(registry: &Registry, captures: &Captures<'_>, hints: &[MetricHint]) -> Extraction {
    let candidates = recognise(registry, captures);
    let best = candidates.first().map(|c| c.sniff);
    let tied: Vec<&Candidate> = candidates.iter().filter(|c| Some(c.sniff) == best).collect();
    match tied.as_slice() {
        [] => unrecognised(Diagnostic::error(code::NO_METRICS, "no linked format recognises the output: name one with --as")),
        [one] => match registry.get(&one.format) {
            Ok(extractor) => run(extractor, captures, hints),
            Err(e) => unrecognised(Diagnostic::error(code::NO_METRICS, e.to_string())),
        },
        several => {
            let names: Vec<&str> = several.iter().map(|c| c.format.as_str()).collect();
            let message = format!("{} recognise the output equally well: name one with --as", names.join(" and "));
            unrecognised(Diagnostic::error(code::TIE, message))
        }
    }
}

fn candidate(format: &dyn Extractor, captures: &Captures<'_>) -> Option<Candidate> {
    let streams: &[Stream] = match format.streams() {
        Streams::Stdout => &[Stream::Stdout],
        Streams::Stderr => &[Stream::Stderr],
        Streams::StdoutThenStderr | Streams::Each => &[Stream::Stdout, Stream::Stderr],
    };
    let sniffed =
        captures.files().chain(streams).flat_map(|s| captures.pieces(s).iter().map(move |p| (s, format.sniff(&p.text()))));
    // On a draw the first stream counts, as it does when the format reads them.
    let (stream, sniff) = sniffed.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    (sniff > Sniff::No).then(|| Candidate { format: format.name().to_owned(), stream: stream.clone(), sniff })
}

fn unrecognised(diagnostic: Diagnostic) -> Extraction {
    Extraction {
        format: OutputFormat::AUTO.name().to_owned(),
        stream: None,
        metrics: MetricTable::default(),
        diagnostics: vec![diagnostic],
        ignored: IgnoredList::default(),
    }
}
