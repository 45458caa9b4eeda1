use std::collections::HashMap;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number, unit};
use prill_core::{MetricSink, Polarity};

use crate::csv;
use crate::put::{CONNECTION, DATAGRAM, Known, Of, To};
use crate::rest::{self, Head};
use crate::role::{Role, Roles};
use crate::row::{self, Amounts, Row};

/// A row that was read; whether it is an interval is known when those behind it are.
struct Seen<'t> {
    /// The number of its group.
    group: usize,
    role: Option<Role>,
    /// The interval that it is if it is one, counted from 1 in its group.
    interval: usize,
    start: bool,
    end: &'t str,
    what: What<'t>,
}

/// The rows of a stream between two times that connections are made.
struct Group<'t> {
    id: &'t str,
    /// Rows of a server that the client shows.
    report: bool,
    epoch: usize,
    /// How many rows have amounts, and the last of them.
    counted: usize,
    last: usize,
    /// Which group of the stream with such rows it is, counted from 1.
    time: Option<usize>,
}

/// A stream, or what a server reports of it.
#[derive(Default)]
struct Flow {
    /// The group of its last row.
    group: Option<usize>,
    /// How many groups have rows with amounts.
    times: usize,
}

enum What<'t> {
    Row(Amounts<'t>, Head),
    Csv(&'t str, Option<&'t str>),
    OutOfOrder(&'t str),
    Delays(&'t str),
}

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    argv: &'t [String],
    roles: Roles<'t>,
    rows: Vec<Seen<'t>>,
    groups: Vec<Group<'t>>,
    flows: HashMap<(&'t str, bool), Flow>,
    series: Known,
    epoch: usize,
    /// Rows were read since the last connection.
    moving: bool,
    head: Head,
    csv_head: Option<&'t str>,
    /// The stream whose server reports.
    report: Option<&'t str>,
    failed: bool,
    cut: bool,
    /// Streams that began, and those that have a summary.
    begun: usize,
    ended: usize,
    /// Some line was iperf's.
    pub(crate) known: bool,
}

/// The head of a table.
pub(crate) fn is_head(line: &str) -> bool {
    (line.starts_with("[ ID] ") || line.starts_with("[SUM-cnt] ")) && (line.has("Interval") || line.has("Burst (start-end)"))
}

/// What iperf says when it fails.
pub(crate) fn complaint(line: &str) -> bool {
    const BEGINNINGS: [&str; 7] = [
        "connect failed: ",
        "tcp connect failed: ",
        "bind failed: ",
        "listener bind failed: ",
        "read failed: ",
        "write failed: ",
        "Usage: iperf [",
    ];
    BEGINNINGS.iter().any(|beginning| line.starts_with(beginning)) || line.ends_with(": Unknown host")
}

impl<'t> Page<'t> {
    pub(crate) fn new(argv: Option<&'t [String]>) -> Self {
        Self {
            argv: argv.unwrap_or_default(),
            roles: Roles::default(),
            rows: Vec::new(),
            groups: Vec::new(),
            flows: HashMap::new(),
            series: Known::new(),
            epoch: 0,
            moving: false,
            head: Head::default(),
            csv_head: None,
            report: None,
            failed: false,
            cut: false,
            begun: 0,
            ended: 0,
            known: false,
        }
    }

    /// True when the text ends within a line, or before the summaries.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || self.begun > self.ended && !self.failed && !self.roles.is_server()
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.trimmed();
        if !line.ended {
            self.cut |= !text.is_empty();
            return out.ignore(text, "cut");
        }
        if let Some((id, rest)) = row::bracket(text) {
            if self.row(id, rest, text, out) || self.connection(id, rest, out) || self.message(id, rest, out) {
                self.known = true;
                return;
            }
        } else if self.roles.banner(text) {
            self.known = true;
        } else if csv::is_row(text) && self.csv(text) {
            self.known = true;
            return;
        } else if csv::is_head(text) {
            self.csv_head = Some(text);
        } else if let Some(sizes) = text.strip_prefix("Sending ") {
            return sending(sizes, out);
        } else if complaint(text) {
            self.known = true;
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("iperf says: {text}"));
            }
        }
        if is_head(text) {
            self.head = Head::of(text, self.roles.is_server());
        }
        out.ignore(text, "setting or message");
    }

    fn row(&mut self, id: &'t str, rest: &'t str, text: &'t str, out: &mut MetricSink) -> bool {
        let Some(row) = Row::of(id, rest) else { return false };
        if self.report.is_some_and(|report| report != id) {
            self.report = None;
        }
        let report = self.report.is_some();
        let what = if let Some(amounts) = Amounts::parse(row.rest) {
            // The server's row of 2.0 stands under the head of the client's.
            let head = if report || amounts.rest.has("%)") { self.head.of_datagrams() } else { self.head };
            What::Row(amounts, head)
        } else if let Some((count, _)) = row.rest.cut(" datagrams received out-of-order") {
            What::OutOfOrder(count.trim())
        } else if let Some(delays) = row.rest.trim().strip_prefix("OWD Delays (ms) ") {
            What::Delays(delays)
        } else {
            out.ignore(text, "a histogram, or text");
            return true;
        };
        let role = if report { Some(Role::Receiver) } else { self.roles.of(id) };
        out.ignore(row.start, "an interval");
        out.ignore(id, "names the stream");
        self.take((id, report), Seen { group: 0, role, interval: 0, start: row.is_from_start(), end: row.end, what });
        self.moving = true;
        true
    }

    fn csv(&mut self, text: &'t str) -> bool {
        let Some(key) = csv::Key::of(text, self.csv_head) else { return false };
        let asked = |flags: &[&str]| self.argv.iter().skip(1).any(|arg| flags.contains(&arg.as_str()));
        let role = match key.received {
            Some(false) => Some(Role::Sender),
            _ if asked(&["-s", "--server"]) => Some(Role::Receiver),
            Some(true) if asked(&["-c", "--client"]) => Some(Role::Receiver),
            _ if asked(&["-c", "--client"]) && !asked(&["-d", "-r", "-R", "--reverse", "--full-duplex"]) => Some(Role::Sender),
            _ => None,
        };
        let id = if key.id == "-1" { "SUM" } else { key.id };
        let start = key.start.bytes().all(|b| matches!(b, b'0' | b'.'));
        let what = What::Csv(text, self.csv_head);
        let report = role == Some(Role::Receiver);
        self.take((id, report), Seen { group: 0, role, interval: 0, start, end: key.end, what });
        true
    }

    /// Keeps a row of the stream `key`.
    fn take(&mut self, key: (&'t str, bool), row: Seen<'t>) {
        let flow = self.flows.entry(key).or_default();
        let at = flow.group.filter(|at| self.groups[*at].epoch == self.epoch).unwrap_or(self.groups.len());
        if at == self.groups.len() {
            let (id, report) = key;
            self.groups.push(Group { id, report, epoch: self.epoch, counted: 0, last: 0, time: None });
        }
        flow.group = Some(at);
        let group = &mut self.groups[at];
        if row.is_counted() {
            if group.counted == 0 {
                flow.times += 1;
                group.time = Some(flow.times);
            }
            group.counted += 1;
            group.last = self.rows.len();
        }
        self.rows.push(Seen { group: at, interval: group.counted, ..row });
    }

    fn connection(&mut self, id: &'t str, rest: &'t str, out: &mut MetricSink) -> bool {
        if !self.roles.connection(id, rest) {
            return false;
        }
        self.epoch += usize::from(std::mem::take(&mut self.moving));
        self.begun += 1;
        // `(ct=0.15 ms)`
        let time = rest.cut("(ct=").and_then(|(_, rest)| number::leading(rest)).filter(|(_, rest)| rest.starts_with(" ms)"));
        out.ignore(id, "names the stream");
        let Some((token, _)) = time else {
            out.ignore(rest, "addresses and settings");
            return true;
        };
        let of = Of { stream: stream(id), ..Of::default() };
        To::new(&of, false, &mut self.series, out).put("connection.time", unit::MS, Polarity::Lower, token);
        let (whole, token) = (out.span_of(rest), out.span_of(token));
        out.ignore_span(prill_core::Span::new(whole.start, token.start), "addresses and settings");
        out.ignore_span(prill_core::Span::new(token.end, whole.end), "addresses and settings");
        true
    }

    /// `[  1] Server Report:`, `[  1] Sent 1788 datagrams`, `[ CT] final connect times (min/avg/max/stdev) = ..`
    fn message(&mut self, id: &'t str, rest: &'t str, out: &mut MetricSink) -> bool {
        if rest.starts_with("Server Report:") {
            self.report = Some(id);
        } else if let Some(count) = rest.strip_prefix("Sent ").and_then(|rest| rest.strip_suffix(" datagrams")) {
            let of = Of { stream: stream(id), role: Some(Role::Sender), ..Of::default() };
            let mut to = To::new(&of, false, &mut self.series, out);
            to.put("datagram.sent", DATAGRAM, Polarity::Informational, count);
        } else if let Some((_, values)) = rest.cut("connect times (min/avg/max/stdev) = ") {
            connect_times(values, &mut To::new(&Of::default(), false, &mut self.series, out));
        } else if rest.starts_with("WARNING: did not receive ack") || rest.starts_with("WARNING: ack of last datagram failed") {
            out.warn(code::DEGRADED, rest, "the server did not report what it received");
            out.ignore(rest, "message");
        } else {
            return false;
        }
        out.ignore(id, "names the stream");
        true
    }

    /// Puts in the rows: the last one of a stream is its summary when it counts from the start.
    pub(crate) fn finish(&mut self, out: &mut MetricSink) {
        let fixed = self.argv.iter().skip(1).any(|arg| arg.starts_with("-n") || arg == "--num");
        for (index, row) in self.rows.iter().enumerate() {
            let group = &self.groups[row.group];
            let last = &self.rows[group.last];
            let is_last = group.counted > 0 && group.last == index;
            let is_summary =
                row.start && last.start && (is_last || group.counted > 0 && !row.is_counted()) && last.seconds() == row.seconds();
            let interval = (!is_summary).then_some(row.interval);
            let again = self.flows.get(&(group.id, group.report)).is_some_and(|flow| flow.times > 1);
            let repetition = group.time.filter(|_| again);
            let of = Of { stream: stream(group.id), role: row.role, interval, repetition };
            row.put(interval.is_none(), &mut To::new(&of, fixed, &mut self.series, out));
            if is_last && is_summary && !group.report {
                // A sum stands for all streams (`--sum-only`).
                self.ended = if of.stream.is_some() { self.ended + 1 } else { self.begun };
            }
        }
    }
}

