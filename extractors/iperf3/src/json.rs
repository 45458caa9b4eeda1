//! `iperf_json_printf` and its callers in `iperf_api.c`; a document, or with `--json-stream` one for each event.

use prill_core::diagnostic::code;
use prill_core::extract::{json_end, say_json};
use prill_core::scan::Search;
use prill_core::scan::json::{self, Document, Kind, Node, ProblemKind, Str};
use prill_core::{ExtractError, Input, MetricSink};

use crate::message;
use crate::put::{self, Of};

/// Keys of which some stand in each report.
const KEYS: [&str; 4] = ["start", "intervals", "end", "error"];

/// Reads the JSON of `input`; `None` when its report is no JSON.
pub(crate) fn extract(input: &Input<'_>, out: &mut MetricSink) -> Option<Result<(), ExtractError>> {
    let text = input.text().as_str();
    if !text.has("\"event\"") && !text.has("\"start\"") {
        return None;
    }
    // The server's report, printed by a client in text mode, is not the client's.
    let from = text.place("Server JSON output:");
    let document = Document::read(text);
    let (root, span) = (document.root()?, document.span()?);
    if from.is_some_and(|from| from < span.start) {
        Report { server: true, ..Report::default() }.read(root, out);
        return None;
    }
    if root.get("event").is_some() {
        return Some(events(input, out));
    }
    KEYS.iter().find(|key| root.get(key).is_some())?;
    if !document.problems().iter().all(|problem| is_usual(problem.kind, text, problem.span.start)) {
        say_json(document.problems(), input, out);
    }
    Report::default().read(root, out);
    Some(json_end(document.end(), input))
}

/// With several streams the sizes of their buffers stand under one key.
fn is_usual(kind: ProblemKind, text: &str, at: usize) -> bool {
    let keys = ["sock_bufsize", "sndbuf_actual", "rcvbuf_actual"];
    let key = text.get(at..).unwrap_or_default();
    matches!(kind, ProblemKind::DuplicateKey { .. }) && keys.iter().any(|usual| key.starts_with(usual))
}

/// `{"event":"interval","data":{...}}`, line after line.
fn events(input: &Input<'_>, out: &mut MetricSink) -> Result<(), ExtractError> {
    let text = input.text().as_str();
    let mut report = Report::default();
    let mut last = Ok(());
    for (span, end) in json::documents(text) {
        last = json_end(end, input);
        let document = Document::at(text, span.start);
        let Some(root) = document.root() else { continue };
        match (root.get("event").and_then(Node::as_str).as_deref(), root.get("data")) {
            (Some("interval"), Some(data)) => report.interval(data, out),
            (Some(key), Some(data)) => report.part(key, data, out),
            _ => out.ignore(root.text(), "the whole report once more"),
        }
    }
    last
}

#[derive(Default)]
struct Report {
    /// The server's, within the client's.
    server: bool,
    fixed: bool,
    /// The other side's numbers are not known, and zeros are printed for them.
    alone: bool,
    /// How many intervals there were, and how many of the warm-up.
    intervals: [usize; 2],
}

impl Report {
    fn read(mut self, root: Node<'_, '_>, out: &mut MetricSink) {
        self.alone = root.get("error").is_some();
        for (key, node) in root.members() {
            self.part(key.raw(), node, out);
        }
    }

    /// A member of the report.
    fn part(&mut self, key: &str, node: Node<'_, '_>, out: &mut MetricSink) {
        match key {
            "start" => self.start(node, out),
            "intervals" => node.items().for_each(|interval| self.interval(interval, out)),
            "end" => self.end(node, out),
            "error" => {
                if let Some(text) = node.string() {
                    message::say(text.raw(), out);
                }
            }
            "server_output_json" => Self { server: true, ..Self::default() }.read(node, out),
            _ => out.ignore(node.text(), "setting or text"),
        }
    }

    fn start(&mut self, node: Node<'_, '_>, out: &mut MetricSink) {
        let test = node.get("test_start");
        let given = |key| test.and_then(|test| test.get(key)).is_some_and(|amount| amount.text() != "0");
        self.fixed = given("bytes") || given("blocks");
        self.alone |= node.get("accepted_connection").is_some();
        out.ignore(node.text(), "setting");
    }

