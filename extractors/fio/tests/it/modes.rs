use prill_core::{Metric, Polarity, Unit};

use crate::support::{Sample, codes, extract, get};

fn check(metric: Metric<'_>, value: f64, unit: &str, polarity: Polarity) {
    assert_eq!((metric.value(), metric.unit().map(Unit::code), metric.polarity()), (value, Some(unit), polarity), "{metric}");
}

#[test]
fn json_of_one_job() {
    let all = Sample::read("randread-json").extract();
    check(get(&all, "iops{job=rr, op=read}"), 5863.636364, "{io}/s", Polarity::Higher);
    check(get(&all, "throughput{job=rr, op=read}"), 24_017_454.0, "By/s", Polarity::Higher);
    check(get(&all, "throughput{job=rr, op=read, source=bw}"), 24_016_896.0, "By/s", Polarity::Higher);
    check(get(&all, "io.bytes{job=rr, op=read}"), 48_082_944.0, "By", Polarity::Higher);
    check(get(&all, "clat.p99{job=rr, op=read}"), 0.00335872, "s", Polarity::Lower);
    check(get(&all, "clat.stddev{job=rr, op=read}"), get(&all, "clat.stddev{job=rr, op=read}").value(), "s", Polarity::Unknown);
    check(get(&all, "cpu.user{job=rr}"), 0.01049475, "1", Polarity::Unknown);
    check(get(&all, "error.code{job=rr}"), 0.0, "1", Polarity::Lower);
    check(get(&all, "disk.io.count{device=vda, op=read}"), 12_385.0, "{io}", Polarity::Informational);
    check(get(&all, "disk.utilization{device=vda}"), 0.32498819, "1", Polarity::Unknown);
    assert_eq!(get(&all, "clat.p99{job=rr, op=read}").samples(), Some(11_739));
    assert_eq!(all.metrics.named("iops").count(), 1, "directions without I/O are no metrics");
    assert_eq!(codes(&all), [""; 0]);
}

#[test]
fn work_is_better_when_it_is_more_only_in_a_given_time() {
    let fixed = Sample::read("randread-jsonplus").extract();
    assert_eq!(get(&fixed, "io.bytes{job=rrp, op=read}").polarity(), Polarity::Informational);
}

#[test]
fn the_bins_of_json_plus_are_passed_over() {
    let sample = Sample::read("randread-jsonplus");
    let bins = sample.stdout.windows(6).position(|w| w == b"\"bins\"").unwrap();
    let ignored = sample.extract().ignored.iter().any(|i| i.span.start > bins && i.span.start < bins + 20 && i.span.len() > 100);
    assert!(ignored);
}

#[test]
fn three_sets_of_percentiles() {
    for name in ["lat-percentiles-json", "lat-percentiles-normal"] {
        let all = Sample::read(name).extract();
        for object in ["slat", "clat", "lat"] {
            assert!(get(&all, &format!("{object}.p99_9{{job=lp, op=read}}")).value() > 0.0);
        }
    }
    let normal = Sample::read("lat-percentiles-normal").extract();
    assert_eq!(get(&normal, "slat.p99{job=lp, op=read}").value(), 0.0004);
    assert_eq!(get(&normal, "clat.p99{job=lp, op=read}").value(), 0.000603);
    assert_eq!(get(&normal, "lat.p99{job=lp, op=read}").value(), 0.000799);
}

#[test]
fn jobs_of_one_name_are_instances_and_groups_have_a_label() {
    for name in ["numjobs-json", "numjobs-normal", "numjobs-terse"] {
        let all = Sample::read(name).extract();
        get(&all, "iops{instance=1, job=nj, op=read}");
        get(&all, "iops{instance=2, job=nj, op=read}");
    }
    for name in ["groups-json", "groups-normal"] {
        let all = Sample::read(name).extract();
        get(&all, "iops{group=0, job=a, op=read}");
        get(&all, "clat.mean{group=1, job=b, op=write}");
    }
    let normal = Sample::read("groups-normal").extract();
    assert_eq!(get(&normal, "group.io.bytes{group=0, op=read}").value(), 524_288.0);
}

#[test]
fn normal_text() {
    let all = Sample::read("normal-ns").extract();
    check(get(&all, "iops{job=fast, op=read}"), 2_314_000.0, "{io}/s", Polarity::Higher);
    check(get(&all, "throughput{job=fast, op=read, source=decimal}"), 1.185e9, "By/s", Polarity::Higher);
    check(get(&all, "clat.max{job=fast, op=read}"), 0.0081056, "s", Polarity::Lower);
    check(get(&all, "throughput.mean{job=fast, op=read}"), 1134.47 * 1_048_576.0, "By/s", Polarity::Higher);
    check(get(&all, "lat.share{bucket=20ns, job=fast}"), 0.7907, "1", Polarity::Informational);
    check(get(&all, "io.count{job=fast, op=read}"), 2_323_387.0, "{io}", Polarity::Higher);
    check(get(&all, "group.runtime.max{group=0, op=read}"), 1.004, "s", Polarity::Informational);
}

