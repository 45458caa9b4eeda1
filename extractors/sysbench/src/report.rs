use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number, percentile, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::put::{
    ERROR, ERRORS, EVENT, EVENTS, IOPS, Kind, OPERATION, OPERATIONS, QUERIES, QUERY, RECONNECT, RECONNECTS, TRANSACTION,
    TRANSACTIONS, bytes,
};
use crate::{fileio, interval};

/// Reads line after line of a text.
pub(crate) struct Report<'t> {
    argv: &'t [String],
    /// How many metrics there were before this run, and how many runs of the text had some.
    before: usize,
    runs: usize,
    /// How many metrics there were when another run started, and where: a `cleanup` has none.
    next: Option<(usize, &'t str)>,
    section: Section,
    /// When the checkpoint was whose report this is.
    checkpoint: Option<&'t str>,
    /// `total number of events` of the report.
    events: Option<u64>,
    /// What the memory test does: `operation: write`.
    operation: Option<&'t str>,
    failed: bool,
    /// Some line was sysbench's.
    pub(crate) known: bool,
    /// The text ends in the middle of a number.
    pub(crate) cut: bool,
}

/// Which part of the text a line stands in: keys such as `min:` come in several.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    Settings,
    Results,
    Queries,
    Latency,
    QueryTimes(&'static str),
    Fairness,
    Histogram,
}

impl<'t> Report<'t> {
    pub(crate) fn new(argv: &'t [String], before: usize) -> Self {
        Self {
            argv,
            before,
            runs: 0,
            next: None,
            section: Section::Settings,
            checkpoint: None,
            events: None,
            operation: None,
            failed: false,
            known: false,
            cut: false,
        }
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        self.read(line, out);
        if let Some((end, version)) = self.next.filter(|(end, _)| out.len() > *end) {
            self.runs += 1;
            let message = "another run of sysbench starts here: those before it are labelled repetition";
            out.warn(code::SEVERAL_DOCUMENTS, version, message);
            out.of_earlier_run(self.before..end, self.runs);
            (self.before, self.next) = (end, None);
        }
    }

    fn read(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.text.trim();
        if text.is_empty() {
            if self.section == Section::Histogram {
                self.section = Section::Results;
            }
            return;
        }
        if self.timed(line, out) || self.message(text, out) || self.heading(text) || self.result(line, out) {
            self.known = true;
        } else if self.known {
            let why = match self.section {
                Section::Histogram => "bucket of the histogram",
                Section::Settings => "setting",
                _ => "message",
            };
            out.ignore(text, why);
        }
    }

    /// `[ 2s ] ...`: a checkpoint or an interval.
    fn timed(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let text = line.text.trim();
        let Some((time, rest)) = text.strip_prefix('[').and_then(|t| t.split_once(']')) else { return false };
        let time = time.trim();
        let Some(seconds) = time.strip_suffix('s').filter(|s| number::is_token(s)) else { return false };
        out.ignore(time, "time since the start");
        let rest = rest.trim_start();
        if rest.starts_with("Checkpoint report:") {
            self.checkpoint = Some(seconds);
            self.events = None;
        } else if line.ended {
            if !interval::read(seconds, rest, out) {
                out.ignore(rest, "message");
            }
        } else {
            self.cut = true;
        }
        self.section = Section::Results;
        true
    }

