use prill_core::scan::{Search, percentile, unit};
use prill_core::{Polarity, Printed};

/// What stands in a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Column {
    /// The size of a message, in bytes.
    Size,
    /// The name of what is done.
    Operation,
    /// `Pass` or `Fail`.
    Validation,
    /// A setting.
    Setting,
    Is(Measure),
}

/// A quantity and its printed unit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Measure {
    pub(crate) name: String,
    /// A part of a collective that does not block.
    pub(crate) phase: Option<&'static str>,
    pub(crate) unit: Printed,
    pub(crate) polarity: Polarity,
}

const LATENCY: &str = "message.latency.mean";
const COLLECTIVE: &str = "collective.latency.mean";

/// Names of columns that say a time in microseconds, the quantity and the part of a collective: `osu_util.c`, `osu_util_mpi.c`.
const TIMES: [(&str, &str, Option<&str>); 16] = [
    ("Avg Latency(us)", COLLECTIVE, None),
    ("Min Latency(us)", "collective.latency.min", None),
    ("Max Latency(us)", "collective.latency.max", None),
    ("Avg Latency (us)", COLLECTIVE, None),
    ("Min Latency (us)", "collective.latency.min", None),
    ("Max Latency (us)", "collective.latency.max", None),
    ("Latency (us)", LATENCY, None),
    ("Latency(us)", LATENCY, None),
    ("Overall(us)", COLLECTIVE, Some("overall")),
    ("Compute(us)", COLLECTIVE, Some("compute")),
    ("Coll. Init(us)", COLLECTIVE, Some("init")),
    ("MPI_Test(us)", COLLECTIVE, Some("test")),
    ("MPI_Wait(us)", COLLECTIVE, Some("wait")),
    ("Pure Comm.(us)", COLLECTIVE, Some("pure")),
    ("Min Comm.(us)", "collective.latency.min", Some("pure")),
    ("Max Comm.(us)", "collective.latency.max", Some("pure")),
];

/// The other columns. A `MB` is 10^6 bytes.
const OTHERS: [(&str, &str, Printed); 9] = [
    ("Uni-Bandwidth (MB/s)", "throughput", unit::MB_PER_S),
    ("Bi-Bandwidth (MB/s)", "throughput", unit::MB_PER_S),
    ("Bandwidth (MB/s)", "throughput", unit::MB_PER_S),
    ("Bandwidth(MB/s)", "throughput", unit::MB_PER_S),
    ("MB/s", "throughput", unit::MB_PER_S),
    ("Messages/s", "message.rate", Printed::base("{message}/s")),
    ("Message Rate", "message.rate", Printed::base("{message}/s")),
    ("Million ops/s", "operation.rate", Printed::base("{operation}/s").shift(6)),
    ("Overlap(%)", "overlap", unit::PERCENT),
];

/// The columns that a head names: `# Size          Latency (us)`. `None` for another line.
pub(crate) fn head(line: &str) -> Option<Vec<Column>> {
    let mut rest = line.trim_start_matches('#').trim();
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        // A row: no name starts so.
        return None;
    }
    let mut columns = Vec::new();
    while !rest.is_empty() {
        let (column, length) = first(rest)?;
        columns.push(column);
        rest = rest[length..].trim_start();
    }
    columns.iter().any(|column| matches!(column, Column::Is(_))).then_some(columns)
}

/// The column whose name begins `text`, and how long that is.
fn first(text: &str) -> Option<(Column, usize)> {
    let times = TIMES.iter().find(|(name, ..)| text.starts_with(name));
    if let Some((name, quantity, phase)) = times {
        // How long is computed says nothing of the library.
        let polarity = if *phase == Some("compute") { Polarity::Informational } else { Polarity::Lower };
        let measure = Measure { name: (*quantity).to_owned(), phase: *phase, unit: unit::US, polarity };
        return Some((Column::Is(measure), name.len()));
    }
    if let Some((name, quantity, printed)) = OTHERS.iter().find(|(name, ..)| text.starts_with(name)) {
        let measure = Measure { name: (*quantity).to_owned(), phase: None, unit: *printed, polarity: Polarity::Higher };
        return Some((Column::Is(measure), name.len()));
    }
    let settings = [
        ("Size", Column::Size),
        ("Operation", Column::Operation),
        ("Validation", Column::Validation),
        ("Iterations", Column::Setting),
        ("Transmit Size", Column::Setting),
        ("Window", Column::Setting),
    ];
    if let Some((name, column)) = settings.into_iter().find(|(name, _)| text.starts_with(name)) {
        return Some((column, name.len()));
    }
    tail(text)
}

/// `P99 Tail Lat(us)`, `P99 Tail BW(MB/s)` of `-z`, since 7.3.
fn tail(text: &str) -> Option<(Column, usize)> {
    let (number, rest) = text.strip_prefix('P')?.cut(" Tail ")?;
    let stat = percentile::stat(number)?;
    let (name, word, unit, polarity) = if rest.starts_with("Lat(us)") {
        (format!("message.latency.{stat}"), "Lat(us)", unit::US, Polarity::Lower)
    } else if rest.starts_with("BW(MB/s)") {
        (format!("throughput.{stat}"), "BW(MB/s)", unit::MB_PER_S, Polarity::Higher)
    } else {
        return None;
    };
    Some((Column::Is(Measure { name, phase: None, unit, polarity }), text.len() - rest.len() + word.len()))
}
