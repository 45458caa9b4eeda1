use prill_scan::Unit;

use super::Polarity;

/// What a payload declares of a metric that its format cannot know: the unit, the direction, or both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricHint {
    /// The name of the metrics that it is about, whatever their labels.
    pub name: &'static str,
    /// The base unit of the value as extracted; `None` leaves what the format said.
    pub unit: Option<Unit>,
    /// The direction; `None` leaves what the format said.
    pub polarity: Option<Polarity>,
}

impl MetricHint {
    /// A hint of both.
    #[must_use]
    pub const fn new(name: &'static str, unit: Unit, polarity: Polarity) -> Self {
        Self { name, unit: Some(unit), polarity: Some(polarity) }
    }
}
