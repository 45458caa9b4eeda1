//! A million metrics as Parquet: at most 10 MB, and 4 times as fast as the same as JSON lines to disk.
//!
//! They are those of a thousand records, each of a thousand metrics with printed values: four significant digits.
//! `cargo bench -p prill-records --features parquet --bench parquet`

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::time::Instant;

use prill_records::Record;
use prill_records::export::{Target, export, parquet::Writer};
use prill_records::model::{MetricRecord, RunResult};

const RECORDS: usize = 1000;
const METRICS: usize = 1000;
const ROUNDS: usize = 3;

fn main() -> std::io::Result<()> {
    let records: Vec<Record> = (0..RECORDS).map(record).collect();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let (mut lines, mut parquet) = ((f64::INFINITY, 0), (f64::INFINITY, 0));
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let path = folder.path().join("metrics.jsonl");
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&path)?);
        export(Target::JsonLines, &records, &mut out)?;
        out.flush()?;
        out.get_ref().sync_all()?;
        lines = (lines.0.min(begun.elapsed().as_secs_f64()), std::fs::metadata(&path)?.len());

        let begun = Instant::now();
        let mut writer = Writer::create(folder.path(), "2026-11-29T07-40-12Z-1", "2026-11-29T07:40:12Z")?;
        records.iter().try_for_each(|record| writer.push(record))?;
        let path = writer.close()?;
        File::open(&path)?.sync_all()?;
        parquet = (parquet.0.min(begun.elapsed().as_secs_f64()), std::fs::metadata(&path)?.len());
    }
    println!("{} metrics", RECORDS * METRICS);
    println!("  JSON lines {:7.2} s, {:7.2} MB", lines.0, lines.1 as f64 / 1e6);
    println!("  Parquet    {:7.2} s, {:7.2} MB (limit 10 MB)", parquet.0, parquet.1 as f64 / 1e6);
    println!("  Parquet is {:.2} times as fast (limit 4)", lines.0 / parquet.0);
    Ok(())
}

/// A run of a tool with twenty metrics for each of fifty jobs.
fn record(number: usize) -> Record {
    let mut record = Record::of_archive("2026-11-29T07-40-12Z-1");
    record.started = format!("2026-11-29T07:{:02}:{:02}Z", number / 60 % 60, number % 60);
    record.identity.test = Some(format!("storage::case_{}", number % 40));
    let metrics = (0..METRICS).map(|index| metric(number, index)).collect();
    let mut result = RunResult::of_file("fio".to_owned(), metrics);
    result.started = record.started.clone();
    record.results.push(result);
    record
}

fn metric(record: usize, index: usize) -> MetricRecord {
    let (job, kind) = (index / 20, index % 20);
    // Spread as measurements are: around a value of the kind.
    let noise = (record * METRICS + index).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 44;
    let printed = 1000 + kind * 400 + noise % 200;
    let start = (index * 37) as u64;
    MetricRecord {
        name: format!("clat.p{kind}"),
        labels: BTreeMap::from([("job".to_owned(), format!("job{job}")), ("op".to_owned(), "read".to_owned())]),
        value: printed as f64 / 1e6,
        unit: Some("s".to_owned()),
        polarity: "lower".to_owned(),
        target: None,
        stream: "stdout".to_owned(),
        span: [start, start + 4],
        derived: false,
        spans: Vec::new(),
        exact: None,
        resolution: None,
    }
}
