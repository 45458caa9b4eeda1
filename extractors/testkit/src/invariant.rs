use std::collections::HashSet;

use prill_core::extract::Captures;
use prill_core::metric::is_name;
use prill_core::scan::{Scale, number, percentile};
use prill_core::{Extraction, Metric, Span, Stream};

/// What is wrong with an extraction whatever the text was: spans outside the stream, a number that is not at its span, an
/// identity that stands twice, a value that is not finite. Empty when nothing is.
#[must_use]
pub fn invariants(extraction: &Extraction, captures: &Captures<'_>) -> Vec<String> {
    let mut wrong = identities(extraction);
    wrong.extend(places(extraction, captures));
    wrong
}

/// The identities that stand twice.
pub(crate) fn identities(extraction: &Extraction) -> Vec<String> {
    let mut known = HashSet::new();
    let twice = extraction.metrics.iter().map(|m| m.to_string()).filter(|identity| !known.insert(identity.clone()));
    twice.map(|identity| format!("{identity} stands twice: identities are unique in a run")).collect()
}

/// What is wrong with values and their places.
pub(crate) fn places(extraction: &Extraction, captures: &Captures<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for metric in extraction.metrics.iter() {
        if !metric.value().is_finite() {
            wrong.push(format!("{metric:?} is not finite"));
        }
        for span in metric.spans().iter().copied().chain([metric.span()]) {
            wrong.extend(bad_span(span, metric.stream(), captures).map(|why| format!("{metric:?}: {why}")));
        }
        if !metric.is_derived() {
            wrong.extend(bad_token(metric, captures));
        }
    }
    for d in &extraction.diagnostics {
        if let (Some(stream), Some(span)) = (&d.stream, d.span) {
            wrong.extend(outside(span, stream, captures).map(|why| format!("{d}: {why}")));
        }
    }
    for i in extraction.ignored.iter() {
        wrong.extend(outside(i.span, &i.stream, captures).map(|why| format!("ignored ({}): {why}", i.why)));
    }
    wrong
}

/// What is wrong with the names of an extraction by the naming rules: grammar, a unit or the tool in a name, a word for a
/// statistic that has another one. Empty when nothing is. A format that reads names out of the text is exempt.
#[must_use]
pub fn wording(extraction: &Extraction) -> Vec<String> {
    let names: HashSet<&str> = extraction.metrics.iter().map(Metric::name).collect();
    let mut wrong: Vec<String> = names.into_iter().filter_map(|name| bad_name(name, &extraction.format)).collect();
    wrong.sort();
    wrong
}

fn bad_name(name: &str, format: &str) -> Option<String> {
    if !is_name(name) {
        return Some(format!("`{name}`: a name is lower_snake segments joined by dots"));
    }
    let tool = format.replace('-', "_");
    for segment in name.split('.') {
        if segment == tool {
            return Some(format!("`{name}`: no tool in a name"));
        }
        if let Some(unit) = segment.split('_').find(|word| UNITS.contains(word)) {
            return Some(format!("`{name}`: no unit (`{unit}`) in a name"));
        }
        if let Some((_, right)) = SYNONYMS.iter().find(|(word, _)| *word == segment) {
            return Some(format!("`{name}`: the word for `{segment}` is `{right}`"));
        }
        let numbered = segment.strip_prefix('p').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if numbered && !percentile::is_stat(segment) {
            return Some(format!("`{name}`: `{segment}` is no percentile (p50, p99_9)"));
        }
    }
    None
}

/// Words that say a unit; `bytes` is a quantity too.
const UNITS: &[&str] = &[
    "us", "ns", "ms", "sec", "secs", "usec", "nsec", "msec", "usecs", "msecs", "nsecs", "kb", "mb", "gb", "kib", "mib", "gib",
    "kbps", "mbps", "gbps", "percent", "pct",
];

/// Statistics under a name that is not theirs, and theirs.
const SYNONYMS: &[(&str, &str)] = &[
    ("avg", "mean"),
    ("average", "mean"),
    ("median", "p50"),
    ("maximum", "max"),
    ("minimum", "min"),
    ("std", "stddev"),
    ("stdev", "stddev"),
    ("sd", "stddev"),
    ("total", "sum"),
];

fn bad_span(span: Span, stream: &Stream, captures: &Captures<'_>) -> Option<String> {
    if span.is_empty() {
        return Some(format!("the span {span} is empty"));
    }
    outside(span, stream, captures)
}

fn outside(span: Span, stream: &Stream, captures: &Captures<'_>) -> Option<String> {
    let whole = |p: &prill_core::extract::Piece<'_>| Span::new(p.offset, p.offset + p.bytes.len());
    // A gap between two pieces has a place too, so the streams' hull counts.
    let hull = captures.pieces(stream).iter().map(whole).reduce(|a, b| Span::new(a.start, b.end))?;
    (!hull.contains(span) || span.start > span.end).then(|| format!("the span {span} is not inside {hull} of {stream}"))
}

