//! `stdout_report.rb` and `report.rb` of benchmark-ips 2.

use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Printed};

use crate::Seen;

const RATE: Printed = Printed::base("{operation}/s");
const ITERATION: Printed = Printed::base("{iteration}");

/// A line that only benchmark-ips prints.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("Warming up ------") || line.starts_with("Calculating ------") || Row::parse(line).is_some()
}

/// `addition      3.776M (±11.8%) i/s -    785.576k in   0.211841s`, since 2.13 with `(27.68 ns/i)` behind `i/s`.
#[derive(Debug)]
struct Row<'t> {
    /// Empty where the name is too long, and on the line before.
    name: &'t str,
    rate: (&'t str, Printed),
    deviation: &'t str,
    time: Option<(&'t str, Printed)>,
    iterations: (&'t str, Printed),
    elapsed: &'t str,
}

impl<'t> Row<'t> {
    fn parse(line: &'t str) -> Option<Self> {
        let (before, after) = line.cut("%) i/s")?;
        let (before, deviation) = before.cut_last("(\u{b1}")?;
        let before = before.trim_end();
        let at = before.rfind(' ').map_or(0, |at| at + 1);
        let rate = scaled(&before[at..], RATE)?;
        let (middle, after) = after.cut(" - ")?;
        let (iterations, elapsed) = after.cut(" in ")?;
        let time = middle.trim().strip_prefix('(').and_then(|time| time.strip_suffix("/i)"));
        let elapsed = elapsed.trim().strip_suffix('s')?;
        let deviation = deviation.trim();
        let is_row = number::is_token(deviation) && number::is_token(elapsed);
        is_row.then_some(Self {
            name: before[..at].trim(),
            rate,
            deviation,
            time: time.and_then(duration),
            iterations: scaled(iterations.trim(), ITERATION)?,
            elapsed,
        })
    }
}

/// `785.576k`: `Helpers.scale` divides by powers of 1000.
fn scaled(word: &str, base: Printed) -> Option<(&str, Printed)> {
    let (token, suffix) = number::leading(word)?;
    let exponent = match suffix {
        "" => 0,
        "k" => 3,
        "M" => 6,
        "B" => 9,
        "T" => 12,
        "Q" => 15,
        _ => return None,
    };
    Some((token, base.shift(exponent)))
}

fn duration(text: &str) -> Option<(&str, Printed)> {
    let (token, word) = text.trim().split_once(' ')?;
    let printed = match word.trim() {
        "ns" => unit::NS,
        "\u{3bc}s" | "\u{b5}s" | "us" => unit::US,
        "ms" => unit::MS,
        "s" => unit::SECOND,
        "m" => unit::MINUTE,
        "h" => unit::HOUR,
        _ => return None,
    };
    number::is_token(token).then_some((token, printed))
}

/// The lines of a text.
#[derive(Default)]
pub(crate) struct Page<'t> {
    known: bool,
    comparing: bool,
    /// The line before, which has a name that is too long for its column.
    title: &'t str,
}

impl<'t> Page<'t> {
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> Seen {
        let text = line.trimmed();
        if self.known && !line.ended && !text.is_empty() {
            return Seen::Cut;
        }
        if let Some(row) = Row::parse(line.text) {
            if !line.ended {
                return Seen::Cut;
            }
            let name = if row.name.is_empty() { self.title } else { row.name };
            put(name, &row, out);
        } else if text == "Comparison:" && self.known {
            self.comparing = true;
        } else if let Some((name, rate)) = compared(text).filter(|_| self.comparing) {
            let metric = out.metric("operation.rate").label("benchmark", name).label("source", "comparison");
            metric.unit(RATE).higher().push(rate);
        } else if is_mark(line.text) {
            self.comparing = false;
        } else {
            self.title = text;
            return Seen::Other;
        }
        self.known = true;
        Seen::Mine
    }
}

/// `addition:  3776485.7 i/s - 74.22x  slower`
fn compared(line: &str) -> Option<(&str, &str)> {
    let (before, _) = line.cut(" i/s")?;
    let (name, rate) = before.rsplit_once(':')?;
    number::is_token(rate.trim()).then_some((name.trim(), rate.trim()))
}

fn put(name: &str, row: &Row<'_>, out: &mut MetricSink) {
    out.metric("operation.rate").label("benchmark", name).unit(row.rate.1).higher().push(row.rate.0);
    out.metric("operation.rate.cv").label("benchmark", name).unit(unit::PERCENT).push(row.deviation);
    if let Some((token, printed)) = row.time {
        out.metric("time.mean").label("benchmark", name).unit(printed).lower().push(token);
    }
    out.metric("iteration.count").label("benchmark", name).unit(row.iterations.1).informational().push(row.iterations.0);
    out.metric("elapsed").label("benchmark", name).unit(unit::SECOND).informational().push(row.elapsed);
}
