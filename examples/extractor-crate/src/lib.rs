//! The format of zstd's benchmark, as `zstd -b -q` prints it (`programs/benchzstd.c`, `BMK_benchMemAdvancedNoAlloc`).
//!
//! Linking this crate is all it takes: `use zstd_format as _;`.
#![forbid(unsafe_code)]

use prill_core::scan::{number, unit};
use prill_core::{ExtractError, Extractor, Input, MetricSink, Sniff, Streams, Text};

/// The format of zstd's benchmark.
pub struct Zstd;

prill_core::register_extractor!(Zstd);

impl Extractor for Zstd {
    fn name(&self) -> &str {
        "zstd"
    }

    fn summary(&self) -> &str {
        "how fast and how well zstd compresses (zstd -b -q)"
    }

    fn streams(&self) -> Streams {
        Streams::Stdout
    }

    fn sniff(&self, text: &Text<'_>) -> Sniff {
        if text.lines().any(|line| row(line.text).is_some()) { Sniff::Certain } else { Sniff::No }
    }

    fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
        // A line without its end may be cut in the middle of a number.
        for row in input.text().lines().filter(|line| line.ended).filter_map(|line| row(line.text)) {
            let Row { level, file, .. } = row;
            for (op, rate) in [("compress", row.compression), ("decompress", row.decompression)] {
                let metric = out.metric("throughput").label("file", file).label("level", level).label("op", op);
                // MB_UNIT of benchzstd.c is 1,000,000.
                metric.unit(unit::MB_PER_S).higher().push(rate);
            }
            let metric = out.metric("compression.ratio").label("file", file).label("level", level);
            metric.unit(unit::RATIO).higher().push(row.ratio);
        }
        if out.is_empty() { Err(ExtractError::NotFound) } else { Ok(()) }
    }
}

/// The numbers of a level.
struct Row<'t> {
    level: &'t str,
    ratio: &'t str,
    compression: &'t str,
    decompression: &'t str,
    file: &'t str,
}

/// Reads `-3        19878 (3.147) 127.80 MB/s  597.9 MB/s  src.txt`.
fn row(line: &str) -> Option<Row<'_>> {
    let level = line.strip_prefix('-')?.split(' ').next().filter(|level| number::is_token(level))?;
    let (_, rest) = line.split_once(" (")?;
    let (ratio, rest) = rest.split_once(") ")?;
    let (compression, rest) = rest.split_once(" MB/s ")?;
    let (decompression, file) = rest.split_once(" MB/s ")?;
    let [ratio, compression, decompression] = [ratio, compression, decompression].map(str::trim);
    let numbers = [ratio, compression, decompression].into_iter().all(number::is_token);
    numbers.then_some(Row { level, ratio, compression, decompression, file: file.trim() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use prill_core::extract::{Captures, Extraction, run};
    use prill_core::{Registry, Stream};

    const SAMPLE: &str = include_str!("../samples/levels/stdout");

    fn extract(text: &str) -> Extraction {
        run(&Zstd, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
    }

    #[test]
    fn the_sample_has_the_numbers_that_are_printed_in_it() {
        let found: Vec<String> = extract(SAMPLE).metrics.iter().take(3).map(|m| format!("{m:?}")).collect();
        assert_eq!(found, [
            "throughput{file=src.txt, level=1, op=compress} = 216190000 By/s (higher, stdout 80..86)",
            "throughput{file=src.txt, level=1, op=decompress} = 796300000 By/s (higher, stdout 93..98)",
            "compression.ratio{file=src.txt, level=1} = 2.933 1 (higher, stdout 73..78)",
        ]);
        assert_eq!(extract(SAMPLE).metrics.len(), 9);
    }

    #[test]
    fn a_cut_output_has_no_half_number() {
        let cut = SAMPLE.trim_end();
        assert_eq!(extract(&cut[..cut.len() - 20]).metrics.len(), 6, "only the lines that are whole");
        assert!(extract("Error 9 : Error loading files").metrics.is_empty());
    }

    #[test]
    fn the_format_is_linked_and_recognised() {
        let registry = Registry::linked().unwrap();
        assert_eq!(registry.get("zstd").unwrap().sniff(&Text::new(SAMPLE.as_bytes())), Sniff::Certain);
    }
}
