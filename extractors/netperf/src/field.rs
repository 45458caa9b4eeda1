use prill_core::scan::unit;
use prill_core::{Polarity, Printed};

use crate::put::{Labels, Quantity};

/// What a field of the omni test is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What {
    /// The figure of merit, in the unit of [`What::Units`].
    Figure,
    Units,
    /// The throughput of one side and direction: that unit, or 10^6 bits a second beside transactions.
    Part(Labels),
    DemandUnits,
    /// A service demand.
    Demand(Labels),
    /// Microseconds of a transaction or call.
    Latency(&'static str),
    Elapsed,
    /// The rate of transactions; with [`What::RoundTrip`] a placeholder in other tests.
    Rate,
    RoundTrip,
    Is(Quantity),
}

const LOCAL: Labels = &[("host", "local")];
const REMOTE: Labels = &[("host", "remote")];
const LOCAL_TX: Labels = &[("host", "local"), ("direction", "tx")];
const LOCAL_RX: Labels = &[("host", "local"), ("direction", "rx")];
const REMOTE_TX: Labels = &[("host", "remote"), ("direction", "tx")];
const REMOTE_RX: Labels = &[("host", "remote"), ("direction", "rx")];

const CPU: Quantity = Quantity::new("cpu.utilization", unit::PERCENT, Polarity::Unknown);
const CPU_PEAK: Quantity = Quantity::new("cpu.utilization.max", unit::PERCENT, Polarity::Unknown);
const WIDTH: Quantity = Quantity::new("confidence.width", unit::PERCENT, Polarity::Unknown);
const RETRANSMITS: Quantity = Quantity::new("retransmits", Printed::base("{retransmit}"), Polarity::Lower);
pub(crate) const CALLS: Quantity = Quantity::new("call.count", Printed::base("{call}"), Polarity::Informational);
pub(crate) const PER_CALL: Quantity = Quantity::new("call.bytes.mean", unit::BYTE, Polarity::Informational);
pub(crate) const BYTES: Quantity = Quantity::new("transfer.bytes", unit::BYTE, Polarity::Informational);

macro_rules! cpu {
    ($host:literal, $mode:literal) => {
        What::Is(CPU.of(&[("host", $host), ("mode", $mode)]))
    };
}

