use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Text};

use crate::Read;
use crate::put::{self, Quantity};

/// `<ntttcps computername="vm" version="5.33">` of a sender, `<ntttcpr ..>` of a receiver.
pub(crate) fn is_root(line: &str) -> bool {
    (line.starts_with("<ntttcps ") || line.starts_with("<ntttcpr ")) && line.has(" version=")
}

/// Reads the log of `-xml`: an element a line, as both programs write it.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> Read {
    let mut log = Log::default();
    text.lines().for_each(|line| log.line(line, out));
    if log.open { Read::Cut } else { Read::Whole }
}

#[derive(Default)]
struct Log<'t> {
    /// The root was begun and not ended.
    open: bool,
    linux: bool,
    parameters: bool,
    thread: Option<&'t str>,
}

impl<'t> Log<'t> {
    fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if is_root(text) {
            (self.open, self.linux) = (true, text.has("-linux\""));
        } else if text.starts_with("</ntttcp") {
            self.open = false;
        } else if text.starts_with("<parameters>") {
            self.parameters = true;
        } else if text.starts_with("</parameters>") {
            self.parameters = false;
        } else if let Some(index) = text.strip_prefix("<thread index=\"").and_then(|rest| rest.split_once('"')) {
            self.thread = Some(index.0);
        } else if text.starts_with("</thread>") {
            self.thread = None;
        } else if self.open && !self.parameters && self.element(text, out) {
            return;
        }
        out.ignore(text, "setting or text");
    }

    /// `<throughput metric="mbps">147.105</throughput>`; true when it holds a number that is measured.
    fn element(&self, text: &'t str, out: &mut MetricSink) -> bool {
        let Some((open, rest)) = text.strip_prefix('<').and_then(|text| text.split_once('>')) else { return false };
        let (tag, attributes) = open.split_once(' ').unwrap_or((open, ""));
        let metric = attributes.strip_prefix("metric=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
        let Some((token, _)) = rest.cut("</").filter(|(token, _)| number::is_token(token)) else { return false };
        let Some(quantity) = self.quantity(tag, metric) else { return false };
        put::put(quantity, self.thread, token, out);
        true
    }

    /// What an element is. On Linux a `mbps` is 2^20 bits a second, and constants stand for what it does not know.
    fn quantity(&self, tag: &str, metric: &str) -> Option<Quantity> {
        let windows = |quantity| Some(quantity).filter(|_| !self.linux);
        Some(match (tag, metric) {
            ("throughput", "mbps") if self.linux => put::throughput(unit::BIT_PER_S.shift2(20)),
            ("throughput", "mbps") => put::throughput(unit::MBIT_PER_S),
            ("throughput", "MB/s") => put::MEGABYTES,
            ("throughput", "KB/s") => put::KILOBYTES,
            ("throughput", "Bps") => put::EXACT,
            ("throughput", "buffers/s") => return windows(put::BUFFER_RATE),
            ("total_bytes", "MB") => put::MEGA,
            ("realtime", "s") => put::ELAPSED,
            ("avg_bytes_per_compl", "B") => return windows(put::COMPLETION),
            ("avg_frame_size", "B") => return windows(put::FRAME),
            ("total_buffers", _) => return windows(put::BUFFERS),
            ("avg_packets_per_interrupt", _) => put::PER_INTERRUPT,
            ("interrupts", "count/sec") => return windows(put::INTERRUPTS),
            ("dpcs", "count/sec") => return windows(put::DPCS),
            ("avg_packets_per_dpc", _) => return windows(put::PER_DPC),
            ("cycles", "cycles/byte") => put::CYCLES,
            ("packets_sent", _) => put::SENT,
            ("packets_received", _) => put::RECEIVED,
            ("packets_retransmitted", _) => put::RETRANSMITS,
            ("errors", _) => put::ERRORS,
            ("cpu", "%") => put::CPU,
            ("tcp_average_rtt", "us") => put::RTT,
            _ => return None,
        })
    }
}
