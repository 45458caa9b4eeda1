use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number, unit};

use crate::progress;
use crate::put::{COUNT, FAILED, Kind, LAG, MEAN, RATE, RETRIED, RETRIES, RETRY, SKIPPED, STDDEV, TRANSACTION, put, put_share};

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    /// How many metrics there were before this run, and how many runs of the text had some.
    before: usize,
    runs: usize,
    /// With several scripts, the one that the lines are of.
    script: Option<&'t str>,
    /// How many numbers stand before a statement; none where no statements are listed.
    columns: usize,
    intervals: usize,
    /// The first line of the summary was read, and how many metrics there were when progress followed it.
    summed: bool,
    next: Option<usize>,
    /// The line of `transactions actually processed` was read, and that of `tps`.
    counted: bool,
    rated: bool,
    failed: bool,
    cut: bool,
    /// Some line was pgbench's.
    pub(crate) known: bool,
}

/// What is counted in a line `TEXT: 53 (8.689%)`.
const COUNTS: [(&str, Kind); 8] = [
    ("number of failed transactions", FAILED),
    ("number of serialization failures", FAILED.label("kind", "serialization")),
    ("number of deadlock failures", FAILED.label("kind", "deadlock")),
    ("number of other failures", FAILED.label("kind", "other")),
    ("number of transactions retried", RETRIED),
    ("total number of retries", RETRIES),
    ("number of transactions skipped", SKIPPED),
    ("number of transactions above the ", Kind::lower("transaction.late", TRANSACTION)),
];

/// What is measured in a line `TEXT = 3.001 ms`; before PostgreSQL 9.6 `TEXT: 3.001 ms`.
const TIMES: [(&str, Kind); 4] = [
    ("latency average", MEAN),
    ("latency stddev", STDDEV),
    ("initial connection time", Kind::lower("connection.time", unit::MS)),
    ("average connection time", Kind::lower("connection.time.mean", unit::MS)),
];

impl<'t> Page<'t> {
    pub(crate) fn new(before: usize) -> Self {
        Self {
            before,
            runs: 0,
            script: None,
            columns: 0,
            intervals: 0,
            summed: false,
            next: None,
            counted: false,
            rated: false,
            failed: false,
            cut: false,
            known: false,
        }
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.text.trim_end();
        // Whether the last number of a line that nothing ends is whole, only a bracket behind it says.
        if !line.ended && !text.ends_with(')') && !text.ends_with(").") {
            self.cut |= self.known;
            return out.ignore(text, "cut");
        }
        if self.begin(text, out) || self.told(text, out) || self.summary(text, out) {
            self.known = true;
        } else if self.known {
            out.ignore(text, "setting or message");
        }
    }

