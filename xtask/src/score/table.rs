use std::collections::BTreeMap;

use super::tally::Tally;

/// Prints a row for each tool, and the sums.
pub(super) fn print(tools: &BTreeMap<String, Tally>, peers: bool) {
    let mut sum = Tally::default();
    tools.values().for_each(|tally| sum.add(tally));
    let head: &[&str] = if peers {
        &["tool", "cases", "expected", "found"]
    } else {
        &[
            "tool",
            "cases",
            "expected",
            "right",
            "value",
            "unit",
            "polarity",
            "span",
            "invented",
            "broken",
            "auto right",
            "tie",
            "wrong",
            "explained",
        ]
    };
    let named = tools.iter().map(|(tool, tally)| (tool.as_str(), tally)).chain([("total", &sum)]);
    let rows: Vec<Vec<String>> = named.map(|(tool, tally)| row(tool, tally, head.len())).collect();
    let first = rows.iter().map(|r| r[0].len()).max().unwrap_or_default().max(head[0].len());
    let line = |cells: Vec<&str>| {
        let rest: Vec<String> =
            cells.iter().zip(head).skip(1).map(|(c, h)| format!("{c:>width$}", width = h.len().max(5))).collect();
        println!("{:<first$}  {}", cells[0], rest.join("  "));
    };
    line(head.to_vec());
    for row in &rows {
        line(row.iter().map(String::as_str).collect());
    }
    if !sum.ties.is_empty() {
        println!("\nThe text fits several formats, and the command decides for the right one:");
        sum.ties.iter().for_each(|tie| println!("  {tie}"));
    }
}

fn row(tool: &str, t: &Tally, columns: usize) -> Vec<String> {
    let numbers = if columns == 4 {
        vec![t.cases, t.expected, t.value]
    } else {
        vec![
            t.cases,
            t.expected,
            t.whole,
            t.value,
            t.unit,
            t.polarity,
            t.place,
            t.invented,
            t.broken,
            t.auto_right,
            t.ties.len(),
            t.auto_wrong,
        ]
    };
    let coverage = (columns > 4).then(|| t.coverage());
    std::iter::once(tool.to_owned()).chain(numbers.iter().map(ToString::to_string)).chain(coverage).collect()
}
