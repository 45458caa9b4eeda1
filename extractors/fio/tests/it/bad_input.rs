use prill_core::{Extractor as _, Sniff, Text};
use prill_extract_fio::Fio;

use crate::support::{Sample, codes, extract};

#[test]
fn a_cut_report_says_so_and_keeps_what_is_whole() {
    let json = Sample::read("randread-json");
    let cut = extract(&json.stdout[..3000]);
    assert_eq!(codes(&cut), ["truncated"]);
    assert_eq!(crate::support::get(&cut, "iops{job=rr, op=read}").value(), 5863.636364);

    let normal = Sample::read("randread-normal");
    let at = normal.stdout.windows(8).position(|w| w == b"max=2475").unwrap() + 8;
    let cut = extract(&normal.stdout[..at]);
    assert_eq!(codes(&cut), ["truncated"]);
    assert!(cut.metrics.iter().any(|m| m.to_string() == "clat.min{job=rr, op=read}"));
    assert!(!cut.metrics.iter().any(|m| m.to_string() == "clat.max{job=rr, op=read}"), "2475 is a part of 24751k");

    let terse = Sample::read("seqread-terse");
    let cut = extract(&terse.stdout[..300]);
    assert_eq!(codes(&cut), ["truncated"]);
    assert_eq!(crate::support::get(&cut, "iops{job=sr, op=read}").value(), 19055.0);
}

#[test]
fn the_output_without_its_last_line_feed_is_whole() {
    for name in ["randread-normal", "normal-ns", "seqread-terse", "terse-v4-rw", "randread-json"] {
        let sample = Sample::read(name);
        let text = sample.stdout.trim_ascii_end();
        assert_eq!(extract(text).metrics.len(), extract(&sample.stdout).metrics.len(), "{name}");
        assert!(!codes(&extract(text)).contains(&"truncated"), "{name}");
    }
}

#[test]
fn a_run_that_ended_before_its_report_is_cut() {
    let extraction =
        extract(b"rr: (g=0): rw=read, bs=(R) 4096B-4096B, ioengine=psync, iodepth=1\nfio-3.33\nStarting 1 process\n");
    assert_eq!(codes(&extraction), ["truncated", "no-metrics"]);
}

#[test]
fn other_tools_have_no_metrics_here() {
    for text in [
        "Latency percentiles (usec)\n\t50.0000th: 5\n\t99.0000th: 431\n",
        "# Total: 000100000 \n# Min Latencies: 00002\nT: 0 ( 1234) P:80 I:1000 C: 100 Min: 2 Act: 3 Avg: 3 Max: 17\n",
        "{\"results\": [{\"command\": \"sleep 1\", \"mean\": 1.002, \"times\": [1.0, 1.1]}]}\n",
        "{\"jobs\": 5, \"latency\": {\"p99\": 17}}",
        "Requests/sec: 1234.56\nTransfer/sec: 1.23MB\n",
        "1;2;3;4\n5;6;7;8\n",
        "",
    ] {
        let extraction = extract(text.as_bytes());
        assert!(extraction.metrics.is_empty(), "{text}");
        assert_eq!(Fio.sniff(&Text::new(text.as_bytes())), Sniff::No, "{text}");
    }
}

#[test]
fn a_later_document_of_another_tool_does_not_hide_the_report() {
    let mut text = Sample::read("randread-json").stdout;
    text.extend_from_slice(b"{\"done\": true, \"took\": {\"seconds\": 3}}\n");
    let extraction = extract(&text);
    assert_eq!(crate::support::get(&extraction, "iops{job=rr, op=read}").value(), 5863.636364);
}

#[test]
fn a_thousand_jobs_are_told_apart() {
    let sample = String::from_utf8(Sample::read("randread-json").stdout).unwrap();
    let start = sample.find("    {\n      \"jobname\"").unwrap();
    let end = sample.find("\n  ],\n  \"disk_util\"").unwrap();
    let jobs = vec![&sample[start..end]; 1000].join(",\n");
    let extraction = extract(format!("{}{jobs}{}", &sample[..start], &sample[end..]).as_bytes());
    assert_eq!(crate::support::get(&extraction, "iops{instance=1000, job=rr, op=read}").value(), 5863.636364);
    assert_eq!(codes(&extraction), [""; 0]);
}