#[test]
fn the_unit_of_percentiles_is_their_own() {
    let all = Sample::read("randread-normal").extract();
    assert_eq!(get(&all, "clat.mean{job=rr, op=read}").value(), 0.00071962638);
    assert_eq!(get(&all, "clat.p50{job=rr, op=read}").value(), 0.000396);
}

#[test]
fn bits_and_powers_of_ten() {
    let all = Sample::read("bits-normal").extract();
    check(get(&all, "throughput{job=bi, op=read}"), 17.9e9 / 8.0, "By/s", Polarity::Higher);
    // The label says MiB/s; the average is 98.17 % of the rate only in thousands of KiB/s.
    let mean = get(&all, "throughput.mean{job=bi, op=read}").value();
    assert!((mean / (17.9e9 / 8.0) - 0.9817).abs() < 0.002, "{mean}");
}

#[test]
fn syncs_have_their_own_latency() {
    let all = Sample::read("fsync-normal").extract();
    check(get(&all, "sync.lat.mean{job=fs}"), 0.00020246, "s", Polarity::Lower);
    check(get(&all, "sync.lat.p99{job=fs}"), 0.000635, "s", Polarity::Lower);
    let json = Sample::read("normal-and-json").extract();
    get(&json, "sync.lat.p99{job=nj}");
    get(&json, "sync.lat.p99{job=nj, source=normal}");
}

#[test]
fn priorities_are_labels() {
    for (name, prio) in [("prio-json", "2/1"), ("prio-normal", "2/1"), ("v325-prio-json", "high"), ("v325-prio-normal", "high")] {
        let all = Sample::read(name).extract();
        get(&all, &format!("clat.mean{{job=pr, op=read, prio={prio}}}"));
        get(&all, &format!("clat.p99{{job=pr, op=read, prio={prio}}}"));
        get(&all, "clat.p99{job=pr, op=read}");
    }
}

#[test]
fn terse_lines_of_each_version() {
    let v3 = Sample::read("seqread-terse").extract();
    check(get(&v3, "io.bytes{job=sr, op=read}"), 2_500_132_864.0, "By", Polarity::Higher);
    check(get(&v3, "clat.p99{job=sr, op=read}"), 0.001662, "s", Polarity::Lower);
    check(get(&v3, "lat.max{job=sr, op=read}"), 0.01341, "s", Polarity::Lower);
    check(get(&v3, "throughput.share{job=sr, op=read}"), 0.97349100, "1", Polarity::Informational);
    check(get(&v3, "lat.share{bucket=4us, job=sr}"), 0.8473, "1", Polarity::Informational);
    check(get(&v3, "disk.queue.time{device=vda}"), 3.17, "s", Polarity::Informational);
    let v2 = Sample::read("terse-v2-desc").extract();
    check(get(&v2, "iops{job=t2, op=write}"), 9538.0, "{io}/s", Polarity::Higher);
    let v5 = Sample::read("terse-v5-desc").extract();
    check(get(&v5, "iops.mean{job=t5, op=read}"), 13_190.0, "{io}/s", Polarity::Higher);
    check(get(&v5, "cpu.system{job=t5}"), 0.477, "1", Polarity::Unknown);
    let both = Sample::read("terse-v3-both").extract();
    check(get(&both, "iops{job=tb, op=mixed}"), 23_272.0, "{io}/s", Polarity::Higher);
    let mixed = Sample::read("terse-v3-mixed").extract();
    check(get(&mixed, "clat.p50{job=tm, op=mixed}"), 0.000058, "s", Polarity::Lower);
    let errors = Sample::read("terse-continue").extract();
    check(get(&errors, "error.count{job=tc}"), 0.0, "{error}", Polarity::Lower);
}

#[test]
fn the_last_report_counts() {
    for (name, iops) in [("status-interval-normal", 12_400.0), ("status-interval-terse", 14_024.0)] {
        let sample = Sample::read(name);
        assert_eq!(get(&sample.extract(), "iops{job=si, op=read}").value(), iops);
        assert_eq!(get(&extract(&sample.stdout), "iops{job=si, op=read}").value(), iops, "{name} without its command line");
        assert!(codes(&sample.extract()).contains(&"several-documents"));
    }
    let json = Sample::read("status-interval-json");
    assert_eq!(json.extract().metrics.named("iops").count(), 1);
    assert_eq!(codes(&json.extract()), ["several-documents"]);
}

