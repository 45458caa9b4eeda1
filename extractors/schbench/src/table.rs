//! The rows of a table.

use prill_core::diagnostic::code;
use prill_core::extract::Series;
use prill_core::scan::{Printed, keyvalue, percentile, unit};
use prill_core::{MetricSink, Polarity};

use crate::header::{Header, Kind, REQUEST_RATE};
use crate::known::{About, Slot, Stat};
use crate::outline::{Mark, is_extremes, is_row};
use crate::write::{Place, Writer};

/// Counted samples.
const SAMPLES: Printed = Printed::base("{sample}");

const NAME: &str = "the name of a percentile";
const BUCKET: &str = "the sample count of a percentile's bucket";

/// Writes a table: its run time, its sample count, its percentiles, its extremes.
pub(crate) fn write(
    writer: &mut Writer<'_>,
    (mark, header): (&Mark<'_>, Header<'_>),
    rows: &[&str],
    place: Place<'_>,
    first: bool,
) {
    let mut table = Table::new(writer, header, place);
    table.header(header, first);
    if table.printed.is_none() {
        let message = format!("`{}` is no unit that schbench is known to print: the table's numbers have none", header.unit);
        table.writer.sink.warn(code::UNKNOWN_UNIT, header.unit, message);
    }
    if is_empty(rows, header) {
        return table.empty(mark, rows);
    }
    for row in rows {
        table.row(row);
    }
}

/// What all numbers of a table share.
struct Table<'w, 's, 'p> {
    writer: &'w mut Writer<'s>,
    kind: Kind,
    name: &'static str,
    printed: Option<Printed>,
    /// One printed unit, in the base unit.
    one: f64,
    samples: Option<u64>,
    place: Place<'p>,
}

impl<'w, 's, 'p> Table<'w, 's, 'p> {
    fn new(writer: &'w mut Writer<'s>, header: Header<'_>, place: Place<'p>) -> Self {
        let name = match header.kind {
            Kind::Rps => "request.rate",
            Kind::Request => "request.latency",
            Kind::Latency if writer.requests => "request.latency",
            Kind::Latency | Kind::Wakeup => "wakeup.latency",
        };
        let samples = header.samples.and_then(|token| token.parse().ok());
        let printed = header.printed();
        let one = writer.known.read(header.kind, printed);
        Self { writer, kind: header.kind, name, printed, one, samples, place }
    }

    fn header(&mut self, header: Header<'_>, first: bool) {
        match header.runtime {
            Some(runtime) if first => {
                let polarity = Polarity::Informational;
                let about = || About { name: "runtime", stat: "", printed: Some(unit::SECOND), polarity };
                let (series, sink) = self.writer.series(Slot::Runtime, self.place, about);
                sink.push(series, runtime);
            }
            Some(runtime) => self.writer.sink.ignore(runtime, "the same run time as above the first table"),
            None => {}
        }
        if let Some(samples) = header.samples {
            let (series, sink) = self.series(Stat::Count, Some(SAMPLES), Polarity::Informational);
            sink.push(series, samples);
        }
    }

    fn row(&mut self, text: &str) {
        if is_extremes(text) {
            self.extremes(text);
        } else if let Some(row) = percentile::row(text) {
            self.percentile(row);
        } else if is_row(text) {
            self.broken(text);
        }
    }

    fn percentile(&mut self, row: percentile::Row<'_>) {
        self.writer.sink.ignore(row.percentile, NAME);
        if !row.rest.is_empty() {
            self.writer.sink.ignore(row.rest, BUCKET);
        }
        if let Some(stat) = Stat::of(row.percentile) {
            return self.push(stat, row.value, bucket(row.value));
        }
        let Some(stat) = percentile::stat(row.percentile) else { return self.broken(row.percentile) };
        self.push_rare(&stat, row.value, bucket(row.value));
    }

    fn extremes(&mut self, line: &str) {
        for (key, token) in keyvalue::pairs(line) {
            match key {
                "min" => self.push(Stat::Min, token, 1.0),
                "max" => self.push(Stat::Max, token, 1.0),
                "Over" => {
                    let emit = self.writer.metric(self.name, "over.count", self.place).unit(SAMPLES);
                    emit.lower().push(token);
                }
                _ => self.broken(token),
            }
        }
    }

