//! Tables for people.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::io::{self, Write};

use prill_core::metric::Human;
use prill_core::{Diagnostic, Metric, MetricTable, Polarity, Severity};

use crate::io::Look;
use crate::style::Palette;

/// Columns of text; the first is as wide as the others leave it, and a cell that does not fit has a line of its own.
pub(crate) struct Grid<const N: usize> {
    pub(crate) head: [&'static str; N],
    /// Which columns end flush.
    pub(crate) right: [bool; N],
    pub(crate) rows: Vec<[String; N]>,
}

impl<const N: usize> Grid<N> {
    pub(crate) fn print(&self, out: &mut dyn Write, look: Look) -> io::Result<()> {
        let Palette { dim, .. } = Palette::new(look.colour);
        let mut widths: [usize; N] = self.head.map(width);
        for row in &self.rows {
            for (wide, cell) in widths.iter_mut().zip(row) {
                *wide = width(cell).max(*wide);
            }
        }
        let others: usize = widths[1..].iter().map(|w| w + 2).sum();
        if let Some(all) = look.width {
            widths[0] = widths[0].min(all.saturating_sub(others).max(width(self.head[0])));
        }
        writeln!(out, "{dim}{}{dim:#}", self.line(self.head, &widths))?;
        for row in &self.rows {
            writeln!(out, "{}", self.line(row.each_ref().map(String::as_str), &widths))?;
        }
        Ok(())
    }

    fn line(&self, cells: [&str; N], widths: &[usize; N]) -> String {
        let mut line = String::new();
        for (i, (cell, wide)) in cells.iter().zip(widths).enumerate() {
            let pad = wide.saturating_sub(width(cell));
            let (gap, before) = (if i == 0 { 0 } else { 2 }, if self.right[i] { pad } else { 0 });
            line.extend(std::iter::repeat_n(' ', gap + before));
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', pad - before));
            if i == 0 && width(cell) > *wide {
                line.push('\n');
                line.push_str(&" ".repeat(*wide));
            }
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// The metrics, sorted by name. Labels that all of them have are said once, above.
pub(crate) fn metrics(out: &mut dyn Write, look: Look, table: &MetricTable) -> io::Result<()> {
    if table.is_empty() {
        return Ok(());
    }
    let common = Common::of(table.iter());
    common.print(out, look)?;
    let rows = sorted(table.iter(), &common).into_iter().map(|(name, m)| {
        let (number, unit) = value(m, m.value());
        [name, number, unit, better(m.polarity()).into_owned()]
    });
    let head = ["metric", "value", "unit", "better"];
    Grid { head, right: [false, true, false, false], rows: rows.collect() }.print(out, look)
}

/// The diagnostics, one a line; of many with one code the first. That they cannot be written is no reason to fail.
pub(crate) fn diagnostics<'d>(err: &mut dyn Write, look: Look, diagnostics: impl Iterator<Item = &'d Diagnostic>) {
    let palette = Palette::new(look.colour);
    let mut seen: BTreeMap<(Reverse<Severity>, &str), usize> = BTreeMap::new();
    for d in diagnostics {
        let count = seen.entry((Reverse(d.severity), d.code)).or_default();
        *count += 1;
        if *count > most(d.severity) {
            continue;
        }
        let (style, dim) = (palette.severity(d.severity), palette.dim);
        let place = match (&d.stream, d.span) {
            (Some(stream), Some(span)) => format!(" ({stream}, bytes {span})"),
            (Some(stream), None) => format!(" ({stream})"),
            _ => String::new(),
        };
        let _ = writeln!(err, "{style}{}[{}]{style:#}: {}{dim}{place}{dim:#}", d.severity, d.code, d.message);
    }
    for ((Reverse(severity), code), count) in seen {
        if let Some(more @ 1..) = count.checked_sub(most(severity)) {
            let (style, dim) = (palette.severity(severity), palette.dim);
            let _ = writeln!(
                err,
                "{style}{severity}[{code}]{style:#}: {more} more {dim}(--json and `prill explain` show all){dim:#}"
            );
        }
    }
}

/// How many diagnostics of one code are printed: what is odd in every line of an output is odd a thousand times.
fn most(severity: Severity) -> usize {
    match severity {
        Severity::Note => 1,
        Severity::Warning => 5,
        Severity::Error => 10,
    }
}

/// The labels that all metrics of a table share.
pub(crate) struct Common(Vec<(String, String)>);

impl Common {
    pub(crate) fn of<'m>(mut metrics: impl Iterator<Item = Metric<'m>>) -> Self {
        let (Some(first), Some(second)) = (metrics.next(), metrics.next()) else { return Self(Vec::new()) };
        let mut labels: Vec<(String, String)> = first.labels().iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        for metric in std::iter::once(second).chain(metrics) {
            labels.retain(|(key, value)| metric.labels().get(key) == Some(value));
        }
        Self(labels)
    }

    /// Says them, if there are any.
    pub(crate) fn print(&self, out: &mut dyn Write, look: Look) -> io::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let dim = Palette::new(look.colour).dim;
        writeln!(out, "{dim}all with{dim:#} {}", braced(self.0.iter().map(|(k, v)| (k.as_str(), v.as_str()))))
    }