impl Seen<'_> {
    /// The end of the interval: 10.0 and 10.00 are one.
    fn seconds(&self) -> Option<f64> {
        self.end.parse().ok()
    }

    /// Whether it has amounts, and so counts as a row of its table.
    fn is_counted(&self) -> bool {
        matches!(self.what, What::Row(..) | What::Csv(..))
    }

    fn put(&self, is_summary: bool, to: &mut To<'_>) {
        match &self.what {
            What::Csv(..) => {}
            What::Row(..) if is_summary => to.elapsed(self.end),
            _ => to.out.ignore(self.end, "an interval"),
        }
        match &self.what {
            What::Row(amounts, head) => {
                to.amounts(amounts.bytes, amounts.rate);
                rest::read(amounts.rest, *head, to);
            }
            What::Csv(row, head) => csv::put(row, *head, to),
            What::OutOfOrder(count) => to.put("datagram.out_of_order", DATAGRAM, Polarity::Lower, count),
            What::Delays(delays) => one_way(delays, to),
        }
    }
}

/// The number of a stream; none of a sum.
fn stream(id: &str) -> Option<&str> {
    let number = id.trim_start_matches("FD").trim_start_matches('*');
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
}

/// `1470 byte datagrams, IPG target: 560.76 us (kalman adjust)`: what the client asks of itself.
fn sending(text: &str, out: &mut MetricSink) {
    let Some((size, rest)) = text.cut(" byte datagrams").filter(|(size, _)| number::is_token(size)) else {
        return out.ignore(text, "setting");
    };
    out.metric("datagram.bytes").unit(unit::BYTE).informational().push(size);
    if let Some((gap, _)) =
        rest.strip_prefix(", IPG target: ").and_then(number::leading).filter(|(_, rest)| rest.starts_with(" us"))
    {
        out.metric("datagram.interval.target").unit(unit::US).informational().push(gap);
    }
}

