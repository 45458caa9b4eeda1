use prill_scan::Text;

use super::{ExtractError, Extractor, Input, MetricSink, OutputFormat, Sniff};

/// The format of programs whose exit code is the result.
pub(crate) struct ExitCode;

impl Extractor for ExitCode {
    fn name(&self) -> &str {
        OutputFormat::EXIT_CODE.name()
    }

    fn summary(&self) -> &str {
        "no numbers in the output: the exit code is the result"
    }

    fn sniff(&self, _: &Text<'_>) -> Sniff {
        Sniff::No
    }

    fn extract(&self, _: &Input<'_>, _: &mut MetricSink) -> Result<(), ExtractError> {
        Ok(())
    }
}
