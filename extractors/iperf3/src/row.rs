use prill_core::scan::{Search, number, unit};
use prill_core::{MetricSink, Printed};

use crate::put::{self, Of};

/// `[  5][TX-C]   0.00-3.00   sec  1.70 GBytes  4.87 Gbits/sec   12             sender`, in its parts.
pub(crate) struct Row<'t> {
    /// All before the end of the interval: a title or a time, the stream, the start.
    pub(crate) head: &'t str,
    /// `5`, `SUM`
    pub(crate) id: &'t str,
    /// `TX-C`
    pub(crate) tag: Option<&'t str>,
    /// When the interval ends.
    pub(crate) end: &'t str,
    /// All after `sec`.
    pub(crate) rest: &'t str,
}

/// What a bare number behind the rate counts: the header above the rows says it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Counted {
    Retransmits,
    Datagrams,
    Nothing,
}

impl<'t> Row<'t> {
    /// The row in `text`, with whatever `--title` and `--timestamps` put before it.
    pub(crate) fn find(text: &'t str) -> Option<Self> {
        text.match_indices(" sec ").find_map(|(at, sec)| Self::at(text, at, at + sec.len()))
    }

    fn at(text: &'t str, sec: usize, after: usize) -> Option<Self> {
        let (before, end) = text[..sec].rsplit_once('-')?;
        let (ids, start) = before.rsplit_once(']')?;
        let end = end.trim();
        if !number::is_token(start.trim()) || !number::is_token(end) {
            return None;
        }
        let (ids, inner) = ids.rsplit_once('[')?;
        let (tag, id) = match inner {
            "TX-C" | "RX-C" | "TX-S" | "RX-S" => (Some(inner), ids.strip_suffix(']')?.rsplit_once('[')?.1),
            _ => (None, inner),
        };
        Some(Self { head: before, id: id.trim(), tag, end, rest: &text[after..] })
    }

    /// Who counted, `omitted` for an interval of the warm-up, and what stands before that word.
    pub(crate) fn role(&self) -> (Option<&'static str>, bool, &'t str) {
        let rest = self.rest.trim_end();
        for role in ["sender", "receiver"] {
            if let Some(before) = rest.strip_suffix(role) {
                return (Some(role), false, before);
            }
        }
        match rest.strip_suffix("(omitted)") {
            Some(before) => (None, true, before),
            None => (None, false, rest),
        }
    }
}

/// `1.70 GBytes  4.87 Gbits/sec   12   4.00 MBytes`: the numbers of a row. False where something else stands.
pub(crate) fn numbers(text: &str, counted: Counted, of: Of<'_>, out: &mut MetricSink) -> bool {
    let mut words = text.split_whitespace();
    let (Some(amount), Some(amount_unit)) = (words.next(), words.next().and_then(bytes)) else { return false };
    let (Some(rate), Some(rate_unit)) = (words.next(), words.next().and_then(per_second)) else { return false };
    of.put(put::BYTES.printed(amount_unit), amount, out);
    of.put(put::THROUGHPUT.printed(rate_unit), rate, out);
    let Some(first) = words.next() else { return true };
    match (words.next(), words.next(), words.next()) {
        (Some("ms"), Some(datagrams), loss) => {
            of.put(put::JITTER, first, out);
            lost(datagrams, loss, of, out);
        }
        (window, window_unit, _) => {
            match counted {
                Counted::Retransmits => of.put(put::RETRANSMITS, first, out),
                Counted::Datagrams => of.put(put::DATAGRAMS, first, out),
                Counted::Nothing => out.ignore(first, "no header says what it counts"),
            }
            if let (Some(window), Some(printed)) = (window, window_unit.and_then(bytes)) {
                of.put(put::CWND.printed(printed), window, out);
            }
        }
    }
    true
}

/// `0/153` and `(0%)`; `Unknown/153` where the warm-up's losses are not known.
fn lost(datagrams: &str, loss: Option<&str>, of: Of<'_>, out: &mut MetricSink) {
    let Some((lost, all)) = datagrams.split_once('/') else { return };
    if number::is_token(lost) {
        of.put(put::LOST, lost, out);
    }
    of.put(put::DATAGRAMS, all, out);
    let Some(share) = loss.and_then(|loss| loss.strip_prefix('(')?.strip_suffix("%)")) else { return };
    if share.has("nan") {
        let message = "datagram.loss has no value: there was no datagram";
        out.warn(prill_core::diagnostic::code::NO_SAMPLES, share, message);
    } else {
        of.put(put::LOSS, share, out);
    }
}

/// `Bytes`, `KBytes`: powers of 1024 (`units.c`).
fn bytes(word: &str) -> Option<Printed> {
    multiple(word.strip_suffix("Bytes")?).map(|power| unit::BYTE.shift2(10 * power))
}

/// `Kbits/sec` is 1000 bits, `KBytes/sec` 1024 bytes.
fn per_second(word: &str) -> Option<Printed> {
    let word = word.strip_suffix("/sec")?;
    match word.strip_suffix("bits") {
        Some(prefix) => multiple(prefix).map(|power| unit::BIT_PER_S.shift(3 * power)),
        None => multiple(word.strip_suffix("Bytes")?).map(|power| unit::BYTE_PER_S.shift2(10 * power)),
    }
}

fn multiple(prefix: &str) -> Option<i8> {
    ["", "K", "M", "G", "T"].iter().position(|known| *known == prefix).map(|power| power as i8)
}