/// Key of `-k`, column of `-o` and `-O` (without its breaks), and what it is: `print_omni_init_list` of `nettest_omni.c`, 2.5 to
/// 2.7. All other fields are settings.
const FIELDS: &[(&str, &str, What)] = &[
    ("THROUGHPUT", "Throughput", What::Figure),
    ("THROUGHPUT_UNITS", "Throughput Units", What::Units),
    ("ELAPSED_TIME", "Elapsed Time (sec)", What::Elapsed),
    ("TRANSACTION_RATE", "Transaction Rate Tran/s", What::Rate),
    ("RT_LATENCY", "Round Trip Latency usec/tran", What::RoundTrip),
    ("MIN_LATENCY", "Minimum Latency Microseconds", What::Latency("min")),
    ("MAX_LATENCY", "Maximum Latency Microseconds", What::Latency("max")),
    ("P50_LATENCY", "50th Percentile Latency Microseconds", What::Latency("p50")),
    ("P90_LATENCY", "90th Percentile Latency Microseconds", What::Latency("p90")),
    ("P99_LATENCY", "99th Percentile Latency Microseconds", What::Latency("p99")),
    ("MEAN_LATENCY", "Mean Latency Microseconds", What::Latency("mean")),
    ("STDDEV_LATENCY", "Stddev Latency Microseconds", What::Latency("stddev")),
    ("LOCAL_SEND_THROUGHPUT", "Local Send Throughput", What::Part(LOCAL_TX)),
    ("LOCAL_RECV_THROUGHPUT", "Local Recv Throughput", What::Part(LOCAL_RX)),
    ("REMOTE_SEND_THROUGHPUT", "Remote Send Throughput", What::Part(REMOTE_TX)),
    ("REMOTE_RECV_THROUGHPUT", "Remote Recv Throughput", What::Part(REMOTE_RX)),
    ("SD_UNITS", "Service Demand Units", What::DemandUnits),
    ("LOCAL_SD", "Local Service Demand", What::Demand(LOCAL)),
    ("REMOTE_SD", "Remote Service Demand", What::Demand(REMOTE)),
    ("LOCAL_CPU_UTIL", "Local CPU Util %", What::Is(CPU.of(LOCAL))),
    ("LOCAL_CPU_PERCENT_USER", "Local CPU User %", cpu!("local", "user")),
    ("LOCAL_CPU_PERCENT_SYSTEM", "Local CPU System %", cpu!("local", "system")),
    ("LOCAL_CPU_PERCENT_IOWAIT", "Local CPU I/O %", cpu!("local", "iowait")),
    ("LOCAL_CPU_PERCENT_IRQ", "Local CPU IRQ %", cpu!("local", "irq")),
    ("LOCAL_CPU_PERCENT_SWINTR", "Local CPU swintr %", cpu!("local", "softirq")),
    ("LOCAL_CPU_PEAK_UTIL", "Local Peak Per CPU Util %", What::Is(CPU_PEAK.of(LOCAL))),
    ("REMOTE_CPU_UTIL", "Remote CPU Util %", What::Is(CPU.of(REMOTE))),
    ("REMOTE_CPU_PERCENT_USER", "Remote CPU User %", cpu!("remote", "user")),
    ("REMOTE_CPU_PERCENT_SYSTEM", "Remote CPU System %", cpu!("remote", "system")),
    ("REMOTE_CPU_PERCENT_IOWAIT", "Remote CPU I/O %", cpu!("remote", "iowait")),
    ("REMOTE_CPU_PERCENT_IRQ", "Remote CPU IRQ %", cpu!("remote", "irq")),
    ("REMOTE_CPU_PERCENT_SWINTR", "Remote CPU swintr %", cpu!("remote", "softirq")),
    ("REMOTE_CPU_PEAK_UTIL", "Remote Peak Per CPU Util %", What::Is(CPU_PEAK.of(REMOTE))),
    ("THROUGHPUT_CONFID", "Throughput Confidence Width (%)", What::Is(WIDTH.of(&[("of", "throughput")]))),
    ("LOCAL_CPU_CONFID", "Local CPU Confidence Width (%)", What::Is(WIDTH.of(&[("of", "local_cpu")]))),
    ("REMOTE_CPU_CONFID", "Remote CPU Confidence Width (%)", What::Is(WIDTH.of(&[("of", "remote_cpu")]))),
    ("LOCAL_TRANSPORT_RETRANS", "Local Transport Retransmissions", What::Is(RETRANSMITS.of(LOCAL))),
    ("REMOTE_TRANSPORT_RETRANS", "Remote Transport Retransmissions", What::Is(RETRANSMITS.of(REMOTE))),
    ("LOCAL_SEND_CALLS", "Local Send Calls", What::Is(CALLS.of(LOCAL_TX))),
    ("LOCAL_RECV_CALLS", "Local Recv Calls", What::Is(CALLS.of(LOCAL_RX))),
    ("REMOTE_SEND_CALLS", "Remote Send Calls", What::Is(CALLS.of(REMOTE_TX))),
    ("REMOTE_RECV_CALLS", "Remote Recv Calls", What::Is(CALLS.of(REMOTE_RX))),
    ("LOCAL_BYTES_PER_SEND", "Local Bytes Per Send", What::Is(PER_CALL.of(LOCAL_TX))),
    ("LOCAL_BYTES_PER_RECV", "Local Bytes Per Recv", What::Is(PER_CALL.of(LOCAL_RX))),
    ("REMOTE_BYTES_PER_SEND", "Remote Bytes Per Send", What::Is(PER_CALL.of(REMOTE_TX))),
    ("REMOTE_BYTES_PER_RECV", "Remote Bytes Per Recv", What::Is(PER_CALL.of(REMOTE_RX))),
    ("LOCAL_BYTES_SENT", "Local Bytes Sent", What::Is(BYTES.of(LOCAL_TX))),
    ("LOCAL_BYTES_RECVD", "Local Bytes Received", What::Is(BYTES.of(LOCAL_RX))),
    ("LOCAL_BYTES_XFERD", "Local Bytes Xferred", What::Is(BYTES.of(LOCAL))),
    ("REMOTE_BYTES_SENT", "Remote Bytes Sent", What::Is(BYTES.of(REMOTE_TX))),
    ("REMOTE_BYTES_RECVD", "Remote Bytes Received", What::Is(BYTES.of(REMOTE_RX))),
    ("REMOTE_BYTES_XFERD", "Remote Bytes Xferred", What::Is(BYTES.of(REMOTE))),
];

/// The field of the key or the column `name`; `None` for a setting.
pub(crate) fn named(name: &str) -> Option<What> {
    FIELDS.iter().find(|(key, column, _)| *key == name || *column == name).map(|(.., what)| *what)
}

/// The width of the interval of confidence of what `words` name in the warning that it is too wide.
pub(crate) fn width(words: &str) -> Option<Quantity> {
    Some(match words.trim() {
        "Throughput" => WIDTH.of(&[("of", "throughput")]),
        "Local CPU util" => WIDTH.of(&[("of", "local_cpu")]),
        "Remote CPU util" => WIDTH.of(&[("of", "remote_cpu")]),
        _ => return None,
    })
}

/// How busy the processors of a side were.
pub(crate) fn cpu(is_local: bool) -> Quantity {
    CPU.of(host(is_local))
}

/// The label of a side.
pub(crate) fn host(is_local: bool) -> Labels {
    if is_local { LOCAL } else { REMOTE }
}
