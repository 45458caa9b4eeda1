use prill_core::diagnostic::code;
use prill_core::extract::{self, Captures};
use prill_core::{Extraction, Stream};

use super::Memtier;

fn read(text: &str) -> Extraction {
    extract::run(&Memtier, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[])
}

fn shown(extraction: &Extraction) -> Vec<String> {
    extraction.metrics.iter().map(|m| format!("{m} = {}", m.value())).collect()
}

const HEAD: &str = "Type         Ops/sec     Hits/sec   Misses/sec      Latency       KB/sec \n\
                    ------------------------------------------------------------------------\n";

#[test]
fn the_head_says_what_the_columns_are() {
    let row = "Totals      1000.50         1.00         2.00      1.50000        10.00 \n";
    assert_eq!(
        shown(&read(&format!("{HEAD}{row}"))),
        ["request.rate = 1000.5", "hit.rate = 1", "miss.rate = 2", "request.latency.mean = 0.0015", "throughput = 10240"]
    );
}

#[test]
fn of_several_runs_the_mean_has_the_plain_name() {
    let row = "Totals      1000.50         1.00         2.00      1.50000        10.00 \n";
    let text = format!("BEST RUN RESULTS\n====\n{HEAD}{row}\n\nAGGREGATED AVERAGE RESULTS (2 runs)\n====\n{HEAD}{row}");
    let found = shown(&read(&text));
    assert_eq!((found[0].as_str(), found[5].as_str()), ("request.rate{run=best} = 1000.5", "request.rate = 1000.5"));
}

#[test]
fn a_command_that_was_never_sent_has_no_latency() {
    let found = read(&format!("{HEAD}Waits          0.00          ---          ---      0.00000          --- \n"));
    assert_eq!(shown(&found), ["request.rate{command=Waits} = 0"]);
    assert_eq!(found.diagnostics[0].code, code::NO_SAMPLES);
}

#[test]
fn a_command_with_blanks_in_its_name_is_one_label() {
    let found = read(&format!("{HEAD}Hset __k__s  5.00          ---          ---      0.50000         1.00 \n"));
    assert_eq!(shown(&found)[0], "request.rate{command=\"Hset __k__s\"} = 5");
}
