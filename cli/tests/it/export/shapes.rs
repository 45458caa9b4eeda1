//! Formats whose readers are services: held to the shapes that they document.

use std::fs;

use serde_json::{Value, json};

use super::{NASTY, exported, three};

fn document(target: &str) -> Value {
    let (kept, run) = three();
    serde_json::from_slice(&fs::read(exported(&kept, &run, target)).unwrap()).unwrap()
}

#[test]
fn bencher_has_measures_of_benchmarks() {
    let found = document("bmf");
    assert_eq!(found[format!("sh{{threads=8}}{{label={NASTY:?}}}")], json!({"request.latency.p99": {"value": 0.000_431}}));
    assert_eq!(found["sh{threads=8}{label=x}"], json!({"throughput": {"value": 12_500_000.0}}));
}

#[test]
fn github_action_benchmark_has_a_file_for_each_direction() {
    let smaller = document("github-smaller-is-better");
    let entry = json!({"name": "sh{threads=8} rss.max{label=y}", "unit": "By", "value": 3072.0});
    assert!(smaller.as_array().unwrap().contains(&entry), "{smaller}");
    let bigger = document("github-bigger-is-better");
    let units: Vec<&Value> = bigger.as_array().unwrap().iter().map(|entry| &entry["unit"]).collect();
    assert_eq!(units, [&json!("By/s"), &json!("{thing}")]);
}

#[test]
fn json_lines_have_all_that_is_known() {
    let (kept, run) = three();
    let text = fs::read_to_string(exported(&kept, &run, "jsonl")).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 6);
    assert_eq!((&lines[0]["run"], &lines[0]["parameters"]), (&json!("run"), &json!({"threads": "8"})));
    assert_eq!(lines[0]["metric"]["span"], json!([4, 7]));
}

#[test]
fn markdown_has_a_table_that_no_label_breaks() {
    let (kept, run) = three();
    let text = fs::read_to_string(exported(&kept, &run, "markdown")).unwrap();
    assert!(text.starts_with("## sh{threads=8}: passed\n"), "{text}");
    let rows = text.lines().filter(|line| line.starts_with("| "));
    // Every bar that is not a cell's is escaped.
    assert!(rows.clone().all(|row| row.replace("\\|", "").matches('|').count() == 4), "{text}");
    assert!(text.contains("| throughput{label=x} | 11.92 MiB/s | higher |"), "{text}");
    assert!(text.contains("## sh: failed, crashed"), "{text}");
}

#[test]
fn a_format_that_is_none_lists_those_there_are() {
    let (kept, run) = three();
    let said = kept.prill("none", &["export", "--to", "xlsx", run.to_str().unwrap()]);
    assert!(said.status == 2 && said.err.contains("there are jsonl, csv, markdown, junit"), "{}", said.err);
}
