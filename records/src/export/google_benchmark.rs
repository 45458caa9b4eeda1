//! The JSON of Google Benchmark 1.8 (src/json_reporter.cc), which its `tools/compare.py` reads: a benchmark for each time that was
//! measured, called after its test and metric. All that is no time are counters of a benchmark that is called after the test,
//! whose times are those of the whole run.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::json as write_json;
use super::row::name;
use crate::model::{Record, RunResult};

pub(super) fn write(records: &[Record], out: &mut dyn Write) -> io::Result<()> {
    let mut benchmarks = Vec::new();
    for record in records {
        for (number, result) in (1..).zip(&record.results) {
            let name = if record.results.len() > 1 { format!("{}#{number}", name(record)) } else { name(record) };
            benchmarks.push(whole(&name, result));
            let times = result.metrics.iter().filter(|metric| metric.unit.as_deref() == Some("s"));
            benchmarks.extend(times.map(|metric| {
                let name = format!("{name}/{}", metric.identity());
                Value::Object(benchmark(&name, metric.value, metric.value))
            }));
        }
    }
    write_json(&json!({ "context": context(records), "benchmarks": benchmarks }), out)
}

fn whole(name: &str, result: &RunResult) -> Value {
    let usage = |name: &str| result.usage.iter().find(|reading| reading.name == name).map_or(0.0, |reading| reading.value);
    let mut benchmark = benchmark(name, usage("usage.wall"), usage("usage.cpu.user") + usage("usage.cpu.system"));
    for metric in result.metrics.iter().filter(|metric| metric.unit.as_deref() != Some("s")) {
        benchmark.insert(metric.identity(), json!(metric.value));
    }
    Value::Object(benchmark)
}

fn benchmark(name: &str, real: f64, cpu: f64) -> Map<String, Value> {
    let fields = json!({
        "name": name, "run_name": name, "run_type": "iteration", "family_index": 0, "per_family_instance_index": 0,
        "repetitions": 1, "repetition_index": 0, "threads": 1, "iterations": 1,
        "real_time": real * 1e9, "cpu_time": cpu * 1e9, "time_unit": "ns",
    });
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn context(records: &[Record]) -> Value {
    let Some(record) = records.first() else { return json!({}) };
    json!({
        "date": record.started,
        "host_name": record.host.name,
        "executable": record.identity.binary,
        "num_cpus": record.host.cpu.online,
        "mhz_per_cpu": 0,
        "cpu_scaling_enabled": record.host.cpu.governors.iter().any(|governor| governor != "performance"),
        "caches": [],
        "load_avg": record.noise.load_before,
        "library_build_type": "release",
    })
}
