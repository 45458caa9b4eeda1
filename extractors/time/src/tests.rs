use super::*;
use prill_core::Extraction;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};

fn read(stderr: &str) -> Extraction {
    extract::run(&Time, &Captures::new().with(Stream::Stderr, stderr.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

/// The codes of the diagnostics, but for zeros below the printed step.
fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).filter(|c| *c != code::BELOW_RESOLUTION).collect()
}

#[test]
fn minutes_and_hours_are_added_up() {
    let of = |shown: &str| found(&read(&format!("real\t{shown}\nuser\t0m0.1s\nsys\t0m0.2s\n")))[0].clone();
    assert_eq!(of("2m3.500s"), "elapsed=123.5");
    assert_eq!(of("2m 3.50s"), "elapsed=123.5");
    let short = |clock: &str| {
        let text = format!(
            "0.10user 0.20system {clock}elapsed 98%CPU (0avgtext+0avgdata 1648maxresident)k\n0inputs+0outputs (0major+98minor)pagefaults 0swaps\n"
        );
        let found = read(&text);
        (found.metrics.get("elapsed").unwrap().value(), found.metrics.get("elapsed").unwrap().is_derived())
    };
    assert_eq!(short("0:12.34"), (12.34, false));
    assert_eq!(short("1:02.50"), (62.5, true));
    assert_eq!(short("1:02:03"), (3723.0, true));
}

#[test]
fn a_block_is_found_in_the_text_of_the_command() {
    let text = "real numbers 5\nuser 3\nno newline0.10user 0.20system 0:00.50elapsed 60%CPU (0avgtext+0avgdata 1648maxresident)k\n16inputs+8outputs (1major+98minor)pagefaults 0swaps\n";
    let all = read(text);
    assert_eq!(
        found(&all),
        [
            "cpu_time{mode=user}=0.1",
            "cpu_time{mode=system}=0.2",
            "elapsed=0.5",
            "cpu.utilization=0.6",
            "rss.max=1687552",
            "io.count{op=read}=16",
            "io.count{op=write}=8",
            "page_fault.count{kind=major}=1",
            "page_fault.count{kind=minor}=98"
        ]
    );
    assert_eq!(codes(&all), [""; 0]);
}

#[test]
fn three_lines_make_a_block_and_two_do_not() {
    let whole = "real 1.50\nuser 0.10\nsys 0.20\n";
    assert_eq!(found(&read(whole)), ["elapsed=1.5", "cpu_time{mode=user}=0.1", "cpu_time{mode=system}=0.2"]);
    assert_eq!(codes(&read("real 1.50\nuser 0.10\nsystem\n")), [code::NO_METRICS]);
    assert_eq!(codes(&read("real 1.50\nuser 0.10\n")), [code::TRUNCATED, code::NO_METRICS]);
    assert_eq!(codes(&read(&whole[..whole.len() - 2])), [code::TRUNCATED, code::NO_METRICS]);
    assert_eq!(found(&read(&format!("real 9.00\n{whole}"))).len(), 3);
}

#[test]
fn of_several_blocks_the_last_has_the_plain_names() {
    let block = |n| format!("\nreal\t0m{n}.000s\nuser\t0m0.001s\nsys\t0m0.001s\n");
    let two = read(&(block(1) + &block(2)));
    let elapsed: Vec<String> = found(&two).into_iter().filter(|m| m.starts_with("elapsed")).collect();
    assert_eq!(elapsed, ["elapsed{repetition=1}=1", "elapsed=2"]);
    assert_eq!(codes(&two), [code::SEVERAL_DOCUMENTS]);
}

#[test]
fn a_decimal_comma_is_no_group_of_thousands() {
    let comma = read("\nreal\t1m1,234s\nuser\t0m0,001s\nsys\t0m0,020s\n");
    assert_eq!(found(&comma), ["elapsed=61.234", "cpu_time{mode=user}=0.001", "cpu_time{mode=system}=0.02"]);
    assert_eq!(codes(&comma), [""; 0]);
}

#[test]
fn a_command_that_failed_is_a_failure() {
    for words in [
        "Command exited with non-zero status 3",
        "Command terminated by signal 9",
        "/usr/bin/time: cannot run x: No such file or directory",
    ] {
        let failed = read(&format!("{words}\nreal 1.50\nuser 0.10\nsys 0.20\n"));
        assert_eq!((found(&failed).len(), codes(&failed)), (3, vec![code::TOOL_FAILED]), "{words}");
    }
    assert_eq!(codes(&read("make: x: cannot run y\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(Time.sniff(&Text::new(b"real 1.50\nuser 0.10\n")), Sniff::No);
    assert_eq!(Time.sniff(&Text::new(b"real 1.50\nuser 0.10\nsys 0.20\n")), Sniff::Certain);
    let stdout = extract::run(&Time, &Captures::new().with(Stream::Stdout, b"12 done\n".as_slice()), &[]);
    assert_eq!(codes(&stdout), [code::NO_METRICS]);
}

#[test]
fn tabs_may_have_become_blanks() {
    let text = "\tCommand being timed: \"true\"\n\tUser time (seconds): 0.25\n\tMinor (reclaiming a frame) page faults: 71\n\tExit status: 0\n";
    let blanks = read(&text.replace('\t', "    "));
    assert_eq!((found(&blanks), found(&blanks).len()), (found(&read(text)), 2));
}

#[test]
fn one_line_has_all_times() {
    let of = |line: &str| found(&read(&format!("{line}\n")));
    let times = ["cpu_time{mode=user}=0.1", "cpu_time{mode=system}=0.2", "elapsed=62.5"];
    assert_eq!(of("       62.50 real         0.10 user         0.20 sys"), times);
    assert_eq!(of("\t1m2.50s real\t\t0.10s user\t\t0.20s sys"), times);
    assert_eq!(of("    1m02.50s real     0.10s user     0.20s system"), times);
    assert_eq!(of("\t1h1m2.50s real\t\t0.10s user\t\t0.20s sys")[2], "elapsed=3662.5");
    let with_cpu: Vec<_> = times.iter().copied().chain(["cpu.utilization=0.48"]).collect();
    assert_eq!(of("make -j 2 > log  0.10s user 0.20s system 48% cpu 1:02.50 total"), with_cpu);
    assert_eq!(of("0.100u 0.200s 1:02.50 48.0%\t0+0k 16+8io 1pf+0w")[..4], with_cpu);
    assert_eq!(of("0.100u 0.200s 1:02.50 48.0%\t0+0k 16+8io 1pf+0w").len(), 7);
    for other in ["1 user 2 sys", "it is real: a user of the sys", "for user in total", "12% cpu 5 total", "5u 4s 3 2w"] {
        assert_eq!(of(other), [""; 0], "{other}");
    }
}

#[test]
fn memory_has_the_unit_of_the_system_that_is_known() {
    let bsd = "        0.00 real         0.00 user         0.00 sys\n";
    let of = |row: &str| {
        let found = read(&format!("{bsd}{row}  maximum resident set size\n"));
        let rss = found.metrics.get("rss.max").map(|m| (m.value(), m.unit().map(|u| u.code())));
        (rss, codes(&found).iter().map(|code| (*code).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(of("              688128"), (Some((688_128.0, Some("By"))), vec![]));
    assert_eq!(of("    688128"), (Some((688_128.0, None)), vec![code::UNKNOWN_UNIT.to_owned()]));
}

#[test]
fn the_command_line_says_what_the_numbers_are() {
    let of = |argv: &[&str], stderr: &str| {
        let argv: Vec<String> = argv.iter().map(|word| (*word).to_owned()).collect();
        let captures = Captures::new().with(Stream::Stderr, stderr.as_bytes()).with_argv(&argv[..]);
        found(&extract::run(&Time, &captures, &[]))
    };
    assert_eq!(of(&["time", "-f", "%e %MKB", "true"], "1 2KB\n0.50 1024KB\n"), ["elapsed=0.5", "rss.max=1048576"]);
    assert_eq!(
        of(
            &["nice", "/usr/bin/time", "-o", "x", "--format=\\t%E %P of %C%%\\n%U+%S", "a", "-f", "%M"],
            "\t1:00.50 ?% of a -f %M%\n0.25+0.5\n"
        ),
        ["elapsed=60.5", "cpu_time{mode=user}=0.25", "cpu_time{mode=system}=0.5"]
    );
    assert_eq!(
        of(&["busybox", "time", "-f%E|%T|%x", "true"], "0m 0.50s|1m 0.25s|3\n"),
        ["elapsed=0.5", "cpu_time{mode=system}=60.25"]
    );
    assert_eq!(of(&["time", "true", "-f", "%e"], "0.50\n"), [""; 0], "an option of the command");
    assert_eq!(of(&["time", "-f", "%e %M", "true"], "0.50\n"), [""; 0]);
}

#[test]
fn fish_names_the_unit_of_each_time() {
    let fish = "\n________________________________________________________\nExecuted in    1.01 secs      fish           external\n   usr time    1.18 millis  405.00 micros    0.78 millis\n   sys time    0.88 millis  298.00 micros    0.58 millis\n";
    assert_eq!(found(&read(fish)), ["elapsed=1.01", "cpu_time{mode=user}=0.00118", "cpu_time{mode=system}=0.00088"]);
    assert_eq!(*codes(&read(&fish[..fish.len() - 1])).last().unwrap(), code::TRUNCATED);
}
