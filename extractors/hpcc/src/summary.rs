//! The keys of the summary (`hpcc.c`, `HPCC_Finalize`).

use prill_core::scan::{Search, unit};
use prill_core::{Polarity, Printed};

/// What a key of the summary means.
#[derive(Debug, PartialEq)]
pub(crate) struct Meaning<'k> {
    pub(crate) name: &'static str,
    pub(crate) stat: Option<&'static str>,
    pub(crate) test: &'k str,
    pub(crate) part: Option<(&'static str, &'k str)>,
    pub(crate) printed: Printed,
    pub(crate) polarity: Polarity,
}

/// The ends of the keys that are results; what stands before is the test.
const ENDS: [(&str, &str, Printed, Polarity); 11] = [
    ("_Tflops", "flop.rate", FLOPS.shift(12), Polarity::Higher),
    ("_Gflops", "flop.rate", FLOPS.shift(9), Polarity::Higher),
    ("_GUPs", "update.rate", Printed::base("{update}/s").shift(9), Polarity::Higher),
    ("_GBs", "throughput", unit::GB_PER_S, Polarity::Higher),
    ("_time", "elapsed", unit::SECOND, Polarity::Lower),
    ("_CheckTime", "check.time", unit::SECOND, Polarity::Lower),
    ("_ExeUpdates", "update.count", Printed::base("{update}"), Polarity::Informational),
    ("_Errors", "error.count", Printed::base("{error}"), Polarity::Lower),
    ("_ErrorsFraction", "error.ratio", unit::RATIO, Polarity::Lower),
    ("Latency_usec", "message.latency", unit::US, Polarity::Lower),
    // 1 MB/s is 10^6 byte/s, says the program.
    ("Bandwidth_GBytes", "throughput", unit::GB_PER_S, Polarity::Higher),
];

const FLOPS: Printed = Printed::base("{flop}/s");

/// `None` for a setting.
pub(crate) fn meaning(key: &str) -> Option<Meaning<'_>> {
    if let Some((test, function)) = key.cut("STREAM_").filter(|(test, _)| ["Star", "Single"].contains(test)) {
        let test = &key[..test.len() + "STREAM".len()];
        let part = Some(("function", function));
        let is_function = ["Copy", "Scale", "Add", "Triad"].contains(&function);
        let meaning = Meaning { name: "throughput", stat: None, test, part, printed: unit::GB_PER_S, polarity: Polarity::Higher };
        return is_function.then_some(meaning);
    }
    if let Some(phase) = key.strip_prefix("MPIFFT_time").filter(|phase| phase.bytes().all(|b| b.is_ascii_digit()))
        && !phase.is_empty()
    {
        let part = Some(("phase", phase));
        return Some(Meaning {
            name: "elapsed",
            stat: None,
            test: "MPIFFT",
            part,
            printed: unit::SECOND,
            polarity: Polarity::Lower,
        });
    }
    let ends = ENDS.iter().find_map(|end| Some((key.strip_suffix(end.0)?, end)));
    let (test, (_, name, printed, polarity)) = ends?;
    let stats = [("Min", "min"), ("Avg", "mean"), ("Max", "max")];
    let stat = stats.iter().find_map(|(word, stat)| Some((test.strip_prefix(word)?, *stat)));
    let (test, stat) = stat.map_or((test, None), |(test, stat)| (test, Some(stat)));
    Some(Meaning { name, stat, test, part: None, printed: *printed, polarity: *polarity })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_a_test_and_a_quantity() {
        let of = |key| meaning(key).map(|m| (m.name, m.stat, m.test, m.part));
        assert_eq!(of("MPIRandomAccess_LCG_GUPs"), Some(("update.rate", None, "MPIRandomAccess_LCG", None)));
        assert_eq!(of("MaxPingPongLatency_usec"), Some(("message.latency", Some("max"), "PingPong", None)));
        assert_eq!(of("StarSTREAM_Triad"), Some(("throughput", None, "StarSTREAM", Some(("function", "Triad")))));
        assert_eq!(of("MPIFFT_time3"), Some(("elapsed", None, "MPIFFT", Some(("phase", "3")))));
        for setting in ["STREAM_VectorSize", "HPL_eps", "MPIRandomAccess_TimeBound", "MPI_Wtick", "MPIFFT_timeX"] {
            assert_eq!(of(setting), None, "{setting}");
        }
    }
}
