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
            let gap = if i == 0 { "" } else { "  " };
            let pad = " ".repeat(wide.saturating_sub(width(cell)));
            let (before, after) = if self.right[i] { (pad.as_str(), "") } else { ("", pad.as_str()) };
            line.push_str(gap);
            line.push_str(before);
            line.push_str(cell);
            line.push_str(after);
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
    let rows = sorted(table.iter()).into_iter().map(|m| {
        let (number, unit) = value(m, m.value());
        [common.rest(m), number, unit, better(m.polarity()).into_owned()]
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
fn braced<'l>(labels: impl Iterator<Item = (&'l str, &'l str)>) -> String {
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
    let human = Human::new(value, metric.unit()).to_string();
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

/// The metrics in the order in which people look for them: by name and labels, numbers in them by value.
pub(crate) fn sorted<'m>(metrics: impl Iterator<Item = Metric<'m>>) -> Vec<Metric<'m>> {
    let mut metrics: Vec<_> = metrics.map(|m| (m.name(), m.labels().to_string(), m)).collect();
    metrics.sort_by(|a, b| natural(a.0, b.0).then_with(|| natural(&a.1, &b.1)));
    metrics.into_iter().map(|(_, _, m)| m).collect()
}

/// `p50` before `p99`, `p99` before `p99_9`, `thread=9` before `thread=10`.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    while let (Some(x), Some(y)) = (a.chars().next(), b.chars().next()) {
        let (digits_a, digits_b) = (leading_digits(a), leading_digits(b));
        let order = if digits_a.is_empty() || digits_b.is_empty() {
            (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]);
            x.cmp(&y)
        } else {
            (a, b) = (&a[digits_a.len()..], &b[digits_b.len()..]);
            let (short_a, short_b) = (digits_a.trim_start_matches('0'), digits_b.trim_start_matches('0'));
            short_a.len().cmp(&short_b.len()).then_with(|| short_a.cmp(short_b))
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    a.len().cmp(&b.len())
}

fn leading_digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
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
