use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::{NASTY, exported, three};

/// What the reader of a kind of file finds in them.
fn read(kind: &str, paths: &[&Path]) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let python = target().join("readers/venv/bin/python");
    assert!(python.exists(), "the readers are not there; run scripts/readers");
    let output = Command::new(python).arg(root.join("cli/tests/readers/read.py")).arg(kind).args(paths).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{kind}: {err}");
    serde_json::from_str(&out).unwrap_or_else(|e| panic!("{kind}: {e}: {out}{err}"))
}

/// The target folder, which this test is in.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file()).unwrap().to_owned()
}

#[test]
fn records_are_as_the_schema_says() {
    let (kept, run) = three();
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/record.schema.json");
    let records: Vec<PathBuf> = ["sh", "sh.2", "sh.3"].iter().map(|name| run.join(format!("prill/{name}.prill.json"))).collect();
    let mut paths: Vec<&Path> = vec![&schema];
    paths.extend(records.iter().map(PathBuf::as_path));
    assert_eq!(read("schema", &paths), json!([[], [], []]));
    // And it is not one that lets everything through.
    let broken = kept.path("broken.json");
    let text = std::fs::read_to_string(&records[0]).unwrap().replace("\"polarity\":\"lower\"", "\"polarity\":\"less\"");
    std::fs::write(&broken, text).unwrap();
    let errors = read("schema", &[&schema, &broken]);
    assert!(errors[0][0].as_str().unwrap().starts_with("$.results[0].metrics[0].polarity"), "{errors}");
}

#[test]
fn junit_is_as_its_schema_says() {
    let (kept, run) = three();
    let cases = read("junit", &[&exported(&kept, &run, "junit")]);
    let names: Vec<&Value> = cases.as_array().unwrap().iter().map(|case| &case["is"]).collect();
    assert_eq!(names, [&json!([]), &json!(["failure"]), &json!(["error"])]);
    assert_eq!((&cases[0]["name"], &cases[0]["suite"]), (&json!("sh{threads=8}"), &json!("prill")));
    let latency = format!("request.latency.p99{{label={NASTY:?}}} = 0.000431 s");
    let out = json!([latency, "throughput{label=x} = 12500000 By/s", "rss.max{label=y} = 3072 By", "odd{label=z} = 7 {thing}"]);
    assert_eq!(cases[0]["out"], out);
}

#[test]
fn openmetrics_is_read_by_the_parser_of_prometheus() {
    let (kept, run) = three();
    let samples = read("openmetrics", &[&exported(&kept, &run, "openmetrics")]);
    let find = |name: &str, label: &str| {
        let all = samples.as_array().unwrap();
        all.iter().find(|s| s["name"] == name && s["labels"]["label"] == label).unwrap_or_else(|| panic!("{name}: {samples}"))
    };
    let latency = find("prill_request_latency_p99_seconds", NASTY);
    assert_eq!((&latency["value"], &latency["unit"], &latency["type"]), (&json!(0.000_431), &json!("seconds"), &json!("gauge")));
    assert_eq!((&latency["labels"]["payload"], &latency["labels"]["threads"]), (&json!("sh"), &json!("8")));
    assert_eq!(find("prill_throughput_bytes_per_second", "x")["value"].as_f64(), Some(12_500_000.0));
    assert_eq!(find("prill_rss_max_bytes", "y")["value"].as_f64(), Some(3072.0));
    assert_eq!(find("prill_odd", "z")["value"].as_f64(), Some(7.0));
}

#[test]
fn ktap_is_read_as_the_dialect_of_tap_that_it_is() {
    let (kept, run) = three();
    let found = read("ktap", &[&exported(&kept, &run, "ktap")]);
    let tests: Vec<(&Value, &Value)> = found["tests"].as_array().unwrap().iter().map(|t| (&t["ok"], &t["number"])).collect();
    assert_eq!(tests, [(&json!(true), &json!(1)), (&json!(false), &json!(2)), (&json!(false), &json!(3))]);
    assert_eq!(found["subtests"][0], json!([[true, "exists odd"]]));
    assert_eq!(found["subtests"][1], json!([[false, "request.latency.p99 < 1us"]]));
}

#[test]
fn csv_is_a_data_frame() {
    let (kept, run) = three();
    let rows = read("csv", &[&exported(&kept, &run, "csv")]);
    assert_eq!(rows.as_array().unwrap().len(), 6);
    let first = json!({"name": "request.latency.p99", "labels": {"label": NASTY}, "value": 0.000_431, "unit": "s",
        "polarity": "lower", "payload": "sh"});
    assert_eq!(rows[0], first);
}

#[test]
fn otlp_is_the_message_that_collectors_get() {
    let (kept, run) = three();
    let points = read("otlp", &[&exported(&kept, &run, "otlp")]);
    let point = points.as_array().unwrap().iter().find(|p| p["name"] == "throughput").unwrap();
    assert_eq!((&point["unit"], &point["value"], &point["time"]), (&json!("By/s"), &json!(12_500_000.0), &json!(true)));
    assert_eq!(point["attributes"], json!({"payload": "sh", "polarity": "higher", "label": "x"}));
}

#[test]
fn google_benchmark_compares_two_of_them() {
    let (kept, run) = three();
    let one = exported(&kept, &run, "google-benchmark");
    let said = read("google-benchmark", &[&one, &one]);
    let lines: Vec<&str> = said.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let latency =
        lines.iter().find(|line| line.starts_with("sh{threads=8}/request.latency.p99")).unwrap_or_else(|| panic!("{lines:?}"));
    // The changes of time and CPU, and the times in nanoseconds.
    let cells: Vec<&str> = latency.split_whitespace().rev().take(6).collect();
    assert_eq!(cells, ["431000", "431000", "431000", "431000", "+0.0000", "+0.0000"]);
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_one_table_for_duckdb_and_for_polars() {
    let (kept, run) = three();
    let folder = exported_parquet(&kept, &run);
    let tables = read("parquet", &[&folder]);
    assert_eq!(tables["duckdb"], tables["polars"]);
    let rows = tables["duckdb"].as_array().unwrap();
    assert_eq!(rows.len(), 6);
    let rate = rows.iter().find(|row| row[2] == "throughput").unwrap();
    assert_eq!(
        (&rate[0], &rate[3], &rate[4], &rate[5]),
        (&json!("run"), &json!("{\"label\":\"x\"}"), &json!(12_500_000.0), &json!("By/s"))
    );
    assert!(rate[1].as_str().unwrap().starts_with("20"), "the date is in the folder: {rate}");
}

#[cfg(feature = "parquet")]
fn exported_parquet(kept: &crate::records::Kept, run: &Path) -> PathBuf {
    let folder = kept.path("parquet");
    let said = kept.prill("none", &["export", "--to", "parquet", "-o", folder.to_str().unwrap(), run.to_str().unwrap()]);
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{}", said.out);
    folder
}
