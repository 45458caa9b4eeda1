use std::borrow::Cow;

use prill_core::scan::{Search, number, percentile, unit};
use prill_core::{MetricSink, Printed};

use super::direction::Direction;
use super::field::{after, put};
use crate::labels::Labels;
use crate::latency::bucket_width;
use crate::unit::{self as fio_unit, Printing};

/// What a latency is of, by the words before its unit: `clat`, `sync`, `clat prio 2/1 (39.06% of IOs)`, `high prio_clat`.
struct Subject<'t> {
    object: &'static str,
    prio: Option<&'t str>,
    share: Option<&'t str>,
}

impl<'t> Subject<'t> {
    fn parse(words: &'t str) -> Option<Self> {
        let (words, share) = match words.split_once('(') {
            None => (words, None),
            Some((before, rest)) => {
                let (share, after) = rest.split_once(')')?;
                // `low prio (60.94%) clat` of fio 3.16 to 3.30 has the object behind it.
                (if after.trim().is_empty() { before } else { words }, share.split('%').next())
            }
        };
        let object = |word: &str| match word {
            "slat" => Some("slat"),
            "clat" => Some("clat"),
            "lat" => Some("lat"),
            "sync" => Some("sync.lat"),
            _ => None,
        };
        let words = words.trim();
        if let Some(object) = object(words) {
            return Some(Self { object, prio: None, share: None });
        }
        if let Some((first, prio)) = words.cut(" prio ").filter(|(first, _)| object(first).is_some()) {
            return Some(Self { object: object(first)?, prio: Some(prio.trim()), share });
        }
        let (prio, rest) = words.cut(" prio")?;
        let last = rest.rsplit([' ', '_']).next()?;
        Some(Self { object: object(last)?, prio: Some(prio), share })
    }

    fn labels(&self, direction: &Direction<'t>) -> Labels<'t> {
        match self.prio {
            Some(prio) => direction.labels.with("prio", Cow::Borrowed(prio)),
            None => direction.labels.clone(),
        }
    }

    /// How many samples there are is known of a whole direction only.
    fn samples(&self, direction: &Direction<'t>) -> Option<u64> {
        direction.samples.filter(|_| self.prio.is_none())
    }
}

/// Reads `clat (nsec): min=1963, max=24751k, avg=719626.38, stdev=1577762.74`; false when `text` is another line.
pub(super) fn summary<'t>(text: &'t str, direction: &Direction<'t>, out: &mut MetricSink) -> bool {
    let Some((head, values)) = text.cut("): ").filter(|(_, values)| values.trim_start().starts_with("min=")) else {
        return false;
    };
    let Some((words, word)) = head.rsplit_once('(') else { return false };
    let (Some(subject), Some(printed)) = (Subject::parse(words), fio_unit::time(word)) else { return false };
    let labels = subject.labels(direction);
    for (key, stat) in [("min=", "min"), ("max=", "max"), ("avg=", "mean"), ("stdev=", "stddev")] {
        let Some(value) = after(values, key).and_then(|v| Printing::si(v, printed)) else { continue };
        let emit = labels.metric(out, subject.object).stat(stat).samples(subject.samples(direction));
        put(if stat == "stddev" { emit } else { emit.lower() }, &value);
    }
    if let Some(prio) = subject.prio {
        out.ignore(prio, "names a priority");
    }
    true
}

/// A table of percentiles, whose rows follow its head.
pub(super) struct Percentiles<'t> {
    object: &'static str,
    labels: Labels<'t>,
    printed: Printed,
    /// The unit of the buckets.
    counted: Printed,
    samples: Option<u64>,
}

impl<'t> Percentiles<'t> {
    /// Reads `clat percentiles (usec):`.
    pub(super) fn head(text: &'t str, direction: &Direction<'t>, out: &mut MetricSink) -> Option<Self> {
        let (words, word) = text.strip_suffix("):")?.cut(" percentiles (")?;
        let (subject, printed) = (Subject::parse(words)?, fio_unit::time(word)?);
        let labels = subject.labels(direction);
        if let Some(share) = subject.share.filter(|s| number::is_token(s)) {
            labels.metric(out, "io.share").unit(unit::PERCENT).informational().push(share);
        }
        if let Some(prio) = subject.prio {
            out.ignore(prio, "names a priority");
        }
        let samples = subject.samples(direction);
        Some(Self { object: subject.object, labels, printed, counted: direction.counted, samples })
    }

    /// Reads ` 1.00th=[  338],  5.00th=[  347],` (without the bar before it).
    pub(super) fn rows(&self, entries: &'t str, out: &mut MetricSink) {
        for entry in entries.split(',') {
            let Some((printed, value)) = entry.cut("th=[").and_then(|(p, v)| Some((p.trim(), v.strip_suffix(']')?.trim())))
            else {
                continue;
            };
            let Some(stat) = percentile::stat(printed) else { continue };
            out.ignore(printed, "names a percentile");
            let emit = self.labels.metric(out, self.object).stat(&stat).unit(self.printed).lower().samples(self.samples);
            match bucket_width(value, self.printed, self.counted) {
                Some(width) => emit.resolution(width).push(value),
                None => emit.push(value),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_before_the_unit_say_what_it_is_of() {
        let of = |words| Subject::parse(words).map(|s| (s.object, s.prio, s.share));
        assert_eq!(of("clat"), Some(("clat", None, None)));
        assert_eq!(of("sync "), Some(("sync.lat", None, None)));
        assert_eq!(of("clat prio 2/1 "), Some(("clat", Some("2/1"), None)));
        assert_eq!(of("lat prio 2/1/0 (39.06% of IOs)"), Some(("lat", Some("2/1/0"), Some("39.06"))));
        assert_eq!(of("high prio_clat "), Some(("clat", Some("high"), None)));
        assert_eq!(of("low prio (60.94%) clat"), Some(("clat", Some("low"), Some("60.94"))));
        assert_eq!(of("block lifetime"), None);
    }
}
