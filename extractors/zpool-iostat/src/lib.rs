//! What `zpool iostat` prints: reads and writes of pools and their devices.
//!
//! - [`ZpoolIostat`]: the format
//! - `head`: the two lines that name the columns; `page`: the rows below them; `put`: their numbers
#![forbid(unsafe_code)]

mod head;
mod page;
mod put;

use std::path::Path;

use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Text};

/// The format of `zpool iostat`, OpenZFS 0.7 to 2.3.
pub struct ZpoolIostat;

prill_core::register_extractor!(ZpoolIostat);

impl Extractor for ZpoolIostat {
    fn name(&self) -> &str {
        "zpool-iostat"
    }

    fn summary(&self) -> &str {
        "operations, bandwidth and latency of ZFS pools and their devices"
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| head::is_bottom(line.text)) {
            return Sniff::Certain;
        }
        let mut rows = text.lines().filter(|line| line.ended).peekable();
        if rows.peek().is_some() && rows.all(|line| page::is_script_row(line.text)) { Sniff::Likely } else { Sniff::No }
    }

    fn called_by(&self, argv: &[String]) -> Option<usize> {
        let is = |word: &String| Path::new(word).file_name().is_some_and(|file| file == "zpool");
        argv.windows(2).position(|words| is(&words[0]) && words[1] == "iostat")
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        page::read(input.text(), out)
    }
}
