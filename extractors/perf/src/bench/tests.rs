use super::*;
use crate::testing::{codes, found, read};

fn bench(stdout: &str) -> prill_core::Extraction {
    read(&PerfBench, Stream::Stdout, stdout)
}

#[test]
fn a_gigabyte_of_mem_is_binary_and_one_of_numa_decimal() {
    let mem = found(&bench("# Running 'mem/memcpy' benchmark:\n# function 'default' (x)\n\n       2.000000 GB/sec\n"));
    assert_eq!(mem, ["throughput{benchmark=mem/memcpy, function=default}=2147483648"]);
    let numa = found(&bench("# Running 'numa/mem' benchmark:\n main,      2.000, GB/sec,         total-speed\n"));
    assert_eq!(numa, ["throughput{benchmark=numa/mem}=2000000000"]);
}

#[test]
fn a_bare_time_is_seconds_and_must_be_whole() {
    assert_eq!(found(&bench("0.152\n")), ["elapsed=0.152"]);
    assert_eq!(found(&bench("0.152")), ["elapsed=0.152"], "three decimals are all there are");
    for other in ["0.15\n", "0.15", "152\n", "0.152\n0.153\n", "0.152 x\n"] {
        assert_eq!(
            codes(&bench(other)),
            [prill_core::diagnostic::code::NOT_FOUND, prill_core::diagnostic::code::NO_METRICS],
            "{other}"
        );
    }
}

#[test]
fn several_benchmarks_of_one_run_are_told_apart() {
    let all = found(&bench(
        "# Running sched/messaging benchmark...\n     Total time: 0.500 [sec]\n\n# Running sched/pipe benchmark...\n     Total time: 0.600 [sec]\n",
    ));
    assert_eq!(all, ["elapsed{benchmark=sched/messaging}=0.5", "elapsed{benchmark=sched/pipe}=0.6"]);
}

#[test]
fn what_bits_are_set_is_a_label() {
    let text = "# Running 'mem/find_bit' benchmark:\n3 operations 4 bits set of 64 bits\n  Average test_bit loop took:    0.167 usec (+- 0.250 usec)\n";
    let all = found(&bench(text));
    assert_eq!(all[0], "operation.latency.mean{benchmark=mem/find_bit, bits=64, operation=\"test_bit loop\", set=4}=0.000000167");
    assert!(all[1].starts_with("operation.latency.stderr{"));
}

#[test]
fn a_row_that_is_cut_gives_nothing() {
    use prill_core::diagnostic::code;
    let cut = bench("# Running 'sched/pipe' benchmark:\n     Total time: 3.010 [sec]\n\n     150.531200 usecs/op");
    assert_eq!((found(&cut).len(), codes(&cut)), (1, vec![code::TRUNCATED]));
}

#[test]
fn refusals_are_failures() {
    use prill_core::diagnostic::code;
    for refused in [
        "Unknown benchmark: 'x' for collection 'sched'\n",
        "# Running 'mem/memcpy' benchmark:\nUnknown function: x\nAvailable functions:\n",
    ] {
        assert_eq!(codes(&bench(refused)), [code::TOOL_FAILED, code::NO_METRICS], "{refused}");
    }
    let stderr = read(&PerfBench, Stream::Stderr, "  Error: unknown switch `r'\n\n Usage: perf bench futex wake <options>\n");
    assert_eq!(codes(&stderr), [code::TOOL_FAILED, code::NO_METRICS]);
}

#[test]
fn a_text_of_another_tool_is_not_mine() {
    use prill_core::diagnostic::code;
    assert_eq!(codes(&bench("     Total time: 3.010 [sec]\n")), [code::NOT_FOUND, code::NO_METRICS]);
    assert_eq!(PerfBench.sniff(&Text::new(b"Total time: 3.010\n")), Sniff::No);
    assert_eq!(PerfBench.sniff(&Text::new(b"0.152\n")), Sniff::Possible);
    assert_eq!(PerfBench.sniff(&Text::new(b"# Running 'sched/pipe' benchmark:\n")), Sniff::Certain);
}

#[test]
fn without_a_heading_the_settings_say_which_benchmark_it_is() {
    let text = "# Executed 10,000 getppid() calls\n     Total time: 1.500 [sec]\n\n# Executed 10 fork() calls\n     Total time: 0.500 [sec]\n";
    assert_eq!(found(&bench(text)), ["elapsed{benchmark=syscall/basic}=1.5", "elapsed{benchmark=syscall/fork}=0.5"]);
}

#[test]
fn a_benchmark_that_runs_again_is_labelled() {
    let one =
        "# Running 'sched/pipe' benchmark:\n# Executed 20 pipe operations between two processes\n     Total time: 1.500 [sec]\n";
    let twice = bench(&one.repeat(2));
    assert_eq!(found(&twice), ["elapsed{benchmark=sched/pipe, repetition=1}=1.5", "elapsed{benchmark=sched/pipe}=1.5"]);
    assert_eq!(codes(&twice), [prill_core::diagnostic::code::SEVERAL_DOCUMENTS]);
}

#[test]
fn the_functions_of_old_versions_are_routines() {
    let text = "# Running 'mem/memcpy' benchmark:\n# Routine default (Default memcpy() provided by glibc)\n# Copying 1MB Bytes ...\n\n       2.000000 GB/Sec\n       4.000000 GB/Sec (with prefault)\n       0.500000 Cycle/Byte\n";
    assert_eq!(
        found(&bench(text)),
        [
            "throughput{benchmark=mem/memcpy, function=default}=2147483648",
            "throughput{benchmark=mem/memcpy, function=default, prefault=yes}=4294967296",
            "cycle.per_byte{benchmark=mem/memcpy, function=default}=0.5",
        ]
    );
}

#[test]
fn what_another_locale_prints_is_said() {
    use prill_core::diagnostic::code;
    let french = bench(
        "# Running 'syscall/basic' benchmark:\n# Executed 10\u{202f}000 getppid() calls\n     Total time: 1.500 [sec]\n\n       0,123400 usecs/op\n      8\u{202f}103\u{202f}727 ops/sec\n",
    );
    assert_eq!(found(&french), ["elapsed{benchmark=syscall/basic}=1.5"]);
    assert_eq!(codes(&french), [code::NOT_A_NUMBER; 2]);
}
