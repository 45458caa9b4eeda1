use prill_core::Unit;
use prill_core::metric::Human;

use super::facts::Claim;
use super::sections::Label;
use crate::table::{better, braced};

impl<'a> Claim<'a> {
    /// The labels of the metric, `known` left out, as a selector takes them.
    pub(super) fn labels(&self, known: &[Label<'_>]) -> String {
        braced(self.metric.labels().iter().filter(|label| !known.contains(label)))
    }

    /// What the number means: `15.98 ms`, `314 {sample}`, `0.98 (ratio)`.
    fn value(&self) -> String {
        let (value, unit) = (self.metric.value(), self.metric.unit());
        let code = unit.map(Unit::code);
        match code {
            None => format!("{} (no unit)", Human::new(value, None)),
            Some("1") => format!("{} (ratio)", Human::new(value, unit)),
            // What is counted is the one thing about such a number that the reader does not see.
            Some(code) if code.starts_with('{') => format!("{} {code}", Human::new(value, None)),
            Some(_) => Human::new(value, unit).to_string(),
        }
    }

    /// What there is to say beyond name, value and unit: which direction is better, and whether it was computed.
    fn remark(&self) -> String {
        let arrow = better(self.metric.polarity());
        if self.metric.is_derived() { format!("{arrow} (derived)").trim_start().to_owned() } else { arrow.into_owned() }
    }

    /// Value and remark, as they are said of the first of several numbers that a metric came from.
    pub(super) fn said(&self) -> (String, String) {
        if self.part { (String::new(), "(derived from this too)".to_owned()) } else { (self.value(), self.remark()) }
    }

    /// The name of the metric, its labels left out.
    pub(super) fn name(&self) -> &'a str {
        self.metric.name()
    }
}
