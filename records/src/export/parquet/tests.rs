//! What is written is read back by the library's own reader, which knows nothing of how it was encoded.

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::file::statistics::Statistics;
use parquet::record::Field;
use proptest::prelude::*;

use super::*;
use crate::model::{MetricRecord, RunResult};

fn metric(name: &str, labels: &[(&str, &str)], value: f64, target: Option<f64>) -> MetricRecord {
    MetricRecord {
        name: name.to_owned(),
        labels: labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        value,
        unit: (!name.is_empty()).then(|| "s".to_owned()),
        polarity: if target.is_some() { "target" } else { "lower" }.to_owned(),
        target,
        stream: "stdout".to_owned(),
        span: [7, 7 + name.len() as u64],
        derived: false,
        spans: Vec::new(),
        exact: None,
        resolution: None,
    }
}

fn record(test: Option<&str>, metrics: Vec<MetricRecord>) -> Record {
    let mut record = Record::of_archive("run");
    record.identity.test = test.map(str::to_owned);
    record.results.push(RunResult::of_file("fio".to_owned(), metrics));
    record
}

/// The rows of a column.
fn column(path: &Path, name: &str) -> Vec<Field> {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let cell = |row: parquet::record::Row| row.get_column_iter().find(|(column, _)| *column == name).unwrap().1.clone();
    reader.get_row_iter(None).unwrap().map(|row| cell(row.unwrap())).collect()
}

fn written(records: &[Record]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::create(folder.path(), "run", "2026-11-29T07:40:12Z").unwrap();
    records.iter().for_each(|record| writer.push(record).unwrap());
    let path = writer.close().unwrap();
    (folder, path)
}

fn text(text: &str) -> Field {
    Field::Str(text.to_owned())
}

#[test]
fn every_cell_is_that_of_its_row() {
    let first = vec![metric("iops", &[("job", "a")], 1.5, None), metric("lat", &[], 2.5, Some(3.0))];
    let (_folder, path) = written(&[record(Some("t"), first), record(None, vec![metric("", &[("job", "a")], 0.0, None)])]);
    let cells = |name| column(&path, name);
    assert_eq!(cells("test"), [text("t"), text("t"), Field::Null]);
    assert_eq!(cells("package"), [Field::Null, Field::Null, Field::Null]);
    assert_eq!(cells("name"), [text("iops"), text("lat"), text("")]);
    assert_eq!(cells("labels"), [text(r#"{"job":"a"}"#), text("{}"), text(r#"{"job":"a"}"#)]);
    assert_eq!(cells("unit"), [text("s"), text("s"), Field::Null]);
    assert_eq!(cells("value"), [Field::Double(1.5), Field::Double(2.5), Field::Double(0.0)]);
    assert_eq!(cells("target"), [Field::Null, Field::Double(3.0), Field::Null]);
    assert_eq!(cells("result"), [Field::Long(1), Field::Long(1), Field::Long(1)]);
    assert_eq!(cells("span_length"), [Field::Long(4), Field::Long(3), Field::Long(0)]);
}

#[test]
fn a_reader_is_told_which_texts_there_can_be() {
    let (_folder, path) = written(&[
        record(Some("b"), vec![metric("iops", &[], 1.0, None)]),
        record(None, vec![metric("bw", &[], 1.0, None), metric(&"x".repeat(100), &[], 1.0, None)]),
    ]);
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let of = |at: usize| match reader.metadata().row_group(0).column(at).statistics() {
        Some(Statistics::ByteArray(told)) => {
            let bound = |bytes: Option<&[u8]>| bytes.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap());
            (bound(told.min_bytes_opt()), bound(told.max_bytes_opt()), told.null_count_opt())
        }
        other => panic!("{other:?}"),
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(of(2), (some("b"), some("b"), Some(2)), "test");
    assert_eq!(of(13), (some("bw"), None, Some(0)), "the greatest name is too long to be told");
}

#[test]
fn no_metrics_are_a_file_without_rows() {
    let (_folder, path) = written(&[]);
    assert!(column(&path, "name").is_empty());
    let (_folder, path) = written(&[record(None, Vec::new())]);
    assert!(column(&path, "name").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Runs of any lengths and few or many texts: the mixture of lengths and packed bits is what is tried.
    #[test]
    fn texts_are_read_back(runs in prop::collection::vec((prop::option::of(0..40_u32), 1..60_usize), 1..60)) {
        let rows: Vec<Option<String>> =
            runs.iter().flat_map(|(text, rows)| std::iter::repeat_n(text.map(|text| text.to_string()), *rows)).collect();
        let records: Vec<Record> = runs
            .iter()
            .map(|(text, rows)| {
                let text = text.map(|text| text.to_string());
                record(text.as_deref(), vec![metric(text.as_deref().unwrap_or("none"), &[], 1.0, None); *rows])
            })
            .collect();
        let (_folder, path) = written(&records);
        let tests: Vec<Field> = rows.iter().map(|row| row.as_deref().map_or(Field::Null, text)).collect();
        let names: Vec<Field> = rows.iter().map(|row| text(row.as_deref().unwrap_or("none"))).collect();
        prop_assert_eq!(column(&path, "test"), tests);
        prop_assert_eq!(column(&path, "name"), names);
    }
}
