use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::field::{self, What};
use crate::put::{Of, Quantity};
use crate::test::Kind;
use crate::units;

/// A printed field: what it is, where it is measured, and its text.
pub(crate) type Pair<'t> = (Option<What>, &'t str);

/// A line that only the omni test prints: `P99_LATENCY=841`, or the names of columns.
pub(crate) fn is_mark(line: &str) -> bool {
    key_value(line).is_some_and(|(what, _)| what.is_some())
        || line.split(',').filter(|name| name.contains(' ') && field::named(name).is_some()).count() > 1
}

/// `THROUGHPUT=1405.50`, `SOURCE_ADDR=0.0.0.0`
pub(crate) fn key_value(line: &str) -> Option<Pair<'_>> {
    let (key, value) = line.split_once('=')?;
    let is_key = key.len() > 2 && key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    is_key.then(|| (field::named(key), value))
}

/// A row of `-o` under the names of its columns, which may be broken over lines.
pub(crate) fn csv<'t>(head: &str, row: &'t str) -> Vec<Pair<'t>> {
    let names = head.split(',').map(|name| field::named(name.trim())).chain(std::iter::repeat(None));
    names.zip(cells(row)).collect()
}

/// A row of `-O` under its column heads, which stand one word below the other.
pub(crate) fn columns<'t>(head: &[&str], row: &'t str) -> Vec<Pair<'t>> {
    let starts: Vec<usize> = row.words().map(|word| word.as_ptr().addr() - row.as_ptr().addr()).collect();
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    let name = |start: usize, end: usize| {
        let lines = head.iter().map(|line| line.get(start..end.min(line.len())).unwrap_or_default().trim());
        lines.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    starts.iter().zip(ends).map(|(&start, end)| field::named(&name(start, end))).zip(row.words()).collect()
}

/// The fields of a row that is printed without a head, in the order that the command gives.
pub(crate) fn asked<'t>(fields: &str, row: &'t str) -> Option<Vec<Pair<'t>>> {
    let names: Vec<&str> = fields.split(',').collect();
    let cells: Vec<&str> = if row.contains(',') { cells(row).collect() } else { row.words().collect() };
    let is_list = names.len() == cells.len() && names.iter().any(|name| field::named(name).is_some());
    is_list.then(|| names.into_iter().map(field::named).zip(cells).collect())
}

/// The parts of a row between commas; a command line in quotes is one.
fn cells(row: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let parts = row.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    parts.map(str::trim)
}

/// Puts in the fields of a test, whose units stand among them, or are `figure`.
pub(crate) fn put(pairs: &[Pair<'_>], figure: Option<Printed>, of: &mut Of, out: &mut MetricSink) {
    let units = Units::of(pairs, figure, of);
    for (what, token) in pairs {
        match what.filter(|_| number::is_token(token)) {
            Some(what) => units.put(what, token, of, out),
            None => out.ignore(token, "setting"),
        }
    }
}

/// The units of the fields whose unit the test decides.
struct Units {
    figure: Option<Printed>,
    /// Of the directions: always bits or bytes.
    part: Option<Printed>,
    demand: Option<Printed>,
    /// Whether there are transactions.
    has_rate: bool,
}

impl Units {
    fn of(pairs: &[Pair<'_>], figure: Option<Printed>, of: &mut Of) -> Self {
        let word =
            |wanted: fn(&What) -> bool| pairs.iter().find(|(what, _)| what.as_ref().is_some_and(wanted)).map(|(_, token)| *token);
        let figure = word(|what| matches!(what, What::Units)).and_then(units::of_word).or(figure);
        if figure == Some(units::TRANSACTIONS) {
            of.kind = Some(Kind::Transactions);
        }
        let part = if figure == Some(units::TRANSACTIONS) { Some(unit::MBIT_PER_S) } else { figure };
        let by_kind = of.kind.map(|kind| if kind == Kind::Transactions { "us/Tr" } else { "us/KB" });
        let demand = word(|what| matches!(what, What::DemandUnits)).or(by_kind).and_then(units::of_demand);
        let round_trip = word(|what| matches!(what, What::RoundTrip));
        let has_rate = of.kind.map_or(round_trip.is_none_or(|token| !token.starts_with('-')), |kind| kind == Kind::Transactions);
        Self { figure, part, demand, has_rate }
    }

    fn put(&self, what: What, token: &str, of: &mut Of, out: &mut MetricSink) {
        match what {
            What::Figure => of.figure(self.figure, &[], token, out),
            What::Part(labels) => of.figure(self.part, labels, token, out),
            What::Demand(labels) => match self.demand {
                Some(printed) => of.put(demand(printed).of(labels), token, out),
                None => out.ignore(token, "a service demand of an unknown unit"),
            },
            What::Latency(stat) => of.latency(stat, &[], token, out),
            What::Elapsed => of.elapsed(&[], token, out),
            What::Rate | What::RoundTrip if !self.has_rate => out.ignore(token, "not measured: there are no transactions"),
            What::Rate => {
                let labels = if self.figure == Some(units::TRANSACTIONS) { SOURCE_FIELD } else { &[] };
                of.put(Quantity::new("transaction.rate", units::TRANSACTIONS, Polarity::Higher).of(labels), token, out);
            }
            What::RoundTrip => of.put(ROUND_TRIP, token, out),
            What::Is(quantity) => of.put(quantity, token, out),
            What::Units | What::DemandUnits => out.ignore(token, "a unit"),
        }
    }
}

/// The rate once more, with other decimals.
pub(crate) const SOURCE_FIELD: crate::put::Labels = &[("source", "transaction_rate")];

/// The time of a transaction, which is computed from the rate.
pub(crate) const ROUND_TRIP: Quantity =
    Quantity::new("transaction.latency.mean", unit::US, Polarity::Lower).of(&[("source", "transaction_rate")]);

/// The processor time that a KiB or a transaction takes.
pub(crate) const fn demand(printed: Printed) -> Quantity {
    Quantity::new("service.demand", printed, Polarity::Lower)
}
