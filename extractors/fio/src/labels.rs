use std::borrow::Cow;
use std::collections::HashMap;

use prill_core::MetricSink;
use prill_core::extract::Emit;

/// The labels that the numbers of one part of the output share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels<'t>(Vec<(&'static str, Cow<'t, str>)>);

impl<'t> Labels<'t> {
    /// Labels of a report that says again what a more precise one says: `source` is `terse` or `normal`.
    pub(crate) fn of(source: Option<&'static str>) -> Self {
        Self(source.map(|s| ("source", Cow::Borrowed(s))).into_iter().collect())
    }

    /// The same and one more.
    pub(crate) fn with(&self, key: &'static str, value: impl Into<Cow<'t, str>>) -> Self {
        let mut pairs = self.0.clone();
        pairs.push((key, value.into()));
        Self(pairs)
    }

    /// The same, marked as the less precise of two printings of a quantity.
    pub(crate) fn again(&self, source: &'static str) -> Self {
        let whole = self.0.iter().find(|(key, _)| *key == "source");
        let value = whole.map_or(Cow::Borrowed(source), |(_, report)| Cow::Owned(format!("{report}_{source}")));
        let mut pairs: Vec<_> = self.0.iter().filter(|(key, _)| *key != "source").cloned().collect();
        pairs.push(("source", value));
        Self(pairs)
    }

    /// Begins a metric with these labels.
    pub(crate) fn metric<'s>(&'s self, out: &'s mut MetricSink, name: &'s str) -> Emit<'s> {
        self.0.iter().fold(out.metric(name), |emit, (key, value)| emit.label(key, value.as_ref()))
    }
}

/// What tells the jobs of one report apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Identity<'t> {
    pub(crate) name: Cow<'t, str>,
    /// The number of its reporting group, as printed.
    pub(crate) group: Cow<'t, str>,
    /// The machine it ran on, where fio was a client.
    pub(crate) host: Option<Cow<'t, str>>,
}

/// The labels of each job: `job`, `host` where there is one, `group` when the report has more than one, and `instance`,
/// counted from 1, when jobs would have the same labels without it (`numjobs` without `group_reporting`).
pub(crate) fn of_jobs<'t>(jobs: &[Identity<'t>], report: &Labels<'t>) -> Vec<Labels<'t>> {
    let several_groups = jobs.iter().any(|job| job.group != jobs[0].group);
    let mut counts: HashMap<&Identity<'t>, usize> = HashMap::with_capacity(jobs.len());
    for job in jobs {
        *counts.entry(job).or_default() += 1;
    }
    let mut seen: HashMap<&Identity<'t>, usize> = HashMap::new();
    jobs.iter()
        .map(|job| {
            let mut labels = report.with("job", job.name.clone());
            if let Some(host) = &job.host {
                labels.0.push(("host", host.clone()));
            }
            if several_groups {
                labels.0.push(("group", job.group.clone()));
            }
            if counts[job] > 1 {
                let instance = seen.entry(job).or_default();
                *instance += 1;
                labels.0.push(("instance", Cow::Owned(instance.to_string())));
            }
            labels
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use prill_core::{Stream, Text};

    fn identities(jobs: &[(&'static str, &'static str)]) -> Vec<String> {
        let jobs: Vec<_> =
            jobs.iter().map(|(name, group)| Identity { name: (*name).into(), group: (*group).into(), host: None }).collect();
        let text = Text::new(b"1");
        let mut out = MetricSink::new();
        out.read(&text, &Stream::Stdout);
        for labels in of_jobs(&jobs, &Labels::default()) {
            labels.metric(&mut out, "iops").push(text.as_str());
        }
        out.metrics().iter().map(|m| m.to_string()).collect()
    }

    #[test]
    fn a_job_has_no_more_labels_than_it_needs() {
        assert_eq!(identities(&[("rr", "0")]), ["iops{job=rr}"]);
        assert_eq!(identities(&[("a", "0"), ("b", "1")]), ["iops{group=0, job=a}", "iops{group=1, job=b}"]);
        assert_eq!(
            identities(&[("a", "0"), ("b", "0"), ("a", "0")]),
            ["iops{instance=1, job=a}", "iops{job=b}", "iops{instance=2, job=a}"]
        );
        assert_eq!(identities(&[("a", "0"), ("a", "1")]), ["iops{group=0, job=a}", "iops{group=1, job=a}"]);
    }

    #[test]
    fn a_second_printing_says_so() {
        let text = Text::new(b"1");
        let mut out = MetricSink::new();
        out.read(&text, &Stream::Stdout);
        Labels::default().again("bw").metric(&mut out, "a").push(text.as_str());
        Labels::of(Some("normal")).again("decimal").metric(&mut out, "a").push(text.as_str());
        let names: Vec<_> = out.metrics().iter().map(|m| m.to_string()).collect();
        assert_eq!(names, ["a{source=bw}", "a{source=normal_decimal}"]);
    }
}
