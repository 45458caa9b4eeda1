use prill_scan::Text;

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

impl ExtractError {
    /// What an extractor says when it has read all lines of `text`: whether anything of the format was `known` in it, and whether
    /// the format is `cut` off at its end.
    ///
    /// # Errors
    /// [`ExtractError::Truncated`] where it is cut, and else [`ExtractError::NotFound`] where nothing is known.
    pub fn at_end(text: &Text<'_>, known: bool, cut: bool) -> Result<(), Self> {
        match (cut, known) {
            (true, _) => Err(Self::Truncated { at: text.end() }),
            (false, true) => Ok(()),
            (false, false) => Err(Self::NotFound),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_cut_is_said_to_be_whatever_is_known() {
        let text = Text::at(b"abc", 10);
        for known in [true, false] {
            assert_eq!(ExtractError::at_end(&text, known, true), Err(ExtractError::Truncated { at: 13 }));
        }
        assert_eq!(ExtractError::at_end(&text, true, false), Ok(()));
        assert_eq!(ExtractError::at_end(&text, false, false), Err(ExtractError::NotFound));
    }
}