    /// What sysbench says about itself and the run.
    fn message(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let starts = |prefixes: &[&str]| prefixes.iter().any(|p| text.starts_with(p));
        let needs_command = text.starts_with("The '") && text.has("' test requires a command argument");
        let errors = ["FATAL: ", "PANIC: ", "invalid option: ", "Unrecognized command line argument: ", "Unknown command: "];
        if needs_command || starts(&errors) {
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("sysbench says: {text}"));
            }
        } else if text.starts_with("ALERT: ") {
            out.warn(code::DEGRADED, text, format!("sysbench says: {text}"));
        } else if let Some(version) = text.strip_prefix("sysbench ").filter(|v| v.starts_with(|c: char| c.is_ascii_digit())) {
            self.next = (out.len() > self.before).then_some((out.len(), version));
            (self.section, self.checkpoint, self.events) = (Section::Settings, None, None);
        } else if !starts(&["WARNING: ", "DEBUG: ", "(last message repeated "]) {
            return false;
        }
        out.ignore(text, "message");
        true
    }

    /// A line that says what follows.
    fn heading(&mut self, text: &'t str) -> bool {
        let title = text.trim_end_matches(':');
        self.section = match title {
            "Running the test with following options" => Section::Settings,
            "Threads started!"
            | "CPU speed"
            | "General statistics"
            | "Test execution summary"
            | "SQL statistics"
            | "File operations"
            | "Throughput"
            | "OLTP test statistics" => Section::Results,
            "queries performed" => Section::Queries,
            "Latency (ms)" | "response time" | "per-request statistics" => Section::Latency,
            "Query execution statistics" => Section::QueryTimes("query.time"),
            "Results fetching statistics" => Section::QueryTimes("fetch.time"),
            "Threads fairness" => Section::Fairness,
            _ if title.starts_with("Latency histogram") => Section::Histogram,
            _ => {
                if let Some(operation) = text.strip_prefix("operation: ") {
                    self.operation = Some(operation);
                }
                return false;
            }
        };
        true
    }

    /// A line with results.
    fn result(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let text = line.text.trim();
        if self.section == Section::Settings {
            return written(text, out);
        }
        if self.section == Section::Histogram {
            return false;
        }
        if line.ended && fileio::read(text, self.part(), out) {
            return true;
        }
        if let Some((key, value)) = text.split_once(':') {
            let value = value.trim();
            let Some((token, after)) = number::leading(value) else { return false };
            if !line.ended && after.is_empty() && !self.is_whole(key.trim(), token) {
                self.cut = true;
                return true;
            }
            return self.pair(key.trim(), token, after, out);
        }
        self.transferred(text, line.ended, out) || written(text, out)
    }

    /// Whether a number at the very end of the text is whole: all have two decimals but these, which have four and more behind.
    fn is_whole(&self, key: &str, token: &str) -> bool {
        let longer = self.section == Section::Fairness || key.starts_with("total time");
        !longer && token.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 2)
    }

    /// `key: token after`.
    fn pair(&mut self, key: &'t str, token: &'t str, after: &'t str, out: &mut MetricSink) -> bool {
        match self.section {
            Section::Latency => self.latency(key, token, after, out),
            Section::QueryTimes(name) => self.query_time(name, key, token, out),
            Section::Fairness => self.fairness(key, token, after, out),
            Section::Queries if self.queries(key, token, out) => true,
            _ => self.total(key, token, after, out),
        }
    }

    fn part(&self) -> Option<(&'static str, &'t str)> {
        self.checkpoint.map(|time| ("checkpoint", time))
    }

    /// A line of the results whose name alone says what it is.
    fn total(&mut self, key: &str, token: &'t str, after: &'t str, out: &mut MetricSink) -> bool {
        let part = self.part();
        let one = |kind: Kind<'_>, out: &mut MetricSink| kind.push(token, part, out);
        match key {
            "events per second" | "events/s (eps)" => one(Kind::higher("event.rate", EVENTS), out),
            "total time" | "time elapsed" => one(Kind::new("elapsed", unit::SECOND, Polarity::Informational), out),
            "total time taken by event execution" => one(Kind::new("event.latency.sum", unit::SECOND, Polarity::Unknown), out),
            "total number of events" => {
                self.events = token.parse().ok();
                let polarity = if self.is_fixed() { Polarity::Informational } else { Polarity::Higher };
                one(Kind::new("event.count", EVENT, polarity), out);
            }
            "reads/s" => one(Kind::higher("iops", IOPS).op("read"), out),
            "writes/s" => one(Kind::higher("iops", IOPS).op("write"), out),
            "fsyncs/s" => one(Kind::higher("iops", IOPS).op("fsync"), out),
            "read, MiB/s" => one(Kind::higher("throughput", unit::MIB_PER_S).op("read"), out),
            "written, MiB/s" => one(Kind::higher("throughput", unit::MIB_PER_S).op("write"), out),
            "Number of unfinished transactions on forced shutdown" => {
                one(Kind::lower("transaction.unfinished", TRANSACTION), out);
            }
            _ => return self.counted(key, token, after, out),
        }
        true
    }

    /// `transactions: 1234 (123.40 per sec.)`: how often, and the rate.
    fn counted(&mut self, key: &str, token: &str, after: &str, out: &mut MetricSink) -> bool {
        let work = if self.is_fixed() { Polarity::Informational } else { Polarity::Higher };
        let (count, rate) = match key {
            "Total operations" | "Operations performed" => {
                (Kind::new("operation.count", OPERATION, Polarity::Informational), Kind::higher("operation.rate", OPERATIONS))
            }
            "transactions" => (Kind::new("transaction.count", TRANSACTION, work), Kind::higher("transaction.rate", TRANSACTIONS)),
            "queries" => (Kind::new("query.count", QUERY, work), Kind::higher("query.rate", QUERIES)),
            "ignored errors" => (Kind::lower("error.count", ERROR), Kind::lower("error.rate", ERRORS)),
            "reconnects" => (Kind::lower("reconnect.count", RECONNECT), Kind::lower("reconnect.rate", RECONNECTS)),
            // 0.4 and 0.5 counted these apart.
            "deadlocks" => (Kind::lower("error.count", ERROR).op("deadlock"), Kind::lower("error.rate", ERRORS).op("deadlock")),
            "read/write requests" => {
                (Kind::new("query.count", QUERY, work).op("read_write"), Kind::higher("query.rate", QUERIES).op("read_write"))
            }
            "other operations" => {
                // How many there were stands among the queries too.
                let count = Kind { source: Some("operations"), ..Kind::new("query.count", QUERY, work).op("other") };
                (count, Kind::higher("query.rate", QUERIES).op("other"))
            }
            _ => return false,
        };
        count.push(token, self.part(), out);
        // The word behind the rate shows that it is whole.
        let shown = after.split_once('(').and_then(|(_, rate)| number::leading(rate.trim_start()));
        match shown.filter(|(_, words)| words.starts_with(' ')) {
            Some((token, _)) => rate.push(token, self.part(), out),
            None => self.cut |= after.contains('('),
        }
        true
    }

    fn queries(&self, key: &str, token: &str, out: &mut MetricSink) -> bool {
        let op = match key {
            "read" | "write" | "other" => key,
            "total" => "all",
            _ => return false,
        };
        let work = if self.is_fixed() { Polarity::Informational } else { Polarity::Higher };
        Kind::new("query.count", QUERY, work).op(op).push(token, self.part(), out);
        true
    }

    /// `min:  0.22`, in ms; 0.4 prints `0.22ms`.
    fn latency(&mut self, key: &'t str, token: &str, after: &str, out: &mut MetricSink) -> bool {
        let printed = match after.trim() {
            "" | "ms" => unit::MS,
            "s" => unit::SECOND,
            _ => return false,
        };
        let stat = match key {
            "min" | "max" | "sum" => key.to_owned(),
            "avg" => "mean".to_owned(),
            _ => {
                let shown = key.strip_prefix("approx.").unwrap_or(key).trim();
                let number = shown.strip_suffix("percentile").map(|s| s.trim().trim_end_matches("th"));
                let Some(stat) = number.and_then(percentile::stat) else { return false };
                out.ignore(key, "percentile");
                stat
            }
        };
        if self.events == Some(0) {
            let message = format!("event.latency.{stat} has no value: there was no event");
            out.warn(code::NO_SAMPLES, token, message);
            out.ignore(token, "placeholder");
            return true;
        }
        let name = format!("event.latency.{stat}");
        let polarity = if stat == "sum" { Polarity::Unknown } else { Polarity::Lower };
        Kind { samples: self.events, ..Kind::new(&name, printed, polarity) }.push(token, self.part(), out);
        true
    }

    /// `--debug`: the time in the database, in seconds.
    fn query_time(&self, name: &str, key: &str, token: &str, out: &mut MetricSink) -> bool {
        let (stat, polarity) = match key {
            "min" | "max" => (key, Polarity::Lower),
            "avg" => ("mean", Polarity::Lower),
            "total" => ("sum", Polarity::Unknown),
            _ => return false,
        };
        Kind::new(&format!("{name}.{stat}"), unit::SECOND, polarity).push(token, self.part(), out);
        true
    }

    /// `events (avg/stddev):  2825.0000/0.00`; the last line of a report.
    fn fairness(&mut self, key: &str, token: &str, after: &str, out: &mut MetricSink) -> bool {
        let (name, printed) = match key {
            "events (avg/stddev)" => ("thread.events", EVENT),
            "execution time (avg/stddev)" => ("thread.time", unit::SECOND),
            _ => return false,
        };
        let put = |stat: &str, polarity, token: &str, out: &mut MetricSink| {
            Kind::new(&format!("{name}.{stat}"), printed, polarity).push(token, self.part(), out);
        };
        let Some(after) = after.strip_prefix('/') else { return false };
        put("mean", Polarity::Informational, token, out);
        if let Some((stddev, _)) = number::leading(after) {
            if stddev.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 2) {
                put("stddev", Polarity::Unknown, stddev, out);
            } else {
                self.cut = true;
            }
        }
        if key.starts_with("execution") {
            (self.section, self.checkpoint, self.events) = (Section::Results, None, None);
        }
        true
    }

    /// `2048.00 MiB transferred (1688.73 MiB/sec)`: the memory test.
    fn transferred(&self, text: &str, ended: bool, out: &mut MetricSink) -> bool {
        let Some((amount, rate)) = text.cut(" transferred (") else { return false };
        let Some((token, word)) = number::leading(amount) else { return false };
        let Some(printed) = bytes(word.trim()) else { return false };
        let label = |kind: Kind<'t>| Kind { op: self.operation, ..kind };
        label(Kind::new("io.bytes", printed, Polarity::Informational)).push(token, self.part(), out);
        if let Some((token, word)) = number::leading(rate)
            && (ended || !word.is_empty())
            && let Some(printed) = bytes(word.trim())
        {
            label(Kind::higher("throughput", printed)).push(token, self.part(), out);
        }
        true
    }

    /// Whether the number of events was a limit, so that it is no merit.
    fn is_fixed(&self) -> bool {
        let value =
            |word: &str| ["--events=", "--max-requests="].iter().find_map(|option| word.strip_prefix(option)?.parse().ok());
        self.argv.iter().filter_map(|word| value(word)).next_back().is_some_and(|events: u64| events > 0)
    }
}

/// `8388608 bytes written in 0.01 seconds (625.65 MiB/sec).`: what `fileio prepare` prints.
fn written(text: &str, out: &mut MetricSink) -> bool {
    let Some((amount, rest)) = text.cut(" bytes written in ") else { return false };
    let Some((time, rate)) = rest.cut(" seconds (") else { return false };
    let Some((rate, word)) = number::leading(rate) else { return false };
    let tokens: [(Kind<'_>, &str); 2] = [
        (Kind::new("io.bytes", unit::BYTE, Polarity::Informational).op("write"), amount),
        (Kind::lower("elapsed", unit::SECOND), time),
    ];
    tokens.into_iter().for_each(|(kind, token)| kind.push(token, None, out));
    let printed: Option<Printed> = bytes(word.trim());
    if let Some(printed) = printed {
        Kind::higher("throughput", printed).op("write").push(rate, None, out);
    }
    true
}
