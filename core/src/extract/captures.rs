use std::borrow::Cow;

use prill_scan::Text;

use crate::metric::Stream;

/// A part of a stream that was captured without a gap.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// The bytes.
    pub bytes: Cow<'a, [u8]>,
    /// Where the first of them stands in the stream.
    pub offset: usize,
}

/// What was captured of one run: the pieces of each stream, and the command.
///
/// A stream has one piece, or two (head and tail) when the capture limit cut its middle; no extractor ever sees text that
/// joins the two.
#[derive(Clone, Debug, Default)]
pub struct Captures<'a> {
    streams: Vec<(Stream, Vec<Piece<'a>>)>,
    argv: Option<Cow<'a, [String]>>,
}

impl<'a> Captures<'a> {
    /// Nothing captured yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with a whole stream.
    #[must_use]
    pub fn with(self, stream: Stream, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        self.with_pieces(stream, vec![Piece { bytes: bytes.into(), offset: 0 }])
    }

    /// The same with a stream of which only pieces were kept.
    #[must_use]
    pub fn with_pieces(mut self, stream: Stream, pieces: Vec<Piece<'a>>) -> Self {
        self.streams.push((stream, pieces));
        self
    }

    /// The same with the command that printed it.
    #[must_use]
    pub fn with_argv(mut self, argv: impl Into<Cow<'a, [String]>>) -> Self {
        self.argv = Some(argv.into());
        self
    }

    /// Program and arguments, where they are known.
    #[must_use]
    pub fn argv(&self) -> Option<&[String]> {
        self.argv.as_deref()
    }

    /// The streams, in the order in which they were given.
    pub fn streams(&self) -> impl Iterator<Item = &Stream> {
        self.streams.iter().map(|(stream, _)| stream)
    }

    /// The pieces of `stream`; none when it was not captured.
    #[must_use]
    pub fn pieces(&self, stream: &Stream) -> &[Piece<'a>] {
        self.streams.iter().find(|(s, _)| s == stream).map_or(&[], |(_, pieces)| pieces)
    }

    /// True when nothing of `stream` was captured, or only nothing.
    #[must_use]
    pub fn is_empty(&self, stream: &Stream) -> bool {
        self.pieces(stream).iter().all(|p| p.bytes.is_empty())
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &Stream> {
        self.streams().filter(|s| matches!(s, Stream::File(_)))
    }
}

impl Piece<'_> {
    /// The text that an extractor sees of it.
    #[must_use]
    pub fn text(&self) -> Text<'_> {
        Text::at(&self.bytes, self.offset)
    }
}
