//! What one writes with serde_json.

use serde_json::Value;

pub(crate) fn parse(text: &str) -> usize {
    let value: Value = serde_json::from_str(text).expect("a document");
    value.as_object().map_or(0, serde_json::Map::len)
}

pub(crate) fn walk(text: &str) -> usize {
    numbers(text).len()
}

/// Path and value of all numbers.
pub(crate) fn numbers(text: &str) -> Vec<(String, f64)> {
    let value: Value = serde_json::from_str(text).expect("a document");
    let mut found = Vec::new();
    collect(&value, String::new(), &mut found);
    found
}

fn collect(value: &Value, path: String, found: &mut Vec<(String, f64)>) {
    match value {
        Value::Number(number) => found.extend(number.as_f64().map(|value| (path, value))),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, if path.is_empty() { index.to_string() } else { format!("{path}.{index}") }, found);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                let dot = if path.is_empty() { "" } else { "." };
                let quote = if key.is_empty() || key.contains('.') { "\"" } else { "" };
                collect(member, format!("{path}{dot}{quote}{key}{quote}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
