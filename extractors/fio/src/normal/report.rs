use prill_core::scan::{Search, unit};
use prill_core::{MetricSink, Printed};

use crate::labels::Identity;
use crate::page::Row;

/// The head line of a job's block: `rr: (groupid=0, jobs=1): err= 0: pid=25482: Sun Nov 22 15:53:26 2026`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head<'t> {
    pub(super) name: &'t str,
    pub(super) group: &'t str,
    /// What follows `err=`.
    pub(super) error: &'t str,
    pub(super) line: &'t str,
}

impl<'t> Head<'t> {
    fn parse(line: &'t str) -> Option<Self> {
        const MARK: &str = ": (groupid=";
        let at = line.place(MARK)?;
        let rest = &line[at + MARK.len()..];
        let group = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
        let (_, error) = rest.cut("err=")?;
        (!group.is_empty()).then(|| Self { name: line[..at].trim_start(), group, error, line })
    }
}

/// True for the head line of a job.
pub(crate) fn is_job(line: &str) -> bool {
    Head::parse(line).is_some()
}

/// What a section is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Body<'t> {
    Job(Head<'t>),
    /// `Run status group 0 (all jobs):`
    Group,
    /// `Disk stats (read/write):`
    Devices,
    /// `CPU idleness:`
    Idleness,
}

/// A head line and the lines that belong to it.
#[derive(Clone, Debug)]
pub(super) struct Section<'t> {
    pub(super) body: Body<'t>,
    pub(super) head: &'t str,
    pub(super) rows: Vec<Row<'t>>,
}

impl<'t> Section<'t> {
    fn open(line: &'t str) -> Option<Self> {
        let body = if let Some(head) = Head::parse(line) {
            Body::Job(head)
        } else if line.starts_with("Run status group ") {
            Body::Group
        } else if line.starts_with("Disk stats (read/write):") {
            Body::Devices
        } else if line.starts_with("CPU idleness:") {
            Body::Idleness
        } else {
            return None;
        };
        Some(Self { body, head: line, rows: Vec::new() })
    }

    pub(super) fn identity(&self) -> Option<Identity<'t>> {
        match self.body {
            Body::Job(head) => Some(Identity { name: head.name.into(), group: head.group.into(), host: None }),
            _ => None,
        }
    }
}

/// The jobs, groups and devices of one report.
#[derive(Clone, Debug, Default)]
pub(super) struct Report<'t> {
    pub(super) sections: Vec<Section<'t>>,
}

impl<'t> Report<'t> {
    /// fio prints the groups last, even when there is nothing to say of them.
    pub(super) fn is_whole(&self) -> bool {
        self.sections.iter().any(|s| matches!(s.body, Body::Group))
    }

    pub(super) fn start(&self) -> &'t str {
        self.sections.first().map_or("", |s| s.head)
    }

    pub(super) fn ignore(&self, why: &'static str, out: &mut MetricSink) {
        for section in &self.sections {
            out.ignore(section.head, why);
            section.rows.iter().for_each(|row| out.ignore(row.text, why));
        }
    }
}

/// The reports in a text; `--status-interval` prints several.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reports<'t> {
    all: Vec<Report<'t>>,
    /// Whether the line before belongs to the last section.
    open: bool,
    /// The line that names the version: `fio-3.33`.
    version: &'t str,
}

impl<'t> Reports<'t> {
    /// True when `row` is part of a report.
    pub(crate) fn take(&mut self, row: Row<'t>) -> bool {
        if let Some(section) = Section::open(row.whole()) {
            let is_job = matches!(section.body, Body::Job(_));
            if self.all.is_empty() || (is_job && self.all.last().is_some_and(Report::is_whole)) {
                self.all.push(Report::default());
            }
            self.open = true;
            if let Some(report) = self.all.last_mut() {
                report.sections.push(section);
            }
            return true;
        }
        let blank = row.text.trimmed().is_empty();
        self.open &= blank || row.text.starts_with(' ');
        let section = self.all.last_mut().and_then(|report| report.sections.last_mut());
        match section {
            Some(section) if self.open && !blank => section.rows.push(row),
            _ => return blank,
        }
        true
    }

    /// Takes the line that names the version.
    pub(crate) fn version(&mut self, line: &'t str) {
        self.version = line;
    }

    /// What latencies are counted in: nanoseconds since fio 2.99.
    pub(super) fn counted(&self) -> Printed {
        if self.version.starts_with("fio-2.") && !self.version.starts_with("fio-2.99") { unit::US } else { unit::NS }
    }

    pub(super) fn all(&self) -> &[Report<'t>] {
        &self.all
    }

    /// True when there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reports(text: &'static str) -> Reports<'static> {
        let mut reports = Reports::default();
        for line in text.lines() {
            reports.take(Row { text: line, ended: true });
        }
        reports
    }

    #[test]
    fn a_job_after_the_groups_starts_a_report() {
        let head = "a: (groupid=0, jobs=1): err= 0: pid=1: now\n  read: x\n\nRun status group 0 (all jobs):\n   READ: y\n\nDisk stats (read/write):\n  vda: z\n";
        let text: &'static str =
            Box::leak(format!("{head}Jobs: 1\n{head}b: (groupid=0, jobs=1): err= 0: pid=1: now\n").into_boxed_str());
        let reports = reports(text);
        let shape: Vec<Vec<usize>> = reports.all().iter().map(|r| r.sections.iter().map(|s| s.rows.len()).collect()).collect();
        assert_eq!(shape, [vec![1, 1, 1], vec![1, 1, 1], vec![0]]);
        assert_eq!(reports.all().iter().map(Report::is_whole).collect::<Vec<_>>(), [true, true, false]);
    }

    #[test]
    fn a_name_may_hold_marks() {
        let head =
            Head::parse("a: (b=1), c: (groupid=3, jobs=1): err=28 (file:io_u.c:1876, error=No space): pid=1: now").unwrap();
        assert_eq!((head.name, head.group), ("a: (b=1), c", "3"));
        assert!(head.error.starts_with("28 (file"));
        assert!(!is_job("a: (g=0): rw=read, bs=(R) 4096B-4096B"));
    }
}
