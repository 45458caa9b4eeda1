use super::line::Line;

/// A label: key and value.
pub(super) type Label<'m> = (&'m str, &'m str);

/// Fewer lines in a row with the same labels are not worth a heading.
const FEWEST: usize = 3;

/// The labels that all metrics of many lines in a row share, which are said once, before the first of these lines.
#[derive(Debug)]
pub(super) struct Sections<'m> {
    /// The number of the first line, and the labels.
    starts: Vec<(usize, Vec<Label<'m>>)>,
}

impl<'m> Sections<'m> {
    pub(super) fn of<'f: 'm>(lines: impl Iterator<Item = Line<'f>>) -> Self {
        let labelled: Vec<(usize, Vec<Label<'m>>)> = lines.filter_map(|line| Some((line.number, shared(&line)?))).collect();
        let mut starts = Vec::new();
        split(&labelled, &[], &mut starts);
        let mut before: &[Label<'m>] = &[];
        let mut kept: Vec<(usize, Vec<Label<'m>>)> = Vec::new();
        for (line, labels) in &starts {
            if labels != before {
                kept.push((*line, labels.clone()));
            }
            before = labels;
        }
        Self { starts: kept }
    }

    /// The labels of the section that `line` is in.
    pub(super) fn at(&self, line: usize) -> &[Label<'m>] {
        match self.starts[..self.starts.partition_point(|(start, _)| *start <= line)].last() {
            Some((_, labels)) => labels,
            None => &[],
        }
    }

    /// The labels of the section that starts with `line`, if one does.
    pub(super) fn starting(&self, line: usize) -> Option<&[Label<'m>]> {
        let found = self.starts.binary_search_by_key(&line, |(start, _)| *start).ok()?;
        Some(&self.starts[found].1)
    }
}

/// The labels that all metrics of a line share; `None` where there is no metric.
fn shared<'f>(line: &Line<'f>) -> Option<Vec<Label<'f>>> {
    let mut metrics = line.tokens.iter().flat_map(|token| token.claims()).filter(|claim| !claim.part).map(|claim| claim.metric);
    let mut labels: Vec<Label<'f>> = metrics.next()?.labels().iter().collect();
    for metric in metrics {
        labels.retain(|(key, value)| metric.labels().get(key) == Some(*value));
    }
    Some(labels)
}

/// Finds the longest runs of lines that share more than `outer`, and in these runs again; says of each line what section it
/// is in.
fn split<'m>(lines: &[(usize, Vec<Label<'m>>)], outer: &[Label<'m>], found: &mut Vec<(usize, Vec<Label<'m>>)>) {
    let mut at = 0;
    while at < lines.len() {
        let (run, labels) = run(&lines[at..], outer.len());
        if run >= FEWEST {
            split(&lines[at..at + run], &labels, found);
            at += run;
        } else {
            found.push((lines[at].0, outer.to_vec()));
            at += 1;
        }
    }
}

/// How many lines from the first one on share more than `outer` labels, and which.
fn run<'m>(lines: &[(usize, Vec<Label<'m>>)], outer: usize) -> (usize, Vec<Label<'m>>) {
    let mut labels = lines[0].1.clone();
    if labels.len() <= outer {
        return (0, labels);
    }
    let mut run = 1;
    for (_, other) in &lines[1..] {
        let common: Vec<Label<'m>> = labels.iter().filter(|label| other.contains(label)).copied().collect();
        if common.len() <= outer {
            break;
        }
        labels = common;
        run += 1;
    }
    (run, labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections(lines: &[&[Label<'static>]]) -> Vec<(usize, Vec<Label<'static>>)> {
        let lines: Vec<_> = lines.iter().enumerate().map(|(index, labels)| (index, labels.to_vec())).collect();
        let mut found = Vec::new();
        split(&lines, &[], &mut found);
        found.dedup_by(|later, first| later.1 == first.1);
        found
    }

    #[test]
    fn runs_of_lines_are_found_within_runs() {
        const JOB: Label<'_> = ("job", "a");
        const READ: Label<'_> = ("op", "read");
        let lines: [&[_]; 9] =
            [&[JOB], &[JOB, READ], &[JOB, READ], &[JOB, READ, ("source", "x")], &[JOB], &[JOB], &[], &[READ], &[]];
        assert_eq!(sections(&lines), [(0, vec![JOB]), (1, vec![JOB, READ]), (4, vec![JOB]), (6, vec![])]);
        assert_eq!(sections(&[&[JOB], &[JOB], &[]]), [(0, vec![])], "too short");
    }
}
