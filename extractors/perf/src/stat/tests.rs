use super::*;
use crate::testing::{codes, found, read};

fn stat(stderr: &str) -> prill_core::Extraction {
    read(&PerfStat, Stream::Stderr, stderr)
}

const HEAD: &str = " Performance counter stats for 'make':\n\n";
const TAIL: &str = "\n       0.5 seconds time elapsed\n\n";

fn table(row: &str) -> prill_core::Extraction {
    stat(&format!("{HEAD}{row}\n{TAIL}"))
}

#[test]
fn a_row_has_a_count_and_what_perf_makes_of_it() {
    let all =
        found(&table("     2,907,161,493      instructions:u            #    0.58  insn per cycle           ( +-  0.50% )"));
    assert_eq!(
        all,
        [
            "event.count{event=instructions:u}=2907161493",
            "event.count.stderr{event=instructions:u}=0.005",
            "instruction.per_cycle{event=instructions:u}=0.58",
            "elapsed=0.5"
        ]
    );
}

#[test]
fn rows_of_old_versions_are_read() {
    let all = found(&table("          1.041234      task-clock (msec)         #    0.009 CPUs utilized            [83.27%]"));
    assert_eq!(all[..2], ["event.time{event=task-clock}=0.001041234", "cpu.utilization{event=task-clock}=0.009"]);
}

#[test]
fn a_thread_may_have_blanks_in_its_name() {
    let row = "    Web Content-1234               12.50 msec task-clock                       #    0.100 CPUs utilized          ";
    assert_eq!(found(&table(row))[0], "event.time{event=task-clock, thread=\"Web Content-1234\"}=0.0125");
}

#[test]
fn a_cgroup_stands_behind_the_event() {
    let row = "             2,103      context-switches                 user.slice      #   49.849 /sec                   ";
    assert_eq!(found(&table(row))[0], "event.count{cgroup=user.slice, event=context-switches}=2103");
    let csv = found(&stat("2103,,context-switches,user.slice,0.10%,1044547,100.00,49.849,/sec\n"));
    assert_eq!(csv[0], "event.count{cgroup=user.slice, event=context-switches}=2103");
}

#[test]
fn what_was_not_counted_has_no_value_and_what_was_scaled_says_so() {
    let none = table("     <not counted>      cycles                                                               (0.00%)");
    assert_eq!((found(&none), codes(&none)), (vec!["elapsed=0.5".to_owned()], vec![code::NO_SAMPLES]));
    assert!(none.diagnostics[0].message.contains("event.count of cycles"));
    let scaled = table("        12,580,503      branch-misses                                                        (50.00%)");
    assert_eq!((found(&scaled).len(), codes(&scaled)), (2, vec![code::SCALED]));
    let nan = table("                 0      branch-misses                    #      nan% of all branches");
    assert_eq!((found(&nan).len(), codes(&nan)), (2, vec![code::NO_SAMPLES]));
}

#[test]
fn numbers_of_another_locale_are_refused() {
    for row in [
        "         1.234.567      cycles          ",
        "             1.234      cycles          ",
        "          1.234,56 msec task-clock      ",
    ] {
        let refused = table(row);
        assert_eq!((found(&refused), codes(&refused)), (vec!["elapsed=0.5".to_owned()], vec![code::NOT_A_NUMBER]), "{row}");
    }
}

#[test]
fn what_another_locale_prints_is_said() {
    let french = stat(&format!(
        "{HEAD}          1\u{202f}234\u{202f}567      cycles          \n                 7      faults\n\n       0,500000000 seconds time elapsed\n\n       0,100000000 seconds user\n"
    ));
    assert_eq!(found(&french), ["event.count{event=faults}=7"]);
    assert_eq!(codes(&french), [code::NOT_A_NUMBER; 3]);
    let fields = stat("1,53;msec;task-clock;1532171;100,00;0,015;CPUs utilized\n76;;page-faults;1532171;100,00;49,603;K/sec\n");
    assert_eq!(found(&fields), ["event.count{event=page-faults}=76"]);
    assert_eq!(codes(&fields), [code::NOT_A_NUMBER]);
}

