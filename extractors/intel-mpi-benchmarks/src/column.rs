use prill_core::scan::unit;
use prill_core::{Polarity, Printed};

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Column {
    /// The size of a message, in bytes.
    Size,
    /// The number of a group that runs beside others.
    Group,
    /// A number of repetitions.
    Setting,
    /// `Mbytes/sec`, whose unit depends on the version.
    Throughput,
    Is(Measure),
}

/// A quantity and its printed unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Measure {
    pub(crate) object: Object,
    pub(crate) stat: Option<&'static str>,
    /// A part of a collective that does not block.
    pub(crate) phase: Option<&'static str>,
    pub(crate) unit: Printed,
    pub(crate) polarity: Polarity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    /// The latency of a message, or of a collective where the table has no throughput.
    Latency,
    Rate,
    Overlap,
}

/// Where `mark` stands, which starts with `#`: few lines have that sign.
pub(crate) fn mark(line: &str, mark: &str) -> Option<usize> {
    line.match_indices('#').map(|(at, _)| at).find(|at| line[*at..].starts_with(mark))
}

/// The columns that a head names: `       #bytes #repetitions      t[usec]   Mbytes/sec`. `None` for another line.
pub(crate) fn head(line: &str) -> Option<Vec<Column>> {
    mark(line, "#repetitions")?;
    // Some names have a blank behind a sign.
    let names = line.split_whitespace().filter(|name| *name != "#");
    let columns: Vec<Column> = names.map(column).collect();
    let measured = columns.iter().any(|column| matches!(column, Column::Is(_) | Column::Throughput));
    measured.then_some(columns)
}

fn column(name: &str) -> Column {
    let time = |object, stat, phase| {
        // How long is computed says nothing of the library.
        let polarity = if phase == Some("compute") { Polarity::Informational } else { Polarity::Lower };
        Column::Is(Measure { object, stat: Some(stat), phase, unit: unit::US, polarity })
    };
    let higher = |object, unit| Column::Is(Measure { object, stat: None, phase: None, unit, polarity: Polarity::Higher });
    match name {
        "#bytes" => Column::Size,
        "Group" => Column::Group,
        "Mbytes/sec" => Column::Throughput,
        "t[usec]" => time(Object::Latency, "mean", None),
        "t_min[usec]" => time(Object::Latency, "min", None),
        "t_max[usec]" => time(Object::Latency, "max", None),
        "t_avg[usec]" => time(Object::Latency, "mean", None),
        "t_ovrl[usec]" => time(Object::Latency, "mean", Some("overall")),
        "t_pure[usec]" => time(Object::Latency, "mean", Some("pure")),
        "t_CPU[usec]" => time(Object::Latency, "mean", Some("compute")),
        "overlap[%]" => higher(Object::Overlap, unit::PERCENT),
        "Msg/sec" => higher(Object::Rate, Printed::base("{message}/s")),
        _ => Column::Setting,
    }
}
