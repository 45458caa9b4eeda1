use prill_testkit::Match;

/// What came out over some cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) cases: usize,
    pub(super) expected: usize,
    pub(super) value: usize,
    pub(super) unit: usize,
    pub(super) polarity: usize,
    pub(super) place: usize,
    /// Right in all of it.
    pub(super) whole: usize,
    /// Metrics of cases that have none.
    pub(super) invented: usize,
    /// Breaches of what holds for every extraction.
    pub(super) broken: usize,
    pub(super) auto_right: usize,
    pub(super) auto_wrong: usize,
    /// The cases that the text alone leaves open and the command decides.
    pub(super) ties: Vec<String>,
}

impl Tally {
    pub(super) fn count(&mut self, matches: &[Match<'_>]) {
        for m in matches {
            self.expected += 1;
            self.value += usize::from(m.value);
            self.unit += usize::from(m.unit);
            self.polarity += usize::from(m.polarity);
            self.place += usize::from(m.place);
            self.whole += usize::from(m.is_whole());
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.expected += other.expected;
        self.value += other.value;
        self.unit += other.unit;
        self.polarity += other.polarity;
        self.place += other.place;
        self.whole += other.whole;
        self.invented += other.invented;
        self.broken += other.broken;
        self.auto_right += other.auto_right;
        self.auto_wrong += other.auto_wrong;
        self.ties.extend_from_slice(&other.ties);
    }

    /// Whether anything is missing or wrong.
    pub(super) fn is_short(&self) -> bool {
        self.whole < self.expected || self.invented > 0 || self.broken > 0 || self.auto_wrong > 0
    }
}
