use super::*;
use prill_core::Extraction;
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
fn of_several_blocks_the_last_counts() {
    let block = |n| format!("\nreal\t0m{n}.000s\nuser\t0m0.001s\nsys\t0m0.001s\n");
    let two = read(&(block(1) + &block(2)));
    assert_eq!((found(&two)[0].as_str(), codes(&two)), ("elapsed=2", vec![code::SEVERAL_DOCUMENTS]));
}

#[test]
fn a_decimal_comma_is_refused() {
    let comma = read("\nreal\t0m1,234s\nuser\t0m0,001s\nsys\t0m0,001s\n");
    assert_eq!(found(&comma), [""; 0]);
    assert_eq!(codes(&comma), [code::NOT_A_NUMBER, code::NOT_A_NUMBER, code::NOT_A_NUMBER, code::NO_METRICS]);
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