fn bad_token(metric: Metric<'_>, captures: &Captures<'_>) -> Option<String> {
    let span = metric.span();
    let piece = captures.pieces(metric.stream()).iter().find(|p| p.offset <= span.start)?;
    let local = Span::new(span.start - piece.offset, span.end.saturating_sub(piece.offset));
    let token = String::from_utf8_lossy(local.of(&piece.bytes));
    let Some(printed) = number::value(&token, Scale::ONE) else {
        return Some(format!("{metric:?}: `{token}` at its span is no number"));
    };
    (!is_scaled(printed, metric.value())).then(|| format!("{metric:?}: `{token}` at its span is another number"))
}

/// Whether `value` is `printed` times a factor that units have: powers of ten, of 1024 (a time per KiB too), bits in a byte, bytes in a
/// sector, minutes and hours; and bare powers of 1/1024, which google-benchmark's `HumanReadableNumber` prints as `u`, `n` to `y`.
fn is_scaled(printed: f64, value: f64) -> bool {
    if printed == 0.0 || value == 0.0 {
        return printed == value;
    }
    let ratio = value / printed;
    let binary = (-1..=6).flat_map(|k| [10 * k, 10 * k - 3]).chain([9]).map(|exp2: i32| 2f64.powi(exp2));
    let small = (2..=8).map(|k| 1024f64.powi(-k));
    binary.flat_map(|b| [1.0, 60.0, 3600.0, 86_400.0].map(|m| m * b)).chain(small).any(|factor| {
        let power = (ratio / factor).log10();
        power.abs() <= 15.5 && (power - power.round()).abs() < 1e-9
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Words, case};
    use prill_core::{Diagnostic, ExtractError, Extractor, Input, MetricSink, Sniff, Text};

    #[test]
    fn only_factors_of_units_are_scales() {
        let of = |factor: f64| is_scaled(4696.0, 4696.0 * factor);
        assert!(of(1e-9) && of(1024.0) && of(60.0 * 1024.0) && of(1024f64.powi(-3)));
        assert!(!of(7.0) && !of(60.0 * 1024f64.powi(-3)) && !of(1024f64.powi(-3) / 8.0));
    }

    #[test]
    fn a_right_extraction_has_nothing_wrong() {
        let case = case("wakeup.latency.p99_9 431\nlat.mean 0\n");
        let extraction = case.extract(&Words);
        assert_eq!(extraction.metrics.len(), 2);
        assert_eq!(invariants(&extraction, &case.captures()), [""; 0]);
        assert_eq!(wording(&extraction), [""; 0]);
    }

    struct Liar;

    impl Extractor for Liar {
        fn name(&self) -> &str {
            "liar"
        }

        fn summary(&self) -> &str {
            "points at the wrong place"
        }

        fn sniff(&self, _: &Text<'_>) -> Sniff {
            Sniff::No
        }

        fn extract(&self, input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
            out.metric("far").push_at("7", Span::new(400, 401));
            out.metric("other").push_at("7", Span::new(2, 3));
            out.metric("word").push_at("7", Span::new(0, 1));
            out.diagnose(Diagnostic::note("far", "far away").at(input.stream(), Span::new(400, 401)));
            Ok(())
        }
    }

    #[test]
    fn lies_about_places_are_seen() {
        let case = case("a 5\n");
        let wrong = invariants(&case.extract(&Liar), &case.captures()).join("\n");
        for part in ["far = 7", "is another number", "`a` at its span is no number", "far away"] {
            assert!(wrong.contains(part), "{part} in {wrong}");
        }
    }

    #[test]
    fn names_are_held_to_the_rules() {
        for (name, why) in [
            ("Lat", "lower_snake"),
            ("words.lat", "no tool"),
            ("lat_us.mean", "no unit"),
            ("lat.avg", "is `mean`"),
            ("lat.p99_90", "no percentile"),
            ("lat.p999", "no percentile"),
        ] {
            let said = bad_name(name, "words");
            assert!(said.as_ref().is_some_and(|s| s.contains(why)), "{name}: {said:?}");
        }
        for good in ["wakeup.latency.p99_99", "io.bytes", "lat.p100", "stddev", "pages"] {
            assert_eq!(bad_name(good, "words"), None);
        }
    }

    #[test]
    fn factors_of_units_are_known() {
        for (printed, value) in
            [(431.0, 0.000_431), (38.0, 38.0 * 1_048_576.0), (9.4, 9.4e9 / 8.0), (2.0, 7200.0), (3.0, 1536.0), (5.0, 0.05)]
        {
            assert!(is_scaled(printed, value), "{printed} {value}");
        }
        assert!(!is_scaled(431.0, 0.000_432));
        assert!(!is_scaled(0.0, 1.0));
    }
}