#[test]
fn what_is_printed_twice_is_plain_once() {
    let all = Sample::read("normal-terse-json").extract();
    assert_eq!(get(&all, "iops{job=all, op=read}").value(), 9142.857143);
    assert_eq!(get(&all, "iops{job=all, op=read, source=terse}").value(), 9142.0);
    assert_eq!(get(&all, "iops{job=all, op=read, source=normal}").value(), 9142.0);
}

#[test]
fn mixed_of_both_in_text_is_a_placeholder() {
    let all = Sample::read("unified-both-normal").extract();
    assert!(!all.metrics.iter().any(|m| m.to_string() == "iops{job=ub, op=mixed}"));
    assert_eq!(get(&all, "clat.p50{job=ub, op=mixed}").value(), 0.000008896);
    let json = Sample::read("unified-both-json").extract();
    assert_eq!(get(&json, "iops{job=ub, op=mixed}").value(), 25_600.0);
}

#[test]
fn a_limited_rate_is_a_target() {
    let iops = Sample::read("rate-json").extract();
    assert_eq!(get(&iops, "iops{job=rt, op=read}").polarity(), Polarity::Target(500.0));
    assert_eq!(get(&iops, "throughput{job=rt, op=read}").polarity(), Polarity::Unknown);
    let rate = Sample::read("rate-file-json").extract();
    assert_eq!(get(&rate, "throughput{job=slow, op=read}").polarity(), Polarity::Target(1_048_576.0));
    assert_eq!(get(&rate, "io.bytes{job=slow, op=read}").polarity(), Polarity::Higher, "it ran for all of the time it had");
}

#[test]
fn failures_are_said() {
    for (name, code) in [
        ("badopt", "tool-failed"),
        ("noengine", "tool-failed"),
        ("enoent-json", "tool-failed"),
        ("trim-json", "tool-failed"),
        ("trim-json", "no-samples"),
        ("enospc-continue-normal", "tool-failed"),
        ("enospc-continue-json", "tool-failed"),
        ("verify-fail-json", "tool-failed"),
        ("sigint-json", "interrupted"),
        ("sigint-normal", "interrupted"),
        ("sync-engine-depth-json", "degraded"),
        ("fio-json-duplicate-keys", "duplicate-key"),
        ("fio-json-nan-inf", "not-finite"),
        ("fio-json-huge-numbers", "unknown-key"),
    ] {
        assert!(codes(&Sample::read(name).extract()).contains(&code), "{name}: {code}");
    }
    let normal = Sample::read("enospc-continue-normal").extract();
    assert_eq!(get(&normal, "error.code{job=full}").value(), 28.0);
    assert_eq!(get(&normal, "error.count{job=full}").value(), 1.0);
}

#[test]
fn a_target_of_latency_gives_the_depth_that_met_it() {
    let all = Sample::read("latency-target-json").extract();
    assert_eq!(get(&all, "latency_target.depth{job=lt}").polarity(), Polarity::Higher);
}

#[test]
fn steady_state_and_idleness() {
    for name in ["steadystate-json", "steadystate-normal"] {
        let all = Sample::read(name).extract();
        assert!(get(&all, "steady_state.iops.mean{job=ss}").value() > 1000.0);
    }
    assert_eq!(get(&Sample::read("idle-prof-normal").extract(), "cpu.idle{cpu=1}").value(), 0.6729);
    assert_eq!(get(&Sample::read("idle-prof-json").extract(), "cpu.idle").value(), 0.97196165);
}

#[test]
fn a_client_names_its_servers() {
    let all = Sample::read("client-json").extract();
    get(&all, "iops{host=127.0.0.1, job=cs, op=read}");
    get(&all, "disk.utilization{device=vda, host=127.0.0.1}");
}

#[test]
fn fio_2_counts_in_microseconds_and_kib() {
    let json = Sample::read("synthetic-2.1-json").extract();
    check(get(&json, "io.bytes{job=old, op=read}"), 960_686.0 * 1024.0, "By", Polarity::Informational);
    check(get(&json, "clat.p99{job=old, op=read}"), 0.00216, "s", Polarity::Lower);
    check(get(&json, "disk.slave.io.count.mean{device=dm-0, op=write}"), 268.0, "{io}", Polarity::Informational);
    assert!(!json.metrics.iter().any(|m| m.name() == "throughput.share"), "bw_agg is no percentage there");
    assert_eq!(codes(&json), [""; 0], "its unused percentiles are no duplicates");
    let normal = Sample::read("synthetic-2.1-normal").extract();
    check(get(&normal, "clat.max{job=old, op=read}"), 1.2345, "s", Polarity::Lower);
    check(get(&normal, "throughput.mean{job=old, op=read}"), 93347.91 * 1024.0, "By/s", Polarity::Higher);
    assert_eq!(get(&normal, "clat.p99{job=old, op=read}").resolution(), Some(32e-6));
}