    fn interval(&mut self, node: Node<'_, '_>, out: &mut MetricSink) {
        let bidir = node.get("sum_bidir_reverse").is_some();
        let omitted = node.get("sum").is_some_and(|sum| is_true(sum, "omitted"));
        let count = &mut self.intervals[usize::from(omitted)];
        *count += 1;
        let of = Of { interval: Some(*count), omitted, server: self.server, fixed: self.fixed, ..Of::default() };
        for (key, node) in node.members() {
            match key.raw() {
                "streams" => node.items().for_each(|stream| self.numbers(stream, of, bidir, out)),
                _ => self.numbers(node, of, bidir, out),
            }
        }
    }

    fn end(&self, node: Node<'_, '_>, out: &mut MetricSink) {
        let bidir = node.members().any(|(key, _)| key.raw().ends_with("_bidir_reverse"));
        let of = Of { server: self.server, fixed: self.fixed, ..Of::default() };
        for (key, node) in node.members() {
            match key.raw() {
                "streams" => {
                    for (key, part) in node.items().flat_map(Node::members) {
                        self.numbers(part, Of { role: role(key), ..of }, bidir, out);
                    }
                }
                "cpu_utilization_percent" => self.cpu(node, out),
                sum if sum.starts_with("sum") => {
                    // `sender` says who counted in the sums of UDP, and which way in those of TCP.
                    let direction = bidir.then_some(if sum.ends_with("_bidir_reverse") { "rx" } else { "tx" });
                    self.numbers(node, Of { role: role(key), direction, ..of }, false, out);
                }
                _ => out.ignore(node.text(), "setting"),
            }
        }
    }

    /// The numbers of one stream or of their sum.
    fn numbers(&self, node: Node<'_, '_>, of: Of<'_>, bidir: bool, out: &mut MetricSink) {
        let socket = node.get("socket").map(Node::text);
        let direction = if bidir { Some(if is_true(node, "sender") { "tx" } else { "rx" }) } else { of.direction };
        let of = Of { stream: socket.or(of.stream), direction, ..of };
        if self.alone && of.interval.is_none() && node.get("bytes").is_some_and(|bytes| bytes.text() == "0") {
            return of.unknown(node.text(), out);
        }
        for (key, value) in node.members() {
            if !matches!(value.kind(), Kind::Number | Kind::NotFinite) {
                continue;
            }
            match (key.raw(), put::of_key(key.raw())) {
                (_, Some(kind)) => of.put(kind, value.text(), out),
                ("socket", None) => out.ignore(value.text(), "names the stream"),
                ("start" | "end", None) => out.ignore(value.text(), "an end of the interval"),
                ("reorder", None) => out.ignore(value.text(), "a setting of the kernel's for the connection"),
                // How much of a file was sent, with `-F`.
                ("sent" | "received" | "size" | "percent_sent" | "percent_received", None) => {
                    out.ignore(value.text(), "of the file that was sent");
                }
                _ => {}
            }
        }
    }

    fn cpu(&self, node: Node<'_, '_>, out: &mut MetricSink) {
        let hosts = [("host", "local"), ("remote", "remote")];
        for (prefix, host) in hosts {
            let get = |mode: &str| node.get(&format!("{prefix}_{mode}"));
            let Some(total) = get("total") else { continue };
            if self.alone && total.text() == "0" {
                out.warn(
                    code::NO_SAMPLES,
                    total.text(),
                    format!("cpu.utilization of the {host} host has no value: it never came"),
                );
                ["total", "user", "system"].into_iter().filter_map(get).for_each(|n| out.ignore(n.text(), "placeholder"));
                continue;
            }
            put::cpu(host, None, self.server, total.text(), out);
            for mode in ["user", "system"] {
                if let Some(share) = get(mode) {
                    put::cpu(host, Some(mode), self.server, share.text(), out);
                }
            }
        }
    }
}

fn is_true(node: Node<'_, '_>, key: &str) -> bool {
    node.get(key).is_some_and(|value| value.text() == "true")
}

/// Who counted: in UDP's `sum` and `udp` amounts are the sender's and losses the receiver's.
fn role(key: Str<'_>) -> Option<&'static str> {
    let key = key.raw();
    if key == "sender" || key.starts_with("sum_sent") {
        return Some("sender");
    }
    (key == "receiver" || key.starts_with("sum_received")).then_some("receiver")
}
