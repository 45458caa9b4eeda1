use std::fmt::{Result, Write as _};

use prill_core::{Extraction, Metric, Unit};

use crate::Case;

/// An extraction as text that a person can review: a line for each metric with the token it was read from, then the
/// diagnostics.
#[must_use]
pub fn snapshot(case: &Case, extraction: &Extraction) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    let _ = write(&mut text, case, extraction);
    text
}

fn write(text: &mut String, case: &Case, extraction: &Extraction) -> Result {
    let stream = extraction.stream.as_ref().map_or_else(|| "several streams".to_owned(), ToString::to_string);
    writeln!(text, "{} of {stream}: {} metrics", extraction.format, extraction.metrics.len())?;
    for metric in extraction.metrics.iter() {
        line(text, case, metric)?;
    }
    for diagnostic in &extraction.diagnostics {
        writeln!(text, "{diagnostic}")?;
    }
    Ok(())
}

fn line(text: &mut String, case: &Case, metric: Metric<'_>) -> Result {
    let unit = metric.unit().map_or("?", Unit::code);
    write!(text, "{metric} = {} {unit} {} {} {}", metric.value(), metric.polarity(), metric.stream(), metric.span())?;
    let bytes = case.bytes(metric.stream());
    write!(text, " `{}`", String::from_utf8_lossy(metric.span().of(bytes)))?;
    if metric.is_derived() {
        let tokens = metric.spans().iter().map(|s| format!("{s} `{}`", String::from_utf8_lossy(s.of(bytes))));
        write!(text, " derived from {}", tokens.collect::<Vec<_>>().join(", "))?;
    }
    if let Some(exact) = metric.exact() {
        write!(text, " exact {exact}")?;
    }
    if let Some(step) = metric.resolution() {
        write!(text, " resolution {step}")?;
    }
    if let Some(samples) = metric.samples() {
        write!(text, " samples {samples}")?;
    }
    writeln!(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Words, case};

    #[test]
    fn all_that_a_reviewer_needs_is_in_it() {
        let case = case("lat.p99 431\nlat.max 5,6\n");
        let text = snapshot(&case, &case.extract(&Words));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "words of stdout: 1 metrics");
        assert_eq!(lines[1], "lat.p99 = 0.000431 s lower stdout 8..11 `431`");
        assert!(lines[2].starts_with("warning[not-a-number]") && lines[2].ends_with("(stdout 20..23)"), "{}", lines[2]);
    }
}
