//! What benchmarks print that use divan: a tree of names with a table beside it.
//!
//! - [`Divan`]: the format
//! - `line`: a line of the tree and its cells; `tree`: the way to the benchmark that a line is of; `put`: names, units, polarities
#![forbid(unsafe_code)]

mod line;
mod put;
mod tree;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Streams, Text};

/// The format of divan 0.1.
pub struct Divan;

impl Extractor for Divan {
    fn name(&self) -> &str {
        "divan"
    }

    fn summary(&self) -> &str {
        "Rust benchmarks: a tree with fastest, slowest, median and mean, throughputs and allocations"
    }

    fn streams(&self) -> Streams {
        // The precision of the timer is on stderr, and what is wrong with the command line.
        Streams::Each
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| line::root(line.text).is_some()) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        let text = input.text();
        let tree = tree::Tree::read(text, out);
        ExtractError::at_end(text, tree.known || *input.stream() == Stream::Stderr, tree.cut)
    }
}

prill_core::register_extractor!(Divan);

#[cfg(test)]
mod tests;
