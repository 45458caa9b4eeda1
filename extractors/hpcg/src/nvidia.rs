use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Text};

use crate::GFLOPS;

/// A line of the text.
pub(crate) fn is_mark(line: &str) -> bool {
    result(line).is_some_and(|(kernel, ..)| ["final", "total", "SpMV", "SymGS"].contains(&kernel))
        || line.starts_with("Starting Benchmarking Phase...")
}

/// Reads `final =  199.8 GF (1515.2 GB/s Effective)   25.0 GF_per ( 189.4 GB/s Effective)` of all and of each process. True
/// when the text ends in a line.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> bool {
    let mut cut = false;
    for line in text.lines().filter(|line| !line.trimmed().is_empty()) {
        cut |= !line.ended;
        let Some((kernel, numbers)) = result(line.trimmed()).filter(|_| line.ended) else {
            out.ignore(line.text, "setting, progress, check or date");
            continue;
        };
        // The rating is that of the run as a whole.
        let kernel = (kernel != "final").then_some(kernel);
        for (at, token) in numbers.iter().enumerate() {
            let is_flops = at % 2 == 0;
            let metric =
                if is_flops { out.metric("flop.rate").unit(GFLOPS) } else { out.metric("throughput").unit(unit::GB_PER_S) };
            let metric = kernel.into_iter().fold(metric.higher(), |metric, kernel| metric.label("kernel", kernel));
            let metric = if at > 1 { metric.label("per", "process") } else { metric };
            metric.push(token);
        }
    }
    cut
}

/// The name of a result and its numbers: GF and GB/s of all, GF and GB/s of a process.
fn result(line: &str) -> Option<(&str, Vec<&str>)> {
    let (kernel, mut rest) = line.cut(" = ").map(|(kernel, rest)| (kernel.trim(), rest))?;
    if kernel.is_empty() || !kernel.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let mut numbers = Vec::new();
    for unit in ["GF", "GB/s Effective)", "GF_per", "GB/s Effective)"] {
        let (token, after) = number::leading(rest.trim_start_matches([' ', '(']))?;
        rest = after.trim_start().strip_prefix(unit)?;
        numbers.push(token);
    }
    rest.trim().is_empty().then_some((kernel, numbers))
}
