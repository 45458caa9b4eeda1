//! A format as it is kept: what the TOML says, checked and compiled.

use prill_core::{Polarity, Printed, Sniff, Streams};

use crate::pattern::Pattern;
use crate::template::Template;

#[derive(Debug)]
pub(crate) struct Format {
    pub(crate) head: Head,
    pub(crate) marks: Vec<(Sniff, Pattern)>,
    pub(crate) units: Vec<(String, Printed)>,
    pub(crate) sections: Vec<Section>,
    pub(crate) lines: Vec<Row>,
    pub(crate) messages: Vec<Message>,
    pub(crate) ignored: Vec<Passed>,
}

/// What a format is asked for before a text is known to be its own.
#[derive(Debug)]
pub(crate) struct Top {
    pub(crate) head: Head,
    pub(crate) marks: Vec<(Sniff, Pattern)>,
}

/// What a list of formats shows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) name: String,
    pub(crate) summary: String,
    pub(crate) streams: Streams,
}

/// The lines from a header on.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) start: Pattern,
    pub(crate) end: Option<Pattern>,
    pub(crate) ignore: Vec<(usize, &'static str)>,
}

/// A line with metrics.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) regex: Pattern,
    pub(crate) section: Option<usize>,
    pub(crate) labels: Vec<(String, Template)>,
    pub(crate) repeat: Repeat,
    pub(crate) cells: Vec<Cell>,
    pub(crate) ignore: Vec<(usize, &'static str)>,
    pub(crate) no_samples: Vec<(usize, Pattern)>,
}

/// What a row means that comes again with the same labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Nothing is said: the sink tells them apart, and warns.
    Unsaid,
    /// Each is numbered from 1 under this label.
    Numbered(&'static str),
    /// The last one counts.
    Last,
}

/// A capture that is a metric.
#[derive(Debug)]
pub(crate) struct Cell {
    pub(crate) group: usize,
    pub(crate) name: Template,
    pub(crate) labels: Vec<(String, Template)>,
    pub(crate) unit: UnitOf,
    pub(crate) polarity: Polarity,
    pub(crate) resolution: Option<f64>,
    pub(crate) samples: Option<usize>,
    pub(crate) no_samples: Option<Pattern>,
}

/// Where the unit of a metric is said.
#[derive(Clone, Copy, Debug)]
pub(crate) enum UnitOf {
    Unknown,
    Always(Printed),
    Printed(usize),
}

/// A line that says something of the run.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) regex: Pattern,
    pub(crate) failed: bool,
    pub(crate) text: Option<Template>,
}

/// A line whose numbers are no metrics.
#[derive(Debug)]
pub(crate) struct Passed {
    pub(crate) regex: Pattern,
    pub(crate) section: Option<usize>,
    pub(crate) why: &'static str,
}