    /// True when the text ends in the middle of a summary.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || (self.counted && !self.rated)
    }

    /// The first line of a run's summary or progress.
    ///
    /// In a log of both streams the progress stands before the summary of its run, or, where one was put behind the other, after
    /// it: that it is of the next run only the next summary shows. What `-i` took is of no run.
    fn begin(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let (summary, vacuum) = (text.starts_with("transaction type: "), text.starts_with("starting vacuum..."));
        if self.summed && self.next.is_none() && (vacuum || text.starts_with("progress: ")) {
            (self.next, self.intervals) = (Some(out.len()), 0);
        }
        let again = if self.summed { summary } else { vacuum && self.intervals > 0 };
        let end = self.next.unwrap_or(out.len());
        if again && end > self.before {
            let message = "another run of pgbench starts here: those before it are labelled repetition";
            out.warn(code::SEVERAL_DOCUMENTS, text, message);
            out.of_earlier_run(self.before..end, self.runs + 1);
            *self = Self { runs: self.runs + 1, ..Self::new(end) };
        }
        self.summed |= summary;
        if summary || vacuum {
            out.ignore(text, "names the script");
        }
        summary || vacuum
    }

    /// What pgbench says while it runs, on stderr.
    fn told(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if let Some(progress) = text.strip_prefix("progress: ") {
            self.intervals += 1;
            progress::interval(progress, self.intervals, out);
            return true;
        }
        if let Some(times) = text.strip_prefix("done in ") {
            return progress::initialised(times, out);
        }
        let Some(said) = failure(text) else {
            let mine =
                ["pgbench: ", "pgbench (", "dropping old tables...", "creating "].iter().any(|start| text.starts_with(start));
            if mine {
                out.ignore(text, "setting or message");
            }
            return mine;
        };
        if !std::mem::replace(&mut self.failed, true) {
            out.tool_failed(text, format!("pgbench says: {said}"));
        }
        out.ignore(text, "message");
        true
    }

    fn summary(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if self.columns > 0 && text.starts_with([' ', '\t']) && self.statement(text, out) {
            return true;
        }
        self.columns = 0;
        if let Some((_, script)) = text.strip_prefix("SQL script ").and_then(|t| t.cut(": ")) {
            self.script = Some(script);
            out.ignore(text, "names the script");
            return true;
        }
        let text = text.strip_prefix(" - ").unwrap_or(text);
        if let Some(columns) = text.strip_prefix("statement latencies in milliseconds") {
            self.columns = 1 + usize::from(columns.has("failures")) + usize::from(columns.has("retries"));
            return true;
        }
        self.processed(text, out) || self.rate(text, out) || self.count(text, out) || self.time(text, out)
    }

    /// `number of transactions actually processed: 600/600`, and of a script `8002 transactions (90.2% of total, tps = 4089.93)`
    /// or, since PostgreSQL 19, `number of transactions actually processed: 8002 (tps = 4089.93)`.
    fn processed(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let (count, rest) = match text.strip_prefix("number of transactions actually processed: ").and_then(number::leading) {
            Some(found) => found,
            None => match number::leading(text).filter(|(_, rest)| rest.starts_with(" transactions (")) {
                // Without a rate it counts those that failed too.
                Some((_, rest)) if !rest.has("tps = ") => return false,
                Some(found) => found,
                None => return false,
            },
        };
        self.counted |= self.script.is_none();
        put(COUNT, count, self.labels(), out);
        match rest.cut("tps = ").and_then(|(share, rate)| Some((share, rate.strip_suffix(')')?))) {
            Some((share, rate)) => {
                out.ignore(share, "the share of all transactions");
                put(RATE, rate, self.labels(), out);
            }
            None => out.ignore(rest, "how many were asked for"),
        }
        if count == "0" && self.script.is_none() {
            // Nothing more may follow.
            self.rated = true;
        }
        true
    }

    /// `tps = 666.425092 (without initial connection time)`; before PostgreSQL 14 with and without it.
    fn rate(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let Some((token, rest)) = text.strip_prefix("tps = ").and_then(|t| t.cut(" (")) else { return false };
        self.rated = true;
        let including = rest.starts_with("including connections establishing");
        put(if including { RATE.label("connections", "included") } else { RATE }, token, self.labels(), out);
        true
    }

    fn count(&self, text: &'t str, out: &mut MetricSink) -> bool {
        let Some((kind, rest)) = COUNTS.iter().find_map(|(start, kind)| Some((*kind, text.strip_prefix(start)?))) else {
            return false;
        };
        let Some((setting, rest)) = rest.cut(": ") else { return false };
        let Some((count, rest)) = number::leading(rest) else { return false };
        out.ignore(setting, "setting");
        put(kind, count, self.labels(), out);
        let Some((all, share)) = rest.split_once('(') else { return true };
        out.ignore(all, "how many there were in all");
        let share = share.trim_end_matches([')', '%', ' ']);
        if share.eq_ignore_ascii_case("nan") || share.eq_ignore_ascii_case("-nan") {
            out.warn(code::NO_SAMPLES, share, format!("{}.ratio has no value: there was no transaction", kind.name));
        } else {
            put_share(kind, share, self.labels(), out);
        }
        true
    }

    /// `latency average = 3.001 ms`, `rate limit schedule lag: avg 1.013 (max 35.533) ms`
    fn time(&self, text: &'t str, out: &mut MetricSink) -> bool {
        if let Some(lag) = text.strip_prefix("rate limit schedule lag: avg ").and_then(|t| t.strip_suffix(") ms")) {
            let Some((mean, max)) = lag.cut(" (max ") else { return false };
            put(LAG, mean, self.labels(), out);
            put(Kind::lower("schedule.lag.max", unit::MS), max, self.labels(), out);
            return true;
        }
        let Some((kind, rest)) = TIMES.iter().find_map(|(start, kind)| Some((*kind, text.strip_prefix(start)?))) else {
            return false;
        };
        let Some((token, rest)) = rest.strip_prefix(" = ").or(rest.strip_prefix(": ")).and_then(|t| t.split_once(' ')) else {
            return false;
        };
        if !rest.starts_with("ms") {
            return false;
        }
        put(kind, token, self.labels(), out);
        true
    }

    /// `    0.132           0  SELECT abalance FROM pgbench_accounts WHERE aid = :aid;`
    fn statement(&self, text: &'t str, out: &mut MetricSink) -> bool {
        let mut rest = text.trim_start();
        let mut tokens = Vec::with_capacity(self.columns);
        while tokens.len() < self.columns {
            let Some((token, after)) = rest.split_once([' ', '\t']).filter(|(token, _)| number::is_token(token)) else {
                return false;
            };
            tokens.push(token);
            rest = after.trim_start();
        }
        out.ignore(rest, "the statement");
        let labels = [self.script.map(|script| ("script", script)), Some(("statement", rest))];
        let kinds = [
            Kind::lower("statement.latency.mean", unit::MS),
            Kind::lower("statement.failed", TRANSACTION),
            Kind::lower("statement.retries", RETRY),
        ];
        for (kind, token) in kinds.into_iter().zip(tokens) {
            put(kind, token, labels, out);
        }
        true
    }

    fn labels(&self) -> [Option<(&'static str, &'t str)>; 2] {
        [self.script.map(|script| ("script", script)), None]
    }
}

/// What pgbench says went wrong; before PostgreSQL 12 without its name.
fn failure(text: &str) -> Option<&str> {
    let said = text.cut("pgbench: ").map(|(_, said)| said);
    let starts = ["error: ", "fatal: ", "unrecognized option ", "invalid option ", "option "];
    let old = ["Run was aborted", "connection to database \"", "Connection to database \"", "client ", "Client "];
    said.filter(|said| starts.iter().any(|start| said.starts_with(start)))
        .or_else(|| old.iter().any(|start| text.starts_with(start)).then_some(text))
        .filter(|said| !said.starts_with("client ") && !said.starts_with("Client ") || said.has(" aborted "))
}
