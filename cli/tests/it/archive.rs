//! `prill extract` over folders and archives.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Ran, prill};

fn tiny(value: usize) -> String {
    format!("tiny\nlat.p99 {value} us\n")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// A hundred outputs in two folders, two of them compressed, and three that are of no use.
fn folder() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("b/c")).unwrap();
    for number in 0..100 {
        let folder = if number % 2 == 0 { "b" } else { "b/c" };
        fs::write(dir.path().join(format!("{folder}/{number:03}.txt")), tiny(number + 1)).unwrap();
    }
    fs::write(dir.path().join("b/200.gz"), gzip(tiny(200).as_bytes())).unwrap();
    fs::write(dir.path().join("b/201.zst"), zstd(tiny(201).as_bytes())).unwrap();
    fs::write(dir.path().join("b/300.gz"), &gzip(tiny(300).as_bytes())[..20]).unwrap();
    fs::write(dir.path().join("b/301.txt"), "nothing\n").unwrap();
    fs::write(dir.path().join(".hidden"), tiny(9)).unwrap();
    dir
}

fn extract(args: &[&str], path: &Path) -> Ran {
    prill(&[&["extract", "--as", "tiny"], args, &[path.to_str().unwrap()]].concat())
}

/// File and value of each line.
fn lines(ran: &Ran) -> Vec<(String, Option<f64>)> {
    let line = |line: &str| {
        let value: Value = serde_json::from_str(line).unwrap();
        let file = value["file"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        (file, value["metrics"][0]["value"].as_f64().map(|value| (value * 1e6).round()))
    };
    ran.out.lines().map(line).collect()
}

#[test]
fn every_file_of_a_folder_gives_a_line_in_order() {
    let dir = folder();
    let ran = extract(&[], dir.path());
    assert_eq!(ran.status, 3, "{}", ran.err);
    let lines = lines(&ran);
    let mut expected: Vec<(String, Option<f64>)> =
        (0..100).step_by(2).map(|n| (format!("{n:03}.txt"), Some(f64::from(n + 1)))).collect();
    expected.extend([("200.gz".to_owned(), Some(200.0)), ("201.zst".to_owned(), Some(201.0)), ("301.txt".to_owned(), None)]);
    expected.extend((1..100).step_by(2).map(|n| (format!("{n:03}.txt"), Some(f64::from(n + 1)))));
    assert_eq!(lines, expected);
    assert!(ran.err.contains("b/300.gz: failed to read it: "), "{}", ran.err);
    assert!(ran.err.contains("b/301.txt: error["), "{}", ran.err);
    assert!(ran.err.ends_with("102 metrics in 104 files; 1 gave none, 1 could not be read\n"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 3, "one line each: {}", ran.err);
}

#[test]
fn how_many_are_read_at_a_time_changes_nothing() {
    let dir = folder();
    let [one, four] = ["1", "4"].map(|jobs| extract(&["--jobs", jobs], dir.path()));
    assert_eq!((one.out, one.err), (four.out, four.err));
}

fn tar(dir: &Path, to: &Path, pack: impl Fn(&[u8]) -> Vec<u8>) -> PathBuf {
    let mut archive = tar::Builder::new(Vec::new());
    let mut names: Vec<PathBuf> = ["b/000.txt", "b/c/001.txt", "b/200.gz", "b/301.txt"].iter().map(PathBuf::from).collect();
    names.sort();
    for name in names {
        archive.append_path_with_name(dir.join(&name), &name).unwrap();
    }
    File::create(to).unwrap().write_all(&pack(&archive.into_inner().unwrap())).unwrap();
    to.to_owned()
}

#[test]
fn archives_are_read_however_they_are_packed() {
    let dir = folder();
    let packed = [
        tar(dir.path(), &dir.path().join("a.tar"), <[u8]>::to_vec),
        tar(dir.path(), &dir.path().join("a.tar.gz"), gzip),
        tar(dir.path(), &dir.path().join("a.tgz"), gzip),
        tar(dir.path(), &dir.path().join("a.tar.zst"), zstd),
    ];
    for path in packed {
        let ran = extract(&[], &path);
        let expected = [("000.txt", Some(1.0)), ("200.gz", Some(200.0)), ("301.txt", None), ("001.txt", Some(2.0))];
        assert_eq!(lines(&ran), expected.map(|(name, value)| (name.to_owned(), value)), "{}: {}", path.display(), ran.err);
    }
}

#[test]
fn an_archive_that_breaks_off_gives_what_was_whole() {
    let dir = folder();
    let path = tar(dir.path(), &dir.path().join("a.tar"), |bytes| bytes[..1100].to_vec());
    let ran = extract(&[], &path);
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert_eq!(lines(&ran), [("000.txt".to_owned(), Some(1.0))], "{}", ran.err);
    assert!(ran.err.contains("failed to read it: ") && ran.err.contains("1 could not be read"), "{}", ran.err);
}

#[test]
fn csv_has_a_row_for_each_metric() {
    let dir = folder();
    let file = dir.path().join("out.csv");
    let ran = extract(&["--to", "csv", "--output", file.to_str().unwrap()], &dir.path().join("b/c"));
    assert_eq!(ran.status, 0, "{}", ran.err);
    let text = fs::read_to_string(file).unwrap();
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(rows.len(), 51);
    assert!(rows[0].starts_with("run,package,binary,test,") && rows[1].contains("c/001.txt,1,{},"), "{}\n{}", rows[0], rows[1]);
    assert!(rows[1].ends_with(",lat.p99,\"{\"\"op\"\":\"\"read\"\"}\",0.000002,s,lower,"), "{}", rows[1]);
}

#[test]
fn what_is_bad_usage_is_said_before_anything_is_read() {
    let dir = folder();
    for (args, says) in [
        (&["--as", "nope"][..], "failed to find an output format called `nope`"),
        (&["--to", "xlsx"], "failed to write xlsx: there are jsonl, csv, parquet"),
    ] {
        let ran = prill(&[&["extract"], args, &[dir.path().to_str().unwrap()]].concat());
        assert!(ran.status == 2 && ran.err.contains(says) && ran.out.is_empty(), "{}", ran.err);
    }
    let lines = extract(&["--to", "jsonl"], &dir.path().join("b/000.txt"));
    assert_eq!(serde_json::from_str::<Value>(&lines.out).unwrap()["metrics"][0]["unit"], json!("s"), "{}", lines.err);
}

#[test]
fn a_pipe_is_an_output() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("pipe");
    rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    let to = path.clone();
    let writer = std::thread::spawn(move || File::options().write(true).open(to)?.write_all(tiny(7).as_bytes()));
    let ran = extract(&["--to", "jsonl"], &path);
    assert_eq!(lines(&ran), [("pipe".to_owned(), Some(7.0))], "{}", ran.err);
    writer.join().unwrap().unwrap();
}
