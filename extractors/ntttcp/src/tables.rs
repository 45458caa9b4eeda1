use prill_core::scan::{Search, number};
use prill_core::{MetricSink, Text};

use crate::Read;
use crate::put::{self, Quantity};

/// A head that only ntttcp for Windows has.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("Thread  Time(s) Throughput(KB/s)") || line.starts_with("Bytes(MEG)    realtime(s)")
}

/// Reads the tables that ntttcp for Windows prints: names of columns, a ruler of `=`, rows.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> Read {
    let (mut head, mut columns, mut ended, mut cut) = ("", Vec::new(), false, false);
    for line in text.lines() {
        let is_ruler = line.text.has("==") && line.text.bytes().all(|b| b == b'=' || b == b' ');
        if is_ruler && line.ended {
            columns = ruled(head, line.text);
        } else if !columns.is_empty() && !line.trimmed().is_empty() {
            if !line.ended {
                cut = true;
            } else if line.trimmed().starts_with(|c: char| c.is_ascii_digit()) {
                ended |= columns.contains(&"Avg. CPU %");
                row(&columns, line.text, out);
                continue;
            } else {
                columns.clear();
            }
        }
        head = line.text;
        out.ignore(line.text, "text");
    }
    if cut || !ended { Read::Cut } else { Read::Whole }
}

/// The names that stand above the parts of a ruler.
fn ruled<'t>(head: &'t str, ruler: &str) -> Vec<&'t str> {
    let starts = ruler.split(' ').filter(|part| !part.is_empty());
    let spans = starts.map(|part| {
        let start = part.as_ptr().addr() - ruler.as_ptr().addr();
        (start, start + part.len())
    });
    spans.map(|(start, end)| head.get(start..end.min(head.len())).unwrap_or_default().trim()).collect()
}

fn row(columns: &[&str], text: &str, out: &mut MetricSink) {
    let words = text.split_whitespace();
    let thread = if columns.first() == Some(&"Thread") { text.split_whitespace().next() } else { None };
    for (name, token) in columns.iter().copied().chain(std::iter::repeat("")).zip(words) {
        match quantity(name, thread.is_some()).filter(|_| number::is_token(token)) {
            Some(quantity) => put::put(quantity, thread, token, out),
            None => out.ignore(token, "names the row, or is not known"),
        }
    }
}

/// A `KB`, `MB` and `MEG` count in 1024. Of all threads nothing but megabytes is printed, which are the throughput then.
fn quantity(name: &str, is_thread: bool) -> Option<Quantity> {
    Some(match name {
        "Time(s)" | "realtime(s)" => put::ELAPSED,
        "Throughput(KB/s)" if is_thread => put::throughput(prill_core::scan::unit::KIB_PER_S),
        "Throughput(MB/s)" => put::throughput(prill_core::scan::unit::MIB_PER_S),
        "Avg B / Compl" => put::COMPLETION,
        "Bytes(MEG)" => put::MEGA,
        "Avg Frame Size" => put::FRAME,
        "Throughput(Buffers/s)" => put::BUFFER_RATE,
        "Cycles/Byte" => put::CYCLES,
        "Buffers" => put::BUFFERS,
        "DPCs(count/s)" => put::DPCS,
        "Pkts(num/DPC)" => put::PER_DPC,
        "Intr(count/s)" => put::INTERRUPTS,
        "Pkts(num/intr)" => put::PER_INTERRUPT,
        "Packets Sent" => put::SENT,
        "Packets Received" => put::RECEIVED,
        "Retransmits" => put::RETRANSMITS,
        "Errors" => put::ERRORS,
        "Avg. CPU %" => put::CPU,
        _ => return None,
    })
}
