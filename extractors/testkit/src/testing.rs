//! A format for this crate's own tests.

use prill_core::scan::unit;
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Stream, Text};

use crate::Case;

/// `name microseconds` on each line.
pub(crate) struct Words;

impl Extractor for Words {
    fn name(&self) -> &str {
        "words"
    }

    fn summary(&self) -> &str {
        "a name and microseconds on each line"
    }

    fn sniff(&self, _: &Text<'_>) -> Sniff {
        Sniff::Possible
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        for line in input.text().lines() {
            if let Some((name, number)) = line.text.split_once(' ') {
                out.metric(name).unit(unit::US).lower().push(number);
            }
        }
        Ok(())
    }
}

/// A case with `stdout`.
pub(crate) fn case(stdout: &str) -> Case {
    Case {
        dir: "words/quick".into(),
        name: "quick".to_owned(),
        group: "words".to_owned(),
        tool: None,
        shows: None,
        silent: None,
        repeats: None,
        streams: vec![(Stream::Stdout, stdout.as_bytes().to_vec())],
        argv: None,
        exit_code: Some(0),
        expect: None,
    }
}
