/// Why an extractor could not read a text to its end. What was complete before stays in the sink.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    /// The text has nothing of this format.
    #[error("find anything of this format in the text")]
    NotFound,
    /// The text breaks the format.
    #[error("read the text at byte {at}: expected {expected}")]
    Malformed {
        /// Bytes from the start of the stream.
        at: usize,
        /// What should have stood there.
        expected: String,
    },
    /// The text ends in the middle of the format.
    #[error("read the text to its end: it stops at byte {at}")]
    Truncated {
        /// Bytes from the start of the stream.
        at: usize,
    },
}