/// `0.027/0.074/0.121/66.468 ms (tot/err) = 2/0`; the deviation is in another unit.
fn connect_times(text: &str, to: &mut To<'_>) {
    let Some((times, counts)) = text.cut(" ms") else { return to.out.ignore(text, "text") };
    for (stat, token) in ["min", "mean", "max"].into_iter().zip(times.split('/')) {
        to.put_stat("connection.time", stat, unit::MS, Polarity::Lower, token);
    }
    to.out.ignore(times.rsplit('/').next().unwrap_or_default(), "not in the unit that is printed");
    if let Some((all, failed)) = counts.cut(" = ").and_then(|(_, counts)| counts.split_once('/')) {
        to.put("connection.count", CONNECTION, Polarity::Informational, all);
        to.put("connection.failed", CONNECTION, Polarity::Lower, failed);
    }
}

/// `Cnt=10 To=0.017/0.009/0.064/0.017 From=.. Asymmetry=..    3131 rps`: mean, least, most and deviation of each direction.
fn one_way(text: &str, to: &mut To<'_>) {
    for word in text.split_whitespace() {
        match word.split_once('=') {
            Some(("To", values)) => to.latency("outbound.latency", values),
            Some(("From", values)) => to.latency("inbound.latency", values),
            Some(("Asymmetry", values)) => to.latency("asymmetry.latency", values),
            _ => to.out.ignore(word, "once more"),
        }
    }
}
