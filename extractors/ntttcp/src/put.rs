use prill_core::scan::unit;
use prill_core::{MetricSink, Polarity, Printed};

/// A quantity, its unit and its direction; `source` where it is one of several ways of saying the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity {
    name: &'static str,
    unit: Printed,
    polarity: Polarity,
    label: Option<(&'static str, &'static str)>,
}

impl Quantity {
    const fn new(name: &'static str, unit: Printed, polarity: Polarity) -> Self {
        Self { name, unit, polarity, label: None }
    }

    const fn with(self, key: &'static str, value: &'static str) -> Self {
        Self { label: Some((key, value)), ..self }
    }
}

const THROUGHPUT: Quantity = Quantity::new("throughput", unit::BYTE_PER_S, Polarity::Higher);

/// A throughput in a unit that is printed.
pub(crate) const fn throughput(printed: Printed) -> Quantity {
    Quantity { unit: printed, ..THROUGHPUT }
}

/// The same once more, with fewer digits.
pub(crate) const MEGABYTES: Quantity = throughput(unit::MIB_PER_S).with("source", "megabytes");
pub(crate) const KILOBYTES: Quantity = throughput(unit::KIB_PER_S).with("source", "kilobytes");
pub(crate) const EXACT: Quantity = THROUGHPUT.with("source", "bytes");
pub(crate) const ELAPSED: Quantity = Quantity::new("elapsed", unit::SECOND, Polarity::Informational);
pub(crate) const BYTES: Quantity = Quantity::new("transfer.bytes", unit::BYTE, Polarity::Higher);
pub(crate) const MEGA: Quantity = Quantity::new("transfer.bytes", unit::MIB, Polarity::Higher);
pub(crate) const COMPLETION: Quantity = Quantity::new("completion.bytes.mean", unit::BYTE, Polarity::Informational);
pub(crate) const FRAME: Quantity = Quantity::new("frame.bytes.mean", unit::BYTE, Polarity::Informational);
pub(crate) const BUFFERS: Quantity = Quantity::new("buffer.count", Printed::base("{buffer}"), Polarity::Informational);
pub(crate) const BUFFER_RATE: Quantity = Quantity::new("buffer.rate", Printed::base("{buffer}/s"), Polarity::Higher);
pub(crate) const CYCLES: Quantity = Quantity::new("cycles_per_byte", Printed::base("{cycle}/By"), Polarity::Lower);
pub(crate) const DPCS: Quantity = Quantity::new("dpc.rate", Printed::base("{dpc}/s"), Polarity::Unknown);
pub(crate) const PER_DPC: Quantity = Quantity::new("dpc.packets.mean", PACKET, Polarity::Unknown);
pub(crate) const INTERRUPTS: Quantity = Quantity::new("interrupt.rate", Printed::base("{interrupt}/s"), Polarity::Unknown);
pub(crate) const INTERRUPT_COUNT: Quantity = Quantity::new("interrupt.count", Printed::base("{interrupt}"), Polarity::Unknown);
pub(crate) const PER_INTERRUPT: Quantity = Quantity::new("interrupt.packets.mean", PACKET, Polarity::Unknown);
pub(crate) const SENT: Quantity = Quantity::new("packet.sent", PACKET, Polarity::Informational);
pub(crate) const RECEIVED: Quantity = Quantity::new("packet.received", PACKET, Polarity::Informational);
pub(crate) const RETRANSMITS: Quantity = Quantity::new("retransmits", Printed::base("{retransmit}"), Polarity::Lower);
pub(crate) const RETRANSMIT_RATE: Quantity = Quantity::new("retransmit.rate", Printed::base("{retransmit}/s"), Polarity::Lower);
pub(crate) const ERRORS: Quantity = Quantity::new("error.count", Printed::base("{error}"), Polarity::Lower);
pub(crate) const CPU: Quantity = Quantity::new("cpu.utilization", unit::PERCENT, Polarity::Unknown);
pub(crate) const RTT: Quantity = Quantity::new("rtt.mean", unit::US, Polarity::Lower);
pub(crate) const CONNECTIONS: Quantity =
    Quantity::new("connection.count", Printed::base("{connection}"), Polarity::Informational);
const PACKET: Printed = Printed::base("{packet}");

/// What the processors did.
pub(crate) const fn cpu(mode: &'static str) -> Quantity {
    CPU.with("mode", mode)
}

/// Retransmissions of a kind.
pub(crate) const fn retransmit(kind: &'static str) -> Quantity {
    RETRANSMIT_RATE.with("kind", kind)
}

/// Puts a number in; of a thread where it is one's.
pub(crate) fn put(quantity: Quantity, thread: Option<&str>, token: &str, out: &mut MetricSink) {
    let metric = out.metric(quantity.name).unit(quantity.unit).polarity(quantity.polarity);
    let thread = thread.map(|thread| ("thread", thread));
    let labels = quantity.label.into_iter().chain(thread);
    labels.fold(metric, |metric, (key, value)| metric.label(key, value.to_owned())).push(token);
}
