use prill_core::MetricSink;
use prill_core::scan::{Line, unit};

use crate::put::{IOPS, Kind, REQUESTS, Statistics, Value};

/// The columns of `dump_statistics` of `ioping.c`; times are nanoseconds.
const COLUMNS: [Kind; 10] = [
    Kind::Requests,
    Kind::Time,
    Kind::Iops,
    Kind::Throughput,
    Kind::Latency("min"),
    Kind::Latency("mean"),
    Kind::Latency("max"),
    Kind::Latency("stddev"),
    Kind::LoadRequests,
    Kind::Elapsed,
];

/// `2 1781169 1123 4599227 249455 890584 1531714 641130 3 100386505`
#[derive(Clone, Debug)]
pub(crate) struct Row<'t> {
    cells: [&'t str; COLUMNS.len()],
    /// Whether the last number may go on.
    is_cut: bool,
}

impl<'t> Row<'t> {
    /// `None` for a line that is none.
    pub(crate) fn parse(line: Line<'t>) -> Option<Self> {
        let mut words = line.words();
        let mut row = [""; COLUMNS.len()];
        for cell in &mut row {
            *cell = words.next().filter(|word| word.bytes().all(|b| b.is_ascii_digit()))?;
        }
        words.next().is_none().then_some(Self { cells: row, is_cut: !line.ended })
    }
}

/// Puts in the rows: each an interval (`-p`, `-P`), but the last one with `-B`, which is the run.
pub(crate) fn push(rows: &[Row<'_>], has_summary: bool, argv: Option<&[String]>, out: &mut MetricSink) {
    let batch = argv.is_some_and(|argv| argv.iter().any(|arg| ["-B", "-batch", "--batch"].contains(&arg.as_str())));
    let is_run = |index: usize| index + 1 == rows.len() && (batch || rows.len() == 1 && !has_summary);
    for (index, row) in rows.iter().enumerate() {
        let count = COLUMNS.len() - usize::from(row.is_cut);
        let values = COLUMNS.iter().zip(row.cells).take(count).map(|(kind, token)| {
            let printed = match kind {
                Kind::Requests | Kind::LoadRequests => REQUESTS,
                Kind::Iops => IOPS,
                Kind::Throughput => unit::BYTE_PER_S,
                _ => unit::NS,
            };
            (*kind, Value { token, printed })
        });
        Statistics { values: values.collect(), interval: (!is_run(index)).then_some(index + 1), has_load: true }.push(out);
    }
}
