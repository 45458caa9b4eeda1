use std::borrow::Cow;

use prill_core::Printed;
use prill_core::scan::unit;

use crate::counter::Counter;

/// A row of a report. Numbers are slices of the text.
#[derive(Clone, Debug)]
pub(crate) struct Row<'t> {
    /// As printed, with the suffix of an aggregate.
    pub(crate) name: Cow<'t, str>,
    /// Benchmark and aggregate, where the report has them apart.
    pub(crate) run: Option<Run<'t>>,
    pub(crate) columns: Columns<'t>,
    /// Whether the times have as many decimals as are printed, trailing zeros too.
    pub(crate) is_fixed: bool,
    pub(crate) real: Option<&'t str>,
    pub(crate) cpu: Option<&'t str>,
    pub(crate) iterations: Option<&'t str>,
    pub(crate) counters: Vec<Counter<'t>>,
}

/// What the JSON report says a row is of.
#[derive(Clone, Debug)]
pub(crate) struct Run<'t> {
    pub(crate) name: Cow<'t, str>,
    pub(crate) aggregate: Option<Cow<'t, str>>,
    /// Counted from 0; only where there are several.
    pub(crate) repetition: Option<usize>,
}

/// What the two columns of time hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Columns<'t> {
    /// Times in this unit.
    Time(Printed),
    /// The coefficient of variation.
    Ratio(Printed),
    /// The coefficient of this curve, in nanoseconds whatever the unit of the benchmark is.
    Coefficient(&'t str),
    /// How far the times are off the curve, as a ratio of their mean.
    Error(Printed),
    /// Numbers that the reporter got wrong.
    Wrong(&'static str),
}

/// The unit of a column of time.
pub(crate) fn time_unit(word: &str) -> Option<Printed> {
    Some(match word {
        "ns" => unit::NS,
        "us" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        _ => return None,
    })
}

/// True for what `GetBigOString` of `complexity.cc` prints.
pub(crate) fn is_curve(word: &str) -> bool {
    ["N", "N^2", "N^3", "lgN", "NlgN", "(1)", "f(N)"].contains(&word)
}