    /// `step` is in the printed unit.
    #[inline(never)]
    fn push(&mut self, stat: Stat, token: &str, step: f64) {
        let exact = self.printed.is_none() || is_first_rate(self.printed, token);
        let (step, samples) = ((!exact).then_some(step * self.one), self.samples);
        let (series, sink) = self.series(stat, self.printed, self.polarity());
        sink.push(series.samples(samples).resolution(step), token);
    }

    /// As `push`, for a percentile that schbench has never printed.
    fn push_rare(&mut self, stat: &str, token: &str, step: f64) {
        let polarity = self.polarity();
        let emit = self.writer.metric(self.name, stat, self.place).polarity(polarity).samples(self.samples);
        let Some(printed) = self.printed else { return emit.push(token) };
        let emit = emit.unit(printed);
        if is_first_rate(self.printed, token) { emit.push(token) } else { emit.resolution(step * self.one).push(token) }
    }

    #[inline(always)]
    fn series(&mut self, stat: Stat, printed: Option<Printed>, polarity: Polarity) -> (&mut Series, &mut MetricSink) {
        let name = self.name;
        let about = || About { name, stat: stat.name(), printed, polarity };
        self.writer.series(Slot::Table(self.kind, stat), self.place, about)
    }

    fn polarity(&self) -> Polarity {
        if self.kind == Kind::Rps { Polarity::Higher } else { Polarity::Lower }
    }

    /// No sample, so no value: what is printed are zeros.
    fn empty(&mut self, mark: &Mark<'_>, rows: &[&str]) {
        const ZEROS: &str = "a zero of a table without samples";
        let mut names = Vec::new();
        for text in rows {
            if let Some(row) = percentile::row(text) {
                names.extend(percentile::stat(row.percentile).map(|stat| format!("{}.{stat}", self.name)));
            }
            names.extend(keyvalue::pairs(text).map(|(key, _)| format!("{}.{key}", self.name)));
            self.writer.sink.ignore(text, ZEROS);
        }
        if self.writer.empty.contains(&self.kind) && self.place.is_earlier() {
            return;
        }
        self.writer.empty.push(self.kind);
        let message = format!("the table has no samples: no value for {}", names.join(", "));
        self.writer.sink.warn(code::NO_SAMPLES, mark.text, message);
    }

    fn broken(&mut self, text: &str) {
        self.writer.say_broken(text.trim_end());
    }
}

/// True for a table without samples. Before October 2020 the header does not say; a sample is at least 1 us, so a maximum of
/// 0 is one that nothing set.
fn is_empty(rows: &[&str], header: Header<'_>) -> bool {
    match (header.samples, rows.last()) {
        (Some(samples), _) => samples.bytes().all(|b| b == b'0'),
        (None, Some(text)) => keyvalue::pairs(text).any(|(key, token)| key == "max" && token == "0"),
        (None, None) => false,
    }
}

/// True for a rate of 0. Upstream counts the first one before a second has passed, so every run has one; it is not below the
/// printed step.
pub(crate) fn is_first_rate(printed: Option<Printed>, token: &str) -> bool {
    token == "0" && printed == Some(REQUEST_RATE)
}

/// The width of the histogram's bucket that a percentile is the middle of: upstream keeps eight bits below the highest.
pub(crate) fn bucket(token: &str) -> f64 {
    let value = short(token).or_else(|| token.parse().ok()).unwrap_or(0);
    let msb = u32::BITS - value.leading_zeros();
    f64::from(1u32 << msb.saturating_sub(9))
}

/// The value of at most nine digits.
#[inline]
fn short(token: &str) -> Option<u32> {
    if token.len() > 9 {
        return None;
    }
    let mut value = 0;
    for byte in token.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + u32::from(digit);
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_as_wide_as_upstream_makes_it() {
        for (token, width) in [
            ("0", 1.0),
            ("511", 1.0),
            ("512", 2.0),
            ("1023", 2.0),
            ("1025", 4.0),
            ("15984", 32.0),
            ("4294967295", 8_388_608.0),
            ("999999999", 2_097_152.0),
            ("+1025", 4.0),
            ("1e5", 1.0),
            ("4294967296", 1.0),
        ] {
            assert_eq!(bucket(token), width, "{token}");
        }
    }
}
