use std::fmt;

/// What every format is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guarantee {
    /// There are recorded outputs, and one of each kind that is hard.
    Samples,
    /// The numbers that were read by hand are found, and none where there is none.
    Values,
    /// Each metric's number stands at its span, whole.
    Places,
    /// Each metric has the unit and the direction of its quantity.
    Words,
    /// Names follow the grammar, labels are sorted, identities are unique.
    Names,
    /// Each number is a metric or ignored for a reason.
    Covered,
    /// The format recognises its own outputs.
    Own,
    /// It does not claim those of other tools, and finds no number in them.
    Foreign,
    /// No output that ends too early breaks it or gives half a number.
    Prefixes,
    /// No lost byte breaks it.
    LostBytes,
    /// CRLF line ends change nothing.
    LineEnds,
    /// Terminal colours change nothing.
    Colours,
    /// Bytes that are no UTF-8 change nothing.
    BadBytes,
    /// Of two runs in one output nothing is dropped in silence.
    Twice,
    /// The metrics are those that were reviewed.
    Snapshots,
}

impl Guarantee {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Samples,
        Self::Values,
        Self::Places,
        Self::Words,
        Self::Names,
        Self::Covered,
        Self::Own,
        Self::Foreign,
        Self::Prefixes,
        Self::LostBytes,
        Self::LineEnds,
        Self::Colours,
        Self::BadBytes,
        Self::Twice,
        Self::Snapshots,
    ];
}

impl fmt::Display for Guarantee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Samples => "there are recorded outputs, and one of each kind that is hard",
            Self::Values => "the numbers that were read by hand are found, and none where there is none",
            Self::Places => "each metric's number stands at its span, whole",
            Self::Words => "each metric has the unit and the direction of its quantity",
            Self::Names => "names follow the grammar, labels are sorted, identities are unique",
            Self::Covered => "each number is a metric or ignored for a reason",
            Self::Own => "its own outputs are recognised",
            Self::Foreign => "the outputs of other tools are not claimed",
            Self::Prefixes => "an output that ends too early breaks nothing and gives no half number",
            Self::LostBytes => "a lost byte breaks nothing",
            Self::LineEnds => "CRLF line ends change nothing but the places",
            Self::Colours => "terminal colours change nothing but the places",
            Self::BadBytes => "bytes that are no UTF-8 change nothing but the places",
            Self::Twice => "of two runs in one output nothing is dropped in silence",
            Self::Snapshots => "the metrics are those that were reviewed",
        })
    }
}
