//! A sample as fio 3.33 prints it, shortened.

use super::*;

const FIO: &str = r#"fio: this platform does not support process shared mutexes, forcing use of threads.
{
  "fio version" : "fio-3.33",
  "timestamp_ms" : 1795362800367,
  "jobs" : [
    {
      "jobname" : "rr",
      "error" : 0,
      "job options" : {
        "name" : "rr",
        "bs" : "4k"
      },
      "read" : {
        "io_bytes" : 48082944,
        "iops" : 5863.636364,
        "clat_ns" : {
          "min" : 44405,
          "mean" : 169095.081608,
          "percentile" : {
            "1.000000" : 47360,
            "99.990000" : 12124160
          }
        }
      }
    },
    {
      "jobname" : "ww",
      "error" : 0,
      "job options" : {
        "name" : "ww",
        "bs" : "4k"
      },
      "read" : {
        "io_bytes" : 0,
        "iops" : 0.000000,
        "clat_ns" : {
          "min" : 0,
          "mean" : 0.000000
        }
      }
    }
  ]
}
"#;

#[test]
fn all_of_it() {
    let expected = [
        "fio version=\"fio-3.33\"",
        "timestamp_ms=1795362800367",
        "jobs.0.jobname=\"rr\"",
        "jobs.0.error=0",
        "jobs.0.job options.name=\"rr\"",
        "jobs.0.job options.bs=\"4k\"",
        "jobs.0.read.io_bytes=48082944",
        "jobs.0.read.iops=5863.636364",
        "jobs.0.read.clat_ns.min=44405",
        "jobs.0.read.clat_ns.mean=169095.081608",
        "jobs.0.read.clat_ns.percentile.1.000000=47360",
        "jobs.0.read.clat_ns.percentile.99.990000=12124160",
        "jobs.1.jobname=\"ww\"",
        "jobs.1.error=0",
        "jobs.1.job options.name=\"ww\"",
        "jobs.1.job options.bs=\"4k\"",
        "jobs.1.read.io_bytes=0",
        "jobs.1.read.iops=0.000000",
        "jobs.1.read.clat_ns.min=0",
        "jobs.1.read.clat_ns.mean=0.000000",
    ];
    assert_eq!(leaves(FIO), expected);
}

#[test]
fn every_prefix() {
    let (all, outcome) = read(FIO);
    let end = outcome.document.unwrap().end;
    for cut in 0..FIO.len() {
        let (found, outcome) = read(&FIO[..cut]);
        assert_eq!(found, all[..found.len()], "cut at {cut}");
        let whole = cut >= end;
        assert_eq!(found.len() == all.len() && outcome.end == End::Whole, whole, "cut at {cut}");
        if let End::Truncated { at } = outcome.end {
            assert!(at <= cut);
        }
    }
}

#[test]
fn two_of_them() {
    let text = format!("{FIO}{}", FIO.replace("5863.636364", "5864.5"));
    let (leaves, outcome) = read(&text);
    assert!(leaves.contains(&"jobs.0.read.iops=5864.5".to_owned()));
    assert_eq!(leaves.len(), 20);
    assert_eq!(outcome.problems.count(ProblemKind::OtherDocument), 1);
}
