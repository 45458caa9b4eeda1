use prill_core::scan::number;
use prill_core::{MetricSink, Polarity, Printed};

use crate::put::{Of, Quantity};

const SAMPLES: Quantity = Quantity::new("histogram.count", Printed::base("{sample}"), Polarity::Informational);

/// `HUNDRED_USEC  :    0: 41033: 9004:`, `>100_SECS: 0`, `HIST_TOTAL:      52101`: `HIST_report` of `netlib.c`, in a netperf that was built
/// with `--enable-histogram`. A row has a bucket for each of ten times its unit. False for another line.
pub(crate) fn row(line: &str, of: &mut Of, out: &mut MetricSink) -> bool {
    const UNITS: [(&str, &str); 11] = [
        ("UNIT_NSEC", "ns"),
        ("TEN_NSEC", "0ns"),
        ("HUNDRED_NSEC", "00ns"),
        ("UNIT_USEC", "us"),
        ("TEN_USEC", "0us"),
        ("HUNDRED_USEC", "00us"),
        ("UNIT_MSEC", "ms"),
        ("TEN_MSEC", "0ms"),
        ("HUNDRED_MSEC", "00ms"),
        ("UNIT_SEC", "s"),
        ("TEN_SEC", "0s"),
    ];
    let Some((name, counts)) = line.split_once(':') else { return false };
    match name.trim_end() {
        "HIST_TOTAL" => of.put(SAMPLES, counts.trim(), out),
        ">100_SECS" => {
            out.ignore(name, "names a bucket");
            bucket("100s", counts.trim(), of, out);
        }
        name => {
            let Some((_, unit)) = UNITS.iter().find(|(known, _)| *known == name) else { return false };
            for (times, count) in counts.split(':').enumerate() {
                bucket(&format!("{times}{unit}"), count.trim(), of, out);
            }
        }
    }
    true
}

/// How many times are not less than `from`, and less than the next bucket's.
fn bucket(from: &str, count: &str, of: &mut Of, out: &mut MetricSink) {
    if count == "0" || !number::is_token(count) {
        return out.ignore(count, "an empty bucket");
    }
    of.labelled(out.metric(SAMPLES.name).unit(SAMPLES.unit).polarity(SAMPLES.polarity).label("from", from.to_owned()), &[])
        .push(count);
}