#[test]
fn text_of_the_command_is_no_counter() {
    let around =
        stat(&format!("20 files processed\n1,2,3,4,5,6,7\n{HEAD}                 7      faults\n{TAIL}3 seconds user\n"));
    assert_eq!(found(&around)[..2], ["event.count{event=faults}=7", "elapsed=0.5"]);
    assert_eq!(codes(&stat("20 files processed\n")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(codes(&read(&PerfStat, Stream::Stdout, "20 files processed\n")), [code::NO_METRICS]);
}

#[test]
fn of_two_tables_the_last_has_the_plain_names() {
    let one = |n| format!("{HEAD}                 {n}      faults\n{TAIL}");
    let two = stat(&(one(7) + &one(8)));
    assert_eq!(
        found(&two),
        ["event.count{event=faults, repetition=1}=7", "elapsed{repetition=1}=0.5", "event.count{event=faults}=8", "elapsed=0.5"]
    );
    assert_eq!(codes(&two), [code::SEVERAL_DOCUMENTS]);
}

#[test]
fn a_table_or_a_row_that_is_cut_says_so() {
    let cut = stat(&format!("{HEAD}                 7      faults\n              1.35 msec ta"));
    assert_eq!((found(&cut).len(), codes(&cut)), (1, vec![code::TRUNCATED]));
    assert_eq!(codes(&stat("     0.100184571,76,,page-faults,1532171,100.00,49.6")), [code::TRUNCATED, code::NO_METRICS]);
    assert_eq!(codes(&stat(" Performance counter stats for 'sh -c a\nb")), [code::TRUNCATED, code::NO_METRICS]);
}

#[test]
fn a_command_of_several_lines_is_no_row() {
    let all = stat(
        " Performance counter stats for 'sh -c\n                 7      faults\n':\n\n                 8      faults\n       0.5 seconds time elapsed\n",
    );
    assert_eq!(found(&all), ["event.count{event=faults}=8", "elapsed=0.5"]);
}

#[test]
fn the_separator_is_found_or_taken_from_the_command() {
    for separator in [",", ";", "\t", "|", ":"] {
        let row = ["CPU3", "2", "", "faults", "1044547", "100.00", "1.915", "K/sec"].join(separator);
        assert_eq!(
            found(&stat(&(row + "\n"))),
            ["event.count{cpu=3, event=faults}=2", "event.rate{event=faults, cpu=3}=1915"]
                .map(|s| s.replace("{event=faults, cpu=3}", "{cpu=3, event=faults}"))
        );
    }
    let argv = |words: &[&str]| csv::separator(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
    assert_eq!(argv(&["perf", "stat", "-x", "@@", "--", "x"]).as_deref(), Some("@@"));
    assert_eq!(argv(&["perf", "stat", "-x\\t", "x"]).as_deref(), Some("\t"));
    assert_eq!(argv(&["perf", "stat", "--field-separator=:", "x"]).as_deref(), Some(":"));
    assert_eq!(argv(&["perf", "stat", "--", "x", "-x,"]), None);
}

#[test]
fn metrics_have_their_unit_before_their_name_since_6_19() {
    let row = |derived: &str| {
        found(&table(&format!("               530      context-switches                 # {derived}")))[1].clone()
    };
    assert_eq!(row("  530.7 cs/sec  cs_per_second"), "event.rate{event=context-switches}=530.7");
    assert_eq!(row("    2.0 CPUs  CPUs_utilized"), "cpu.utilization{event=context-switches}=2");
    assert_eq!(row("    3.1 %  branch_miss_rate"), "event.metric{event=context-switches, metric=branch_miss_rate}=0.031");
}

#[test]
fn a_group_of_metrics_has_a_name_in_place_of_an_event() {
    let rows = "                   TopdownL1                 #     12.2 %  tma_bad_speculation\n                                                  #     40.1 %  tma_retiring";
    let all = found(&table(rows));
    assert_eq!(all[0], "event.metric{event=TopdownL1, metric=tma_bad_speculation}=0.122");
    assert_eq!(all[1], "event.metric{event=TopdownL1, metric=tma_retiring}=0.401");
}

#[test]
fn a_table_that_is_not_read_says_so() {
    let only = table("       insn per cycle # GHz\n                 0.58                 2.43");
    assert_eq!((found(&only), codes(&only)), (vec!["elapsed=0.5".to_owned()], vec![code::NOT_FOUND]));
}

mod only;

#[test]
fn a_refusal_is_a_failure() {
    for said in [
        "event syntax error: 'nosuchevent'\n                     \\___ parser error\n",
        "--metric-only is not supported with -r\n",
        "top down event configuration requires system-wide mode (-a)\n",
        "freeze_on_smi is not supported.\n",
    ] {
        assert_eq!(codes(&stat(said)), [code::TOOL_FAILED, code::NO_METRICS], "{said}");
    }
}
