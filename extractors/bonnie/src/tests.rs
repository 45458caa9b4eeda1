use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(text: &str) -> Extraction {
    extract::run(&Bonnie, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={} {}", m.value(), m.unit().map_or("?", |u| u.code()))).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).collect()
}

const OLD: &str = "1.97,1.97,wifo,1,1438076799,63G,,1905,91,364656,24,119264,12,3457,86,306391,14,439.5,17,16,,,,,8891,13,+++++,+++,17536,23,\
                   11535,17,+++++,+++,19876,28,8631us,18055us,184ms,23985us,57565us,83422us,391us,125us,128us,375us,20us,90us\n";

#[test]
fn a_line_is_read_from_its_end() {
    for name in ["wifo", "a,b,c", "1,2,3,4,5"] {
        let metrics = found(&read(&OLD.replace("wifo", name)));
        assert_eq!(metrics[0], "throughput{test=putc}=1950720 By/s", "{name}");
        assert_eq!(metrics[1], "cpu.utilization{test=putc}=0.91 1");
        assert_eq!(metrics[10], "seek.rate{test=seeks}=439.5 {seek}/s");
        assert_eq!(metrics[12], "file.rate{test=seq_create}=8891 {file}/s");
        assert_eq!(metrics[20..23].last().unwrap(), "operation.latency.max{test=rewrite}=0.184 s");
    }
}

#[test]
fn what_was_too_short_is_said_once_for_each_kind() {
    let found = read(OLD);
    assert_eq!(codes(&found), [code::NO_SAMPLES]);
    assert_eq!(found.diagnostics[0].message, "file.rate of seq_stat, ran_stat has no value: too short to be measured");
}

#[test]
fn the_first_version_has_no_latencies() {
    let text = "spongebob,4G,10260,40,14116,8,8107,5,16746,57,18169,3,61.5,0,16,10085,40,+++++,+++,+++++,+++,26325,98,+++++,+++,+++++,+++\n";
    let metrics = found(&read(text));
    assert_eq!(metrics[0], "throughput{test=putc}=10506240 By/s");
    assert_eq!(
        metrics[10..13],
        ["seek.rate{test=seeks}=61.5 {seek}/s", "cpu.utilization{test=seeks}=0 1", "file.rate{test=seq_create}=10085 {file}/s"]
    );
}

#[test]
fn several_runs_are_repetitions() {
    let metrics = found(&read(&OLD.repeat(2)));
    assert_eq!(metrics[0], "throughput{repetition=1, test=putc}=1950720 By/s");
    assert!(metrics.contains(&"throughput{repetition=2, test=putc}=1950720 By/s".to_owned()));
}

const TABLE: &str = "Version 2.00a       ------Sequential Output------ --Sequential Input- --Random-\n\
                    \x20                   -Per Chr- --Block-- -Rewrite- -Per Chr- --Block-- --Seeks--\n\
                    Name:Size etc        /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP\n\
                    h           96M:16k  162k   6  130m   7 +++++ +++            185m   6 14077  49\n\
                    Latency               737ms   76791us   56188us     220ms   84106us   77156us\n";

#[test]
fn without_a_line_the_table_is_read() {
    assert_eq!(
        found(&read(TABLE)),
        [
            "throughput{test=putc}=165888 By/s",
            "cpu.utilization{test=putc}=0.06 1",
            "throughput{test=put_block}=136314880 By/s",
            "cpu.utilization{test=put_block}=0.07 1",
            "throughput{test=get_block}=193986560 By/s",
            "cpu.utilization{test=get_block}=0.06 1",
            "seek.rate{test=seeks}=14077 {seek}/s",
            "cpu.utilization{test=seeks}=0.49 1",
            "operation.latency.max{test=putc}=0.737 s",
            "operation.latency.max{test=put_block}=0.076791 s",
            "operation.latency.max{test=rewrite}=0.056188 s",
            "operation.latency.max{test=getc}=0.22 s",
            "operation.latency.max{test=get_block}=0.084106 s",
            "operation.latency.max{test=seeks}=0.077156 s",
        ]
    );
    let both = read(&format!("{TABLE}{OLD}"));
    assert_eq!(both.metrics.named("throughput").count(), 5, "those of the line");
}

#[test]
fn files_of_the_second_version_are_not_a_rate_in_the_table() {
    let files = |version: &str| {
        let text = format!(
            "Version {version}       ------Sequential Create------ --------Random Create--------\n\
             \x20             files  /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP  /sec %CP\n\
             \x20                16  1024   1 +++++ +++  1024   3  1024   2 +++++ +++  1024   1\n"
        );
        read(&text).metrics.named("file.rate").count()
    };
    assert_eq!((files("1.97 "), files("2.00a")), (4, 0));
}

#[test]
fn a_refusal_is_a_failure() {
    let captures = Captures::new().with(Stream::Stderr, b"You must use the \"-u\" switch when running as root.\n".as_slice());
    assert_eq!(codes(&extract::run(&Bonnie, &captures, &[])), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn a_line_that_is_cut_gives_nothing() {
    assert_eq!(codes(&read(&OLD[..OLD.len() - 4])), [code::TRUNCATED, code::NO_METRICS]);
    assert_eq!(read(&OLD[..OLD.len() - 1]).metrics.len(), 32, "nothing follows its unit");
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("a,b,c,1,2,3\n")), [code::NOT_FOUND, code::NO_METRICS]);
    let numbers = vec!["x"; 40].join(",");
    assert_eq!(codes(&read(&format!("{numbers}\n"))), [code::NOT_FOUND, code::NO_METRICS]);
}
