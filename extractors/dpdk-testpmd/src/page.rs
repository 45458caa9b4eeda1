use std::collections::HashMap;

use prill_core::scan::{Line, Search, number};
use prill_core::{MetricSink, Polarity, Printed, Text};

use crate::key;

/// What a block of statistics is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Section<'t> {
    /// `######## NIC statistics for port 0  ########`: since the port was started, shown while it forwards.
    Nic(&'t str),
    /// `-------- Forward statistics for port 0  --------`: from start to stop.
    Port(&'t str),
    /// `------- Forward Stats for RX Port= 0/Queue= 0 -> TX Port= 1/Queue= 0 -------`: the same of one stream.
    Stream([&'t str; 4]),
    /// `+++++ Accumulated forward statistics for all ports+++++`
    All,
}

impl<'t> Section<'t> {
    pub(crate) fn of(line: &'t str) -> Option<Self> {
        let after = |words: &str| line.cut(words).map(|(_, rest)| rest);
        let port = |rest: &'t str| number::leading(rest).map(|(port, _)| port);
        if !line.starts_with(['#', '-', '+']) {
            None
        } else if let Some(rest) = after(" NIC statistics for port ") {
            port(rest).map(Self::Nic)
        } else if let Some(rest) = after(" Forward statistics for port ") {
            port(rest).map(Self::Port)
        } else if let Some(rest) = after(" Forward Stats for RX Port=") {
            let mut numbers = rest.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
            let mut next = || numbers.next();
            Some(Self::Stream([next()?, next()?, next()?, next()?]))
        } else {
            after(" Accumulated forward statistics for all ports").map(|_| Self::All)
        }
    }
}

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    /// How often each section stands in the text, and how often it began so far.
    sections: HashMap<Section<'t>, (usize, usize)>,
    section: Option<Section<'t>>,
    failed: bool,
    cut: bool,
    /// Some line was testpmd's.
    pub(crate) known: bool,
}

/// What DPDK says when it does not start.
pub(crate) fn complaint(line: &str) -> bool {
    line.starts_with("EAL: FATAL: ") || line.starts_with("EAL: Error - exiting with code: ")
}

impl<'t> Page<'t> {
    pub(crate) fn new(text: &'t Text<'_>) -> Self {
        let mut sections: HashMap<Section<'_>, (usize, usize)> = HashMap::new();
        for section in text.lines().filter_map(|line| Section::of(line.trimmed())) {
            sections.entry(section).or_default().0 += 1;
        }
        Self { sections, section: None, failed: false, cut: false, known: false }
    }

    /// True when the text ends within a line or a section.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || self.section.is_some()
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if !line.ended {
            self.cut |= self.known && !text.is_empty() && text != "testpmd>";
        } else if let Some(section) = Section::of(text) {
            self.sections.entry(section).or_default().1 += 1;
            self.section = Some(section);
            self.known = true;
        } else if text.len() > 40 && ["####", "----", "++++"].iter().any(|border| text.starts_with(border)) {
            self.section = None;
        } else if let Some(section) = self.section {
            return self.counts(section, text, out);
        } else if let Some((token, _)) = text.strip_prefix("CPU cycles/packet=").and_then(number::leading) {
            out.metric("cycles_per_packet").unit(Printed::base("{cycle}/{packet}")).lower().push(token);
            return out.ignore(&text["CPU cycles/packet=".len() + token.len()..], "what it is computed from");
        } else if complaint(text) {
            self.known = true;
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("testpmd says: {text}"));
            }
        }
        self.known |= text.starts_with("testpmd> ");
        out.ignore(text, "setting or message");
    }

    /// `RX-packets: 45786208       RX-dropped: 0             RX-total: 45786208`
    fn counts(&self, section: Section<'t>, text: &'t str, out: &mut MetricSink) {
        let mut words = text.split_whitespace();
        let mut key = None;
        for word in &mut words {
            if let Some(name) = word.strip_suffix(':') {
                key = Some(name);
                continue;
            }
            match key.take().and_then(key::of).filter(|_| number::is_token(word)) {
                Some(key) => self.put(section, key, word, out),
                None => out.ignore(word, "a sum of others, or not known"),
            }
        }
    }

    fn put(&self, section: Section<'t>, key: key::Key, token: &str, out: &mut MetricSink) {
        let (count, begun) = self.sections.get(&section).copied().unwrap_or_default();
        // Rates count from the time that they were shown before.
        if key.polarity == Polarity::Higher && begun == 1 && token == "0" {
            return out.ignore(token, "placeholder");
        }
        let metric = out.metric(key.name).unit(key.unit).polarity(key.polarity);
        let metric = key.label.into_iter().fold(metric, |metric, (key, value)| metric.label(key, value));
        let number = (count > 1).then(|| begun.to_string());
        let metric = match section {
            Section::Nic(port) => metric.label("port", port.to_owned()).label("source", "nic"),
            Section::Port(port) => metric.label("port", port.to_owned()),
            Section::Stream([rx, rx_queue, tx, tx_queue]) => {
                let path = format!("{rx}/{rx_queue}->{tx}/{tx_queue}");
                metric.label("path", path)
            }
            Section::All => metric,
        };
        let again = if matches!(section, Section::Nic(_)) { "interval" } else { "repetition" };
        number.into_iter().fold(metric, |metric, number| metric.label(again, number)).push(token);
    }
}
