use prill_core::diagnostic::code;
use prill_core::{Extraction, Metric};

use crate::{Case, Expected};

/// What an extraction made of one expected number.
#[derive(Clone, Debug)]
pub struct Match<'a> {
    /// The number.
    pub expected: &'a Expected,
    /// Some metric has its value.
    pub value: bool,
    /// The metric that fits best has that value and its unit.
    pub unit: bool,
    /// The same with its polarity.
    pub polarity: bool,
    /// The same with its place.
    pub place: bool,
    /// The metric that fits best, for people.
    pub best: Option<String>,
}

impl Match<'_> {
    /// Whether one metric has all of it.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.value && self.unit && self.polarity && self.place
    }

    /// What is missing, for people; `None` when nothing is.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        if self.is_whole() {
            return None;
        }
        let e = self.expected;
        let wanted = format!(
            "{}: {} {} (better: {:?}; `{}` in `{}`)",
            e.label,
            e.value,
            e.unit.as_deref().unwrap_or("of unknown unit"),
            e.better,
            e.num.as_deref().unwrap_or("?"),
            e.raw.as_deref().unwrap_or("?").trim()
        );
        let parts = [(self.unit, "unit"), (self.polarity, "polarity"), (self.place, "place")];
        let wrong: Vec<&str> = parts.iter().filter(|(right, _)| !right).map(|(_, part)| *part).collect();
        Some(match &self.best {
            Some(best) => format!("{wanted}: wrong {} in {best}", wrong.join(", ")),
            None => format!("{wanted}: no metric has the value"),
        })
    }
}

/// Holds `extraction` against the numbers that `case` expects; none where the case has no list.
#[must_use]
pub fn judge<'c>(case: &'c Case, extraction: &Extraction) -> Vec<Match<'c>> {
    let expected = case.expect.as_deref().unwrap_or_default();
    expected.iter().map(|e| best(e, case, extraction)).collect()
}

/// The metrics of a case that has none; empty where numbers are expected or nobody says. What stood whole before an output
/// that is cut short is no invention, as long as the extraction says that it is cut.
#[must_use]
pub fn invented(case: &Case, extraction: &Extraction) -> Vec<String> {
    let has_none = case.expect.as_ref().is_some_and(Vec::is_empty);
    let cut = extraction.diagnostics.iter().any(|d| d.code == code::TRUNCATED);
    let found = extraction.metrics.iter().filter(|_| has_none && !cut);
    found.map(|metric| format!("invented {metric:?}")).collect()
}

fn best<'c>(expected: &'c Expected, case: &Case, extraction: &Extraction) -> Match<'c> {
    let same = extraction.metrics.iter().filter(|m| expected.has_value(m.value()));
    let rated = same.map(|metric| against(expected, metric, case));
    let none = Match { expected, value: false, unit: false, polarity: false, place: false, best: None };
    rated.max_by_key(|m| (m.place, m.unit, m.polarity)).unwrap_or(none)
}

fn against<'c>(expected: &'c Expected, metric: Metric<'_>, case: &Case) -> Match<'c> {
    Match {
        expected,
        value: true,
        unit: expected.has_unit(metric.unit()),
        polarity: expected.has_polarity(metric.polarity()),
        place: expected.has_place(metric, case.bytes(metric.stream())),
        best: Some(format!("{metric:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Words, case};
    use prill_core::Diagnostic;

    fn only(text: &str, expect: &serde_json::Value) -> (bool, Option<String>) {
        let mut case = case(text);
        case.expect = Some(vec![Expected::from_json(expect).unwrap()]);
        let extraction = case.extract(&Words);
        let matches = judge(&case, &extraction);
        (matches[0].is_whole(), matches[0].complaint())
    }

    #[test]
    fn a_metric_of_a_case_that_has_none_is_invented() {
        let mut case = case("a 5\n");
        let mut extraction = case.extract(&Words);
        assert_eq!(invented(&case, &extraction), [""; 0], "nobody says");
        case.expect = Some(vec![]);
        assert_eq!(invented(&case, &extraction), ["invented a = 0.000005 s (lower, stdout 2..3)"]);
        extraction.diagnostics.push(Diagnostic::error(code::TRUNCATED, "cut"));
        assert_eq!(invented(&case, &extraction), [""; 0], "it was whole before the cut");
    }

    #[test]
    fn a_number_is_found_with_value_unit_polarity_and_place() {
        let text = "a 5\nb 431\nc 431\n";
        let whole = serde_json::json!({"label": "b", "raw": "b 431", "num": "431", "value": 0.000_431, "unit": "s",
            "better": "lower", "stream": "stdout"});
        assert_eq!(only(text, &whole), (true, None));
        for (key, wrong, complaint) in [
            ("value", serde_json::json!(1.5), "no metric has the value"),
            ("unit", "bytes".into(), "wrong unit in"),
            ("better", "higher".into(), "wrong polarity in"),
            ("num", "4310".into(), "wrong place in"),
            ("raw", "d 431".into(), "wrong place in"),
            ("stream", "stderr".into(), "wrong place in"),
        ] {
            let mut entry = whole.clone();
            entry[key] = wrong;
            let (is_whole, said) = only(text, &entry);
            assert!(!is_whole, "{key}");
            assert!(said.as_ref().is_some_and(|s| s.contains(complaint)), "{key}: {said:?}");
        }
    }
}
