//! A file of results, `.asv/results/MACHINE/COMMIT-ENV.json`, of version 2 of its form.

use prill_core::diagnostic::code;
use prill_core::extract::{json_end, say_json};
use prill_core::scan::json::{Document, Kind as Json, Node};
use prill_core::scan::{Search, unit};
use prill_core::{ExtractError, Input, MetricSink};

use crate::value::{Kind, Part, Place};

pub(crate) fn is_mark(line: &str) -> bool {
    line.has("\"result_columns\"") && line.has("\"stats_")
}

/// Reads the results in the text of `input`, if it is a file of them.
pub(crate) fn read(input: &Input<'_>, out: &mut MetricSink) -> Option<Result<(), ExtractError>> {
    let text = input.text().as_str();
    if !text.has("\"result_columns\"") {
        return None;
    }
    let document = Document::read(text);
    let root = document.root()?;
    out.ignore(text, "setting, date, sample or about the machine");
    let columns: Vec<_> = root.get("result_columns").into_iter().flat_map(Node::items).filter_map(Node::as_str).collect();
    for (name, row) in root.get("results").into_iter().flat_map(Node::members) {
        let cells: Vec<Node<'_, '_>> = row.items().collect();
        let cell = |column: &str| columns.iter().position(|name| name == column).and_then(|i| cells.get(i).copied());
        benchmark(&name.text(), &cell, out);
    }
    say_json(document.problems(), input, out);
    Some(json_end(document.end(), input))
}

fn benchmark<'d, 't>(name: &str, cell: &dyn Fn(&str) -> Option<Node<'d, 't>>, out: &mut MetricSink) {
    // Without its parameters, as where the file is cut, nobody knows which result is of what.
    let (Some(results), Some(lists)) = (cell("result"), cell("params")) else { return };
    if results.kind() == Json::Null {
        return out.tool_failed(results.text(), format!("{name} has no result: it failed"));
    }
    let kind = Kind::of(name);
    let printed = match kind {
        Kind::Time => Some(unit::SECOND),
        Kind::Memory | Kind::Peak => Some(unit::BYTE),
        Kind::Track => None,
    };
    let parameters = product(lists);
    let at = |column: &str, i: usize| cell(column).and_then(|list| list.items().nth(i)).and_then(Node::number);
    for (i, result) in results.items().enumerate() {
        let sampled = at("stats_repeat", i);
        let place = Place {
            benchmark: name.to_owned(),
            parameters: parameters.get(i).cloned().filter(|text| !text.is_empty()),
            samples: sampled.and_then(|samples| samples.text().parse().ok()),
            ..Place::default()
        };
        match result.number() {
            Some(number) => place.put(kind, Part::Result { sampled: sampled.is_some() }, number.text(), printed, out),
            None => out.note(code::NO_SAMPLES, result.text(), format!("{name} has no result for these parameters")),
        }
        let parts = [
            ("stats_ci_99_a", Part::Low),
            ("stats_ci_99_b", Part::High),
            ("stats_q_25", Part::Stat("p25")),
            ("stats_q_75", Part::Stat("p75")),
        ];
        for (column, part) in parts {
            if let Some(number) = at(column, i) {
                place.put(kind, part, number.text(), printed, out);
            }
        }
    }
}

/// The combinations of the values of parameters, in the order of the results.
fn product(lists: Node<'_, '_>) -> Vec<String> {
    let mut all = vec![String::new()];
    for list in lists.items() {
        let values: Vec<_> = list.items().filter_map(Node::as_str).collect();
        let join = |before: &str, value: &str| if before.is_empty() { value.to_owned() } else { format!("{before}, {value}") };
        all = all.iter().flat_map(|before| values.iter().map(move |value| join(before, value))).collect();
    }
    all
}
