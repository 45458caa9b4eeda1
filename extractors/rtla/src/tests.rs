use super::*;
use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

fn read(stdout: &str) -> Extraction {
    extract::run(&Rtla, &Captures::new().with(Stream::Stdout, stdout.as_bytes()), &[])
}

fn found(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m}={}", m.value())).collect()
}

fn codes(extraction: &Extraction) -> Vec<&str> {
    extraction.diagnostics.iter().map(|d| d.code).filter(|c| *c != code::BELOW_RESOLUTION).collect()
}

const TOP: &str =
    "      Timer Latency     \n  0 00:00:01   |          IRQ Timer Latency (us)        |         Thread Timer Latency (us)\n";

fn table(rows: &str) -> String {
    format!("{TOP}CPU COUNT      |      cur       min       avg       max |      cur       min       avg       max\n{rows}")
}

#[test]
fn a_row_has_a_group_of_columns_for_each_context() {
    let all = found(&read(&table(
        "  3 #3003      |       18         1         2        31 |       22         4         6        57\n",
    )));
    assert_eq!(
        all,
        [
            "timer.count{cpu=3}=3003",
            "timer.latency.last{context=irq, cpu=3}=0.000018",
            "timer.latency.min{context=irq, cpu=3}=0.000001",
            "timer.latency.mean{context=irq, cpu=3}=0.000002",
            "timer.latency.max{context=irq, cpu=3}=0.000031",
            "timer.latency.last{context=thread, cpu=3}=0.000022",
            "timer.latency.min{context=thread, cpu=3}=0.000004",
            "timer.latency.mean{context=thread, cpu=3}=0.000006",
            "timer.latency.max{context=thread, cpu=3}=0.000057"
        ]
    );
}

#[test]
fn the_row_of_all_processors_has_no_last_value() {
    let all = found(&read(&table(
        "ALL #600000 e1 |                   1         2        31 |                   4         6        57\n",
    )));
    assert_eq!(all.len(), 6);
    assert_eq!(all[2], "timer.latency.max{context=irq}=0.000031");
}

#[test]
fn nanoseconds_are_read_as_such() {
    let text = table("  0 #1         |        1         2         3         4 |        5         6         7         8\n")
        .replace("(us)", "(ns)");
    assert_eq!(found(&read(&text))[1], "timer.latency.last{context=irq, cpu=0}=0.000000001");
}

#[test]
fn dashes_are_no_values() {
    let none = read(&table("  0 #0         |        -         -         -         - |        5         6         7         8\n"));
    assert_eq!((found(&none).len(), codes(&none)), (5, vec![code::NO_SAMPLES]));
    assert!(none.diagnostics[0].message.contains("timer.latency of cpu 0, context irq"));
}

#[test]
fn of_the_tables_the_last_whole_one_counts() {
    let one = |n| {
        table(&format!("  0 #{n}         |        1         2         3         4 |        5         6         7         8\n"))
            .replace("00:00:01", &format!("00:00:0{n}"))
    };
    let two = one(1) + &one(2);
    assert_eq!((found(&read(&two))[0].as_str(), codes(&read(&two)).len()), ("timer.count{cpu=0}=2", 0));
    let cut = read(&two[..two.len() - 5]);
    assert_eq!((found(&cut)[0].as_str(), codes(&cut)), ("timer.count{cpu=0}=1", vec![code::TRUNCATED]));
}

#[test]
fn a_table_that_cannot_follow_is_of_another_run() {
    let table = |clear: &str, time: &str| {
        clear.to_owned() + &table("  0 #4      |  1  1  1  1 |  1  1  1  1\n").replace("00:00:01", time)
    };
    let codes_of = |tables: [String; 2]| codes(&read(&tables.concat())).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let again = [code::SEVERAL_DOCUMENTS];
    assert_eq!(codes_of([table("", "00:00:05"), table("", "00:00:05")]), again, "--quiet prints one table");
    assert_eq!(codes_of([table("\x1bc", "00:00:05"), table("\x1bc", "00:00:01")]), again);
    assert_eq!(codes_of([table("\x1bc", "00:00:05"), table("\x1bc", "00:00:05")]), [""; 0]);
    assert_eq!(codes_of([table("\x1bc", "00:00:05"), table("\x1bc", "00:00:06")]), [""; 0]);
    let two = [table("\x1bc", "00:00:04"), table("\x1bc", "00:00:05").replace("#4", "#5"), table("\x1bc", "00:00:01")].concat();
    let counts: Vec<String> = found(&read(&two)).into_iter().filter(|m| m.starts_with("timer.count")).collect();
    assert_eq!(counts, ["timer.count{cpu=0, repetition=1}=5", "timer.count{cpu=0}=4"]);
}

#[test]
fn each_histogram_is_of_a_run() {
    let one = "# RTLA timerlat histogram\n# Time unit is microseconds (us)\n# Duration:   0 00:00:03\nIndex   IRQ-000   Thr-000\n               1        2         0\nover:        0         0\ncount:       3         3\nmin:         1         4\n               avg:         2         5\nmax:         7         9\n";
    let once = read(one);
    let twice = read(&one.repeat(2));
    assert_eq!((twice.metrics.len(), codes(&twice)), (2 * once.metrics.len(), vec![code::SEVERAL_DOCUMENTS]));
    let most: Vec<String> = found(&twice).into_iter().filter(|m| m.starts_with("timer.latency.max{context=irq")).collect();
    assert_eq!(
        most,
        ["timer.latency.max{context=irq, cpu=0, repetition=1}=0.000007", "timer.latency.max{context=irq, cpu=0}=0.000007"]
    );
}

#[test]
fn a_summary_without_a_header_is_not_guessed() {
    let text = "# RTLA timerlat histogram\ncount:     6004      3003 \nmax:         61        97 \n";
    assert_eq!(codes(&read(text)), [code::NOT_FOUND, code::NO_METRICS]);
}

#[test]
fn a_threshold_that_was_passed_and_refusals_are_failures() {
    for text in [
        "rtla timerlat hit stop tracing\n",
        "Tracer timerlat not found!\nFailed to enable the timerlat tracer\n",
        "rtla timerlat needs root permission\n",
    ] {
        assert_eq!(codes(&read(text)), [code::TOOL_FAILED, code::NO_METRICS], "{text}");
    }
    let missed = table("  0 #1         |        1         2         3         4 |        5         6         7         8\n")
        + "12 (0.40%) osnoise events missed, results might not be accurate\n";
    assert_eq!(codes(&read(&missed)), [code::DEGRADED]);
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    assert_eq!(codes(&read("Failed to open x\n")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(Rtla.sniff(&Text::new(b"Index   CPU-000\n")), Sniff::No);
}
