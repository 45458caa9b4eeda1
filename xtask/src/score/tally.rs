use prill_core::Coverage;
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
    /// Numbers that are printed in the streams that were read.
    pub(super) numbers: usize,
    /// Those of them that are metrics, or ignored for a reason.
    pub(super) explained: usize,
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

    pub(super) fn cover(&mut self, coverage: &Coverage) {
        self.numbers += coverage.numbers().len();
        self.explained += coverage.explained();
    }

    /// The part of the numbers that is explained, in percent, rounded down: 100 says that all are.
    pub(super) fn coverage(&self) -> String {
        match (self.explained * 1000).checked_div(self.numbers) {
            Some(1000) => "100 %".to_owned(),
            Some(tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
            None => "-".to_owned(),
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
        self.numbers += other.numbers;
        self.explained += other.explained;
        self.auto_right += other.auto_right;
        self.auto_wrong += other.auto_wrong;
        self.ties.extend_from_slice(&other.ties);
    }

    /// Whether anything is missing or wrong.
    pub(super) fn is_short(&self) -> bool {
        self.whole < self.expected || self.invented > 0 || self.broken > 0 || self.auto_wrong > 0
    }
}
