//! The table of `asv compare` and `asv continuous`, as Markdown since 0.6.

use prill_core::MetricSink;
use prill_core::scan::number;

use crate::value::Place;

/// `| Change   | Before [2df303af] <a> | After [fd19154a] <b> | Ratio   | Benchmark (Parameter) |`
pub(crate) fn is_head(line: &str) -> bool {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    matches!(cells[..], ["", "Change", before, after, "Ratio", "Benchmark (Parameter)", ""]
        if before.starts_with("Before") && after.starts_with("After"))
}

/// `       before           after         ratio`, until 0.5
pub(crate) fn is_old_head(line: &str) -> bool {
    line.split_whitespace().eq(["before", "after", "ratio"])
}

/// Reads a row; false when the line is none.
pub(crate) fn row(line: &str, out: &mut MetricSink) -> bool {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let (before, after, name) = match cells[..] {
        ["", _, before, after, _, name, ""] => (before, after, name),
        [line] => match old(line) {
            Some(row) => row,
            None => return false,
        },
        _ => return false,
    };
    let (benchmark, parameters) = match name.strip_suffix(')').and_then(|name| name.split_once('(')) {
        Some((benchmark, parameters)) => (benchmark, Some(parameters.to_owned())),
        None => (name, None),
    };
    let place = Place { benchmark: benchmark.to_owned(), parameters, ..Place::default() };
    place.read(after, out);
    Place { run: Some("before"), ..place }.read(before, out);
    true
}

/// `+      10.0±0.1ms       12.0±0.3ms     1.20  benchmarks.time_x(10, 'a')`
fn old(line: &str) -> Option<(&str, &str, &str)> {
    let line = line.trim_start_matches(['+', '-', 'x', '!', '*', '~', ' ']);
    let (before, rest) = line.split_once(' ')?;
    let (after, rest) = rest.trim_start().split_once(' ')?;
    let (ratio, name) = rest.trim_start().trim_start_matches('~').split_once(' ')?;
    let is_row = number::is_token(ratio) || ratio == "n/a";
    (is_row && name.contains('.')).then_some((before, after, name.trim()))
}