    /// The name of a metric, with the labels that not all have.
    pub(crate) fn rest(&self, metric: Metric<'_>) -> String {
        if self.0.is_empty() {
            return metric.to_string();
        }
        let own = metric.labels().iter().filter(|(key, _)| self.0.iter().all(|(common, _)| common != key));
        format!("{}{}", metric.name(), braced(own))
    }
}

/// Labels as a selector takes them: `{job=a, benchmark="fib 20"}`.
pub(crate) fn braced<'l>(labels: impl Iterator<Item = (&'l str, &'l str)>) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./:+@#%".contains(c);
    let pairs: Vec<String> = labels
        .map(|(key, value)| match value {
            _ if !value.is_empty() && value.chars().all(plain) => format!("{key}={value}"),
            _ => format!("{key}={value:?}"),
        })
        .collect();
    if pairs.is_empty() { String::new() } else { format!("{{{}}}", pairs.join(", ")) }
}

/// Number and unit of `value`, in the unit of `metric`.
pub(crate) fn value(metric: Metric<'_>, value: f64) -> (String, String) {
    cells(Human::new(value, metric.unit()))
}

/// Number and unit of a value.
pub(crate) fn cells(human: Human) -> (String, String) {
    let human = human.to_string();
    match human.split_once(' ') {
        Some((number, unit)) => (number.to_owned(), unit.to_owned()),
        None => (human, String::new()),
    }
}

/// An arrow to where better values are; nothing where there is no better.
pub(crate) fn better(polarity: Polarity) -> Cow<'static, str> {
    match polarity {
        Polarity::Lower => "↓".into(),
        Polarity::Higher => "↑".into(),
        Polarity::Target(target) => format!("→ {target}").into(),
        Polarity::Unknown => "?".into(),
        Polarity::Informational => "".into(),
    }
}

/// The metrics and their names as [`Common::rest`] gives them, in the order in which people look for them: by name, then by
/// labels, numbers in them by value.
pub(crate) fn sorted<'m>(metrics: impl Iterator<Item = Metric<'m>>, common: &Common) -> Vec<(String, Metric<'m>)> {
    let mut metrics: Vec<_> = metrics.map(|m| (common.rest(m), m)).collect();
    metrics.sort_by(|(a, x), (b, y)| {
        let ((name_a, labels_a), (name_b, labels_b)) = (a.split_at(x.name().len()), b.split_at(y.name().len()));
        natural(name_a, name_b).then_with(|| natural(labels_a, labels_b))
    });
    metrics
}

/// `p50` before `p99`, `p99` before `p99_9`, `thread=9` before `thread=10`.
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    if a == b {
        return Ordering::Equal;
    }
    loop {
        // Names begin alike: what decides is the first difference, or the number that it is in.
        let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
        let start = same - a[..same].iter().rev().take_while(|b| b.is_ascii_digit()).count();
        (a, b) = (&a[start..], &b[start..]);
        let [x, y] = [a, b].map(|text| text.iter().take_while(|b| b.is_ascii_digit()).count());
        if x == 0 || y == 0 {
            return a.cmp(b);
        }
        let order = number(&a[..x], &b[..y]);
        if order != Ordering::Equal {
            return order;
        }
        (a, b) = (&a[x..], &b[y..]);
    }
}

/// Digits by their value.
fn number(a: &[u8], b: &[u8]) -> Ordering {
    let [a, b] = [a, b].map(|digits| &digits[digits.iter().take_while(|b| **b == b'0').count()..]);
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Columns on a terminal, near enough: wide characters are rare in names.
pub(crate) fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_compared_as_numbers() {
        let mut names = ["p99_9", "thread10", "p9", "thread9", "p99", "min", "p100", "thread09x"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["min", "p9", "p99", "p99_9", "p100", "thread9", "thread09x", "thread10"]);
    }

    #[test]
    fn what_does_not_fit_has_a_line_of_its_own() {
        let rows = vec![["a.long.name".to_owned(), "1".to_owned()], ["b".to_owned(), "22".to_owned()]];
        let grid = Grid { head: ["m", "v"], right: [false, true], rows };
        let mut out = Vec::new();
        grid.print(&mut out, Look { width: Some(10), ..Look::default() }).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "m        v\na.long.name\n         1\nb       22\n");
    }
}
