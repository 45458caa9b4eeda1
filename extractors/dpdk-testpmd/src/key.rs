use prill_core::scan::unit;
use prill_core::{Polarity, Printed};

/// What a key counts, in which unit, and what tells it from its like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) unit: Printed,
    pub(crate) polarity: Polarity,
    pub(crate) label: Option<(&'static str, &'static str)>,
}

const PACKET: Printed = Printed::base("{packet}");
const RX: Option<(&str, &str)> = Some(("direction", "rx"));
const TX: Option<(&str, &str)> = Some(("direction", "tx"));

/// What the key `word` is: `fwd_stats_display` and `nic_stats_display` of `app/test-pmd`. `None` for a sum of others.
pub(crate) fn of(word: &str) -> Option<Key> {
    // How long it forwarded is not printed.
    let amount = |name, unit, label| Key { name, unit, polarity: Polarity::Unknown, label };
    let lower = |name, label| Key { name, unit: PACKET, polarity: Polarity::Lower, label };
    let rate = |name, unit, label| Key { name, unit, polarity: Polarity::Higher, label };
    let checksum = |kind| lower("packet.corrupted", Some(("kind", kind)));
    Some(match word {
        "RX-packets" => amount("packet.received", PACKET, None),
        "TX-packets" => amount("packet.sent", PACKET, None),
        "RX-dropped" => lower("packet.dropped", RX),
        "TX-dropped" => lower("packet.dropped", TX),
        "RX-missed" => lower("packet.missed", None),
        "RX-errors" | "RX-error" => lower("packet.failed", RX),
        "TX-errors" => lower("packet.failed", TX),
        "RX-nombuf" | "RX-nombufs" => lower("packet.unbuffered", None),
        "Bad-ipcsum" => checksum("ip"),
        "Bad-l4csum" => checksum("l4"),
        "Bad-outer-l4csum" => checksum("outer_l4"),
        "Bad-outer-ipcsum" => checksum("outer_ip"),
        "RX-bytes" => amount("transfer.bytes", unit::BYTE, RX),
        "TX-bytes" => amount("transfer.bytes", unit::BYTE, TX),
        "Rx-pps" => rate("packet.rate", Printed::base("{packet}/s"), RX),
        "Tx-pps" => rate("packet.rate", Printed::base("{packet}/s"), TX),
        "Rx-bps" => rate("throughput", unit::BIT_PER_S, RX),
        "Tx-bps" => rate("throughput", unit::BIT_PER_S, TX),
        _ => return None,
    })
}
