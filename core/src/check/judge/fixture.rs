use prill_scan::{Printed, Scale, Span, Unit};

use crate::extract::MetricSink;
use crate::metric::MetricTable;

/// Name, labels, value in the base unit, and the unit's code; none where it is empty.
pub(in crate::check) type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], f64, &'a str);

/// The table of these metrics.
pub(in crate::check) fn table(rows: &[Row<'_>]) -> MetricTable {
    sampled(rows, None)
}

/// The same, each metric on so many samples.
pub(in crate::check) fn sampled(rows: &[Row<'_>], samples: Option<u64>) -> MetricTable {
    let mut sink = MetricSink::new();
    for (name, labels, value, code) in rows {
        let mut emit = sink.metric(name).samples(samples);
        for (key, value) in *labels {
            emit = emit.label(key, *value);
        }
        if !code.is_empty() {
            emit = emit.unit(Printed { unit: Unit::named(code), scale: Scale::ONE });
        }
        emit.push_at(&value.to_string(), Span::new(0, 1));
    }
    sink.finish().0
}
