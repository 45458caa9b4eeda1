//! `--metric-only`.

use super::*;

#[test]
fn a_table_of_metrics_has_their_names_above_its_rows() {
    let all = found(&table(
        "       insn per cycle  branch-misses of all branches \n                 0.58                          2.50% ",
    ));
    assert_eq!(all, ["instruction.per_cycle=0.58", "event.share{event=branch-misses, of=branches}=0.025", "elapsed=0.5"]);
    let cpus = found(&table(
        "                           GHz       insn per cycle \nCPU0                 2.43                 0.58 \nCPU1                 2.40                 0.61 ",
    ));
    assert_eq!(cpus[..2], ["cycle.rate{cpu=0}=2430000000", "instruction.per_cycle{cpu=0}=0.58"]);
    let idle = found(&table(
        " frontend cycles idle  backend cycles idle stalled cycles per insn \n               12.00%               30.00%                     0.75 ",
    ));
    assert_eq!(
        idle[..3],
        [
            "event.share{event=stalled-cycles-frontend, of=cycles}=0.12",
            "event.share{event=stalled-cycles-backend, of=cycles}=0.3",
            "stall.per_instruction=0.75"
        ]
    );
}

#[test]
fn with_intervals_each_row_has_its_time() {
    let text = "#           time core            cpus                  GHz       insn per cycle \n     1.000104544 S0-D0-C0           2                 2.43                 0.58 \n     1.000104544 S0-D0-C1           2                 2.40                 0.61 \n";
    let all = found(&stat(text));
    assert_eq!(all[0], "cycle.rate{core=S0-D0-C0, interval=1.000104544}=2430000000");
    assert_eq!((all.len(), codes(&stat(text)).len()), (4, 0));
    let thread = found(&stat(
        "#           time             comm-pid          retiring \n     1.000104544             make-4711               12.5% \n",
    ));
    assert_eq!(thread, ["event.metric{interval=1.000104544, metric=retiring, thread=make-4711}=0.125"]);
}

#[test]
fn fields_of_metrics_have_a_line_of_names() {
    let all = found(&stat("GHz,insn per cycle,branch-misses of all branches,\n2.43,0.58,2.50,\n"));
    assert_eq!(
        all,
        ["cycle.rate=2430000000", "instruction.per_cycle=0.58", "event.share{event=branch-misses, of=branches}=0.025"]
    );
    let core = found(&stat("time,core,cpus,GHz,\n     1.000104544,S0-D0-C0,2,2.43,\n"));
    assert_eq!(core, ["cycle.rate{core=S0-D0-C0, interval=1.000104544}=2430000000"]);
    let none = stat("time;cpu;GHz;insn per cycle;\n1.000104544;CPU0;;;\n");
    assert_eq!((found(&none).len(), codes(&none)), (0, vec![code::NO_SAMPLES, code::NO_METRICS]));
}

#[test]
fn objects_of_metrics_have_their_names_as_keys() {
    let all = found(&stat(
        "{\"interval\" : 1.000104544, \"cpu\" : \"0\", \"GHz\" : \"2.43\", \"branch-misses of all branches\" : \"2.50\"}\n",
    ));
    assert_eq!(
        all,
        [
            "cycle.rate{cpu=0, interval=1.000104544}=2430000000",
            "event.share{cpu=0, event=branch-misses, interval=1.000104544, of=branches}=0.025"
        ]
    );
    let old = found(&stat(
        "{\"unit\" : \"sec\"}{\"unit\" : \"GHz\"}{\"unit\" : \"insn per cycle\"}\n{\"interval\" : 1.000104544}{\"metric-value\" : \"2.43\"}{\"metric-value\" : \"0.58\"}\n",
    ));
    assert_eq!(old, ["cycle.rate{interval=1.000104544}=2430000000", "instruction.per_cycle{interval=1.000104544}=0.58"]);
    let none = stat("{\"insn per cycle\" : \"none\"}\n");
    assert_eq!((found(&none).len(), codes(&none)), (0, vec![code::NO_SAMPLES, code::NO_METRICS]));
}

#[test]
fn where_numbers_are_missing_nobody_knows_which() {
    let missing = table("                  GHz       insn per cycle \n                                      0.58 ");
    assert_eq!((found(&missing), codes(&missing)), (vec!["elapsed=0.5".to_owned()], vec![code::NO_SAMPLES]));
}

#[test]
fn a_row_without_numbers_was_not_counted() {
    let none = table(
        "                       Ghz       insn per cycle \nCPU0                                                 \nCPU1                                                 ",
    );
    assert_eq!((found(&none), codes(&none)), (vec!["elapsed=0.5".to_owned()], vec![code::NO_SAMPLES]));
    let none = stat(
        "#           time core            cpus \n     0.103991244 S0-D0-C0           1                                           \n",
    );
    assert_eq!((found(&none).len(), codes(&none)), (0, vec![code::NO_SAMPLES, code::NO_METRICS]));
}

#[test]
fn metrics_of_a_group_are_not_of_the_event_before() {
    let csv = found(&stat(
        "2103,,branch-misses,1044547,100.00,2.5,of all branches\n,1044547,100.00,,,,TopdownL1\n,,,,,14.3,%  tma_retiring\n",
    ));
    assert_eq!(csv[2], "event.metric{event=TopdownL1, metric=tma_retiring}=0.143");
    let json = found(&stat(
        "{\"event-runtime\" : 1044547, \"pcnt-running\" : 100.00, \"metricgroup\" : \"TopdownL1\"}\n{\"metric-value\" : \"14.3\", \"metric-unit\" : \"%  tma_retiring\"}\n",
    ));
    assert_eq!(json, ["event.metric{event=TopdownL1, metric=tma_retiring}=0.143"]);
    let hybrid = found(&table("            TopdownL1 (cpu_core)                 #     12.2 %  tma_bad_speculation"));
    assert_eq!(hybrid[0], "event.metric{event=\"TopdownL1 (cpu_core)\", metric=tma_bad_speculation}=0.122");
}

#[test]
fn fields_may_be_separated_by_blanks() {
    let text = "1.012763890 21264127  cache-misses 2683629138 16.60 98.5 of all cache refs\n1.012763890 16167.76 msec cpu-clock 16167755803 100.00 16.168 CPUs utilized\n";
    let all = found(&stat(text));
    assert_eq!(all[1], "event.share{event=cache-misses, interval=1.012763890, of=\"cache refs\"}=0.985");
    assert_eq!(all[3], "cpu.utilization{event=cpu-clock, interval=1.012763890}=16.168");
    assert_eq!(codes(&stat("12 bottles of beer 34 100.00 x\n")), [code::NOT_FOUND, code::NO_METRICS]);
}

#[test]
fn shares_of_slots_are_percentages_whatever_their_case() {
    let lower = found(&stat("retiring,bad speculation,\n38.3,6.1,\n"));
    assert_eq!(lower, ["event.metric{metric=retiring}=0.383", "event.metric{metric=\"bad speculation\"}=0.061"]);
    let json = found(&stat(
        "{\"event\" : \"topdown-retiring\", \"counter-value\" : \"25.000000\", \"metric-value\" : \"25.000000\", \"metric-unit\" : \"Retiring\"}\n",
    ));
    assert_eq!(json[1], "event.metric{event=topdown-retiring, metric=Retiring}=0.25");
}
