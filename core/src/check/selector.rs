use std::fmt;
use std::str::FromStr;

use super::parse::{self, ParseCheckError};
use crate::metric::{Labels, Metric};

pub(super) mod name;

/// Which metrics: those with a name whose labels contain these.
///
/// `iops`, `clat.p99{op=read}`, `time.mean{benchmark="fib 20"}`, `jobs.0.clat_ns.percentile."99.000000"`. A label may be
/// asked to be there with any value (`{stream=*}`), or not to be there (`{!interval}`). A segment or a value with other
/// characters than a word has is quoted, with `\"` and `\\` in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    pub(super) name: String,
    pub(super) labels: Vec<(String, Wanted)>,
}

/// What a selector asks of one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Value(String),
    Present,
    Absent,
}

impl Selector {
    /// The selector that names exactly this metric.
    #[must_use]
    pub fn of(metric: Metric<'_>) -> Self {
        Self::identity(metric.name(), metric.labels())
    }

    pub(super) fn identity(metric: &str, labels: Labels<'_>) -> Self {
        let labels = labels.iter().map(|(k, v)| (k.to_owned(), Wanted::Value(v.to_owned()))).collect();
        Self { name: name::selecting(metric), labels }
    }

    /// The name, with the segments quoted that need it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// True when it has this metric's name, and the labels are as it asks.
    #[must_use]
    pub fn matches(&self, metric: Metric<'_>) -> bool {
        self.names(metric.name()) && self.fits(metric.labels())
    }

    pub(super) fn names(&self, metric: &str) -> bool {
        name::same(&self.name, metric)
    }

    pub(super) fn fits(&self, labels: Labels<'_>) -> bool {
        self.labels.iter().all(|(key, wanted)| match (wanted, labels.get(key)) {
            (Wanted::Value(wanted), Some(value)) => wanted == value,
            (Wanted::Present, Some(_)) | (Wanted::Absent, None) => true,
            _ => false,
        })
    }

    /// True when it asks something of the label `key`.
    pub(super) fn mentions(&self, key: &str) -> bool {
        self.labels.iter().any(|(k, _)| k == key)
    }

    /// True when it spells out all of these labels.
    pub(super) fn is_identity(&self, labels: Labels<'_>) -> bool {
        let values = self.labels.iter().filter(|(_, wanted)| matches!(wanted, Wanted::Value(_)));
        self.fits(labels) && self.labels.len() == labels.len() && values.count() == labels.len()
    }
}

impl FromStr for Selector {
    type Err = ParseCheckError;

    fn from_str(text: &str) -> Result<Self, ParseCheckError> {
        parse::selector(text)
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        for (i, (key, wanted)) in self.labels.iter().enumerate() {
            f.write_str(if i == 0 { "{" } else { ", " })?;
            let key = name::word(key);
            match wanted {
                Wanted::Value(value) => write!(f, "{key}={}", name::word(value))?,
                Wanted::Present => write!(f, "{key}=*")?,
                Wanted::Absent => write!(f, "!{key}")?,
            }
        }
        if self.labels.is_empty() { Ok(()) } else { f.write_str("}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::judge::fixture;

    #[test]
    fn labels_are_contained_present_or_absent() {
        let table = fixture::table(&[("clat.p99", &[("job", "a"), ("op", "read")], 1.0, "s")]);
        let metric = table.iter().next().unwrap();
        for fits in ["clat.p99", "clat.p99{}", "clat.p99{op=read}", "clat.p99{ op = \"read\", job=* }", "clat.p99{!thread}"] {
            assert!(fits.parse::<Selector>().unwrap().matches(metric), "{fits}");
        }
        for other in ["p99", "clat", "clat.p99{op=write}", "clat.p99{!op}", "clat.p99{thread=*}"] {
            assert!(!other.parse::<Selector>().unwrap().matches(metric), "{other}");
        }
    }

    #[test]
    fn what_a_metric_prints_selects_it() {
        let labels: &[(&str, &str)] = &[("benchmark", "fib \"20\" \\ x"), ("empty", ""), ("glob", "*"), ("path", "/dev/sda-1")];
        let table = fixture::table(&[("time.mean", labels, 1.0, "s"), ("time.mean", &[], 1.0, "s")]);
        for metric in table.iter() {
            for text in [metric.to_string(), Selector::of(metric).to_string()] {
                let selector: Selector = text.parse().unwrap();
                assert!(selector.matches(metric) && selector.is_identity(metric.labels()), "{text}");
            }
        }
    }

    #[test]
    fn names_of_the_json_format_can_be_selected() {
        for (name, selector) in [
            (r#"jobs.0.percentile."99.000000""#, r#"jobs.0.percentile."99.000000""#),
            ("jobs.0.job options.bs", r#"jobs.0."job options".bs"#),
            (r#"a."".b"#, r#"a."".b"#),
            ("exit", r#""exit""#),
            ("a.{x}", r#"a."{x}""#),
        ] {
            let table = fixture::table(&[(name, &[], 1.0, "")]);
            let metric = table.iter().next().unwrap();
            assert_eq!(Selector::of(metric).to_string(), selector);
            assert!(selector.parse::<Selector>().unwrap().matches(metric), "{selector}");
        }
    }
}
