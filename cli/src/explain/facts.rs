use prill_core::coverage::{Coverage, Fate, find};
use prill_core::{Diagnostic, Extraction, Metric, Span, Stream, Text};

/// What is known of the bytes of one stream, in the order of the bytes.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    tokens: Vec<Token<'a>>,
    said: Vec<Said<'a>>,
}

/// A number as it is printed. Tokens do not overlap.
#[derive(Debug)]
pub(super) struct Token<'a> {
    pub(super) span: Span,
    pub(super) known: Known<'a>,
}

/// What became of a number.
#[derive(Debug)]
pub(super) enum Known<'a> {
    /// It is a metric, or several.
    Claimed(Vec<Claim<'a>>),
    /// It is no metric on purpose, and this is why.
    Ignored(&'static str),
    /// Nobody said anything about it.
    Unexplained,
    /// Nobody was asked: the format does not read this stream.
    Foreign,
}

/// A metric that a number became.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim<'a> {
    pub(super) metric: Metric<'a>,
    /// The second or a further number that a derived metric was computed from.
    pub(super) part: bool,
}

/// A diagnostic with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    pub(super) span: Span,
    pub(super) diagnostic: &'a Diagnostic,
}

impl<'a> Facts<'a> {
    /// What is known of `stream`, whose text is `text`; `read` says whether the format reads it.
    pub(super) fn of(extraction: &'a Extraction, coverage: &Coverage, stream: &Stream, read: bool, text: &Text<'_>) -> Self {
        let mut tokens = claimed(extraction, stream);
        if read {
            let others = coverage.numbers().iter().filter(|number| number.stream == *stream);
            tokens.extend(others.filter_map(|number| {
                let known = match number.fate {
                    Fate::Claimed => return None,
                    Fate::Ignored(why) => Known::Ignored(why),
                    Fate::Unexplained => Known::Unexplained,
                };
                Some(Token { span: number.span, known })
            }));
        } else {
            tokens.extend(find(text.as_str()).map(|span| Token { span, known: Known::Foreign }));
        }
        tokens.sort_by_key(|token| token.span);
        let about = extraction.diagnostics.iter().filter(|d| d.stream.as_ref() == Some(stream));
        let mut said: Vec<Said<'_>> = about.filter_map(|d| Some(Said { span: d.span?, diagnostic: d })).collect();
        said.sort_by_key(|said| said.span.start);
        Self { tokens, said }
    }

    /// The numbers that start in `[start, end)`.
    pub(super) fn tokens(&self, start: usize, end: usize) -> &[Token<'a>] {
        let at = |wanted| self.tokens.partition_point(|token| token.span.start < wanted);
        &self.tokens[at(start)..at(end)]
    }

    /// The diagnostics that start in `[start, end)`.
    pub(super) fn said(&self, start: usize, end: usize) -> &[Said<'a>] {
        let at = |wanted| self.said.partition_point(|said| said.span.start < wanted);
        &self.said[at(start)..at(end)]
    }
}

/// The numbers that metrics came from; one of which several were made is one token.
fn claimed<'a>(extraction: &'a Extraction, stream: &Stream) -> Vec<Token<'a>> {
    let mut claims: Vec<(Span, Claim<'a>)> = Vec::new();
    for metric in extraction.metrics.iter().filter(|m| m.stream() == stream) {
        claims.push((metric.span(), Claim { metric, part: false }));
        let parts = metric.spans().iter().filter(|span| **span != metric.span());
        claims.extend(parts.map(|span| (*span, Claim { metric, part: true })));
    }
    claims.sort_by_key(|(span, _)| *span);
    let mut tokens: Vec<Token<'a>> = Vec::new();
    for (span, claim) in claims {
        match tokens.last_mut() {
            Some(Token { span: last, known: Known::Claimed(claims) }) if span.start < last.end || span == *last => {
                last.end = last.end.max(span.end);
                claims.push(claim);
            }
            _ => tokens.push(Token { span, known: Known::Claimed(vec![claim]) }),
        }
    }
    tokens
}

impl<'a> Token<'a> {
    /// The metrics that it became.
    pub(super) fn claims(&self) -> &[Claim<'a>] {
        match &self.known {
            Known::Claimed(claims) => claims,
            _ => &[],
        }
    }
}
