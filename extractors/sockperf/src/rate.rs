use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::put::{MESSAGES, Of};

/// `Message Rate is 150076 [msg/sec], Packet Rate is about 450228 [pkt/sec] (3 ip frags / msg)`
pub(crate) fn rates(text: &str, of: Of<'_>, out: &mut MetricSink) -> bool {
    let Some((token, rest)) = text.strip_prefix("Message Rate is ").and_then(|text| text.cut(" [msg/sec]")) else {
        return false;
    };
    of.put("message.rate", MESSAGES, Polarity::Higher, token, out);
    if let Some((token, fragments)) = rest.strip_prefix(", Packet Rate is about ").and_then(|rest| rest.cut(" [pkt/sec]")) {
        of.put("packet.rate", Printed::base("{packet}/s"), Polarity::Higher, token, out);
        out.ignore(fragments, "how many packets a message takes");
    }
    true
}

/// `BandWidth is 572.495 MBps (4579.956 Mbps)`: the bits say it more exactly.
pub(crate) fn bandwidth(text: &str, of: Of<'_>, out: &mut MetricSink) -> bool {
    let Some(text) = text.strip_prefix("BandWidth is ") else { return false };
    let words: Vec<&str> = text.split(' ').collect();
    let [bytes, bytes_unit, bits, bits_unit] = words[..] else { return false };
    let bits = bits.trim_start_matches('(');
    let (Some(bytes_unit), Some(bits_unit)) = (scale(bytes, bytes_unit), scale(bits, bits_unit.trim_end_matches(')'))) else {
        return false;
    };
    Of { source: Some("bytes"), ..of }.put("throughput", bytes_unit, Polarity::Higher, bytes, out);
    of.put("throughput", bits_unit, Polarity::Higher, bits, out);
    true
}

/// A `MB` is 1024 * 1024 bytes, a `Mb` as many bits. `--giga-size` divides that by 1000; `--increase_output_precision` of 3.7
/// and before does not, and says giga too, with nine decimals.
fn scale(token: &str, word: &str) -> Option<Printed> {
    let precise = token.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 9);
    let printed = match word {
        "MBps" | "GBps" => unit::MIB_PER_S,
        "Mbps" | "Gbps" => unit::BIT_PER_S.shift2(20),
        _ => return None,
    };
    let giga = word.starts_with('G') && !precise;
    number::is_token(token).then(|| if giga { printed.shift(3) } else { printed })
}
