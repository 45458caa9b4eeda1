use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number, percentile};

use crate::is_count;
use crate::put::Test;

/// Reads line after line of a text.
#[derive(Default)]
pub(crate) struct Page<'t> {
    test: Test<'t>,
    part: Part,
    /// The statistics of the columns of a CSV or a summary, without the column of names.
    columns: Vec<&'t str>,
    /// The last row of the only table before 6.2.
    row: Option<(String, &'t str)>,
    failed: bool,
    /// Some line was redis-benchmark's.
    pub(crate) known: bool,
    /// The text ends in the middle of a report.
    pub(crate) cut: bool,
}

#[derive(Default, PartialEq)]
enum Part {
    #[default]
    Settings,
    Percentiles,
    Distribution,
    Summary,
}

impl<'t> Page<'t> {
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.text.trim_end();
        if text.is_empty() {
            return;
        }
        self.cut = !line.ended;
        if !text.has("% <= ") {
            self.last_row(out);
        }
        let read = self.heading(text, out) || self.result(text, line.ended, out) || self.message(text, out);
        self.known |= read;
        if !read && self.known {
            out.ignore(text, "setting or message");
        }
    }

    /// A line that says what follows.
    fn heading(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if let Some(command) = text.strip_prefix("====== ").and_then(|t| t.strip_suffix(" ======")) {
            self.test.next(command);
            out.ignore(command, "names the test");
            self.part = Part::Settings;
            return true;
        }
        self.part = match text.trim_start() {
            "Latency by percentile distribution:" => Part::Percentiles,
            "Cumulative distribution of latencies:" => Part::Distribution,
            "Summary:" => Part::Summary,
            _ => return false,
        };
        true
    }

    fn result(&mut self, text: &'t str, ended: bool, out: &mut MetricSink) -> bool {
        if text.starts_with('"') && text.has("\",\"") {
            return self.csv(text, out);
        }
        if let Some((share, rest)) = text.cut("% <= ") {
            return self.share(share.trim_start(), rest, out);
        }
        if let Some((before, after)) = text.cut_last(" requests per second") {
            return self.rate(before, after, out);
        }
        if let Some((count, time)) = text.cut(" requests completed in ") {
            return self.completed(count.trim_start(), time, out);
        }
        self.part == Part::Summary && self.summary(text.trim_start(), ended, out)
    }

    /// `5000 requests completed in 0.10 seconds`
    fn completed(&mut self, count: &'t str, time: &'t str, out: &mut MetricSink) -> bool {
        let Some(seconds) = time.strip_suffix(" seconds").filter(|_| is_count(count)) else { return false };
        self.test.count(count, out);
        self.test.elapsed(seconds, out);
        true
    }

    /// `throughput summary: 48543.69 requests per second`; with `-q` `SET: 48076.92 requests per second, p50=0.567 msec`; before
    /// Redis 6.2 without more than the number.
    fn rate(&mut self, before: &'t str, after: &'t str, out: &mut MetricSink) -> bool {
        match before.cut_last(": ") {
            Some((_, token)) if before.trim_start().starts_with("throughput summary: ") => self.test.rate(token, out),
            Some((command, token)) => {
                self.test.next(command);
                out.ignore(command, "names the test");
                self.test.rate(token, out);
                if let Some(token) = after.strip_prefix(", p50=").and_then(|t| t.strip_suffix(" msec")) {
                    self.test.latency("p50", token, out);
                }
            }
            None if self.test.has_begun() => self.test.rate(before, out),
            None => return false,
        }
        self.cut = false;
        true
    }

    /// `99.219% <= 5.375 milliseconds (cumulative count 2977)`. The summary has the others, and a share below a given time is
    /// no percentile that two runs would have in common.
    fn share(&mut self, share: &'t str, rest: &'t str, out: &mut MetricSink) -> bool {
        let Some((token, rest)) = number::leading(rest) else { return false };
        let stat = percentile::stat(share).filter(|stat| stat != "p0" && rest.starts_with(" milliseconds"));
        match stat {
            Some(stat) if self.part == Part::Percentiles && !matches!(stat.as_str(), "p50" | "p95" | "p99" | "p100") => {
                out.ignore(share, "names a percentile");
                out.ignore(rest, "how many requests were that fast");
                self.test.latency(&stat, token, out);
            }
            Some(stat) if self.part == Part::Settings => {
                out.ignore(share, "names a percentile");
                // Of rows whose shares are rounded to one the last is the longest.
                match &mut self.row {
                    Some((last, time)) if *last == stat => {
                        out.ignore(std::mem::replace(time, token), "a percentile that comes again");
                    }
                    _ => {
                        self.last_row(out);
                        self.row = Some((stat, token));
                    }
                }
            }
            _ => {
                for part in [share, token, rest] {
                    out.ignore(part, "the cumulative distribution");
                }
            }
        }
        true
    }

    /// Puts in the row of before 6.2 that was read last: the time of the first request that took so many milliseconds, and the
    /// share of the requests up to it.
    fn last_row(&mut self, out: &mut MetricSink) {
        if let Some((stat, token)) = self.row.take() {
            self.test.latency(&stat, token, out);
        }
    }

    /// The two lines of a table: `avg  min  p50  p95  p99  max`, and their numbers.
    fn summary(&mut self, text: &'t str, ended: bool, out: &mut MetricSink) -> bool {
        if text.starts_with("avg ") {
            self.columns = text.split_whitespace().collect();
            return true;
        }
        if !text.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            return false;
        }
        let tokens: Vec<&str> = text.split_whitespace().collect();
        let columns = std::mem::take(&mut self.columns);
        for (column, token) in columns.iter().zip(&tokens) {
            let whole = ended || token.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3);
            if let (Some(stat), true) = (stat(column), whole) {
                self.latency(&stat, token, out);
                self.cut = tokens.len() < columns.len();
            }
        }
        out.ignore(text, "column");
        true
    }

    /// `"SET","11406.84","1.455",...`: a command may have quotes and commas in it. Before Redis 6.2 there was no heading.
    fn csv(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        let Some(inner) = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) else { return false };
        if let Some(columns) = inner.strip_prefix("test\",\"") {
            self.columns = columns.parts("\",\"").collect();
            out.ignore(text, "the names of the columns");
            return true;
        }
        if self.columns.is_empty() {
            self.columns.push("rps");
        }
        let mut fields: Vec<&str> = inner.rsplitn(self.columns.len() + 1, "\",\"").collect();
        if fields.len() != self.columns.len() + 1 {
            return false;
        }
        fields.reverse();
        self.test.next(fields[0]);
        out.ignore(fields[0], "names the test");
        for (column, token) in self.columns.iter().zip(&fields[1..]) {
            let stat = column.strip_suffix("_latency_ms").and_then(stat);
            match (*column, stat) {
                ("rps", _) => self.test.rate(token, out),
                (_, Some(stat)) => self.test.latency(&stat, token, out),
                _ => {}
            }
        }
        self.cut = false;
        true
    }

    fn latency(&mut self, stat: &str, token: &'t str, out: &mut MetricSink) {
        if self.test.requests == Some(0) {
            out.warn(code::NO_SAMPLES, token, format!("request.latency.{stat} has no value: no request was done"));
            out.ignore(token, "placeholder");
        } else {
            self.test.latency(stat, token, out);
        }
    }

    /// What redis-benchmark says about itself and the server.
    fn message(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        const FAILURES: [&str; 12] = [
            "Could not connect to ",
            "Error from server: ",
            "Error: ",
            "Error ",
            "Node ",
            "Cluster node ",
            "FATAL: ",
            "Failed to ",
            "Invalid ",
            "Unrecognized option ",
            "All clients disconnected",
            "Cannot ",
        ];
        if FAILURES.iter().any(|start| text.starts_with(start)) {
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(text, format!("redis-benchmark says: {text}"));
            }
            out.ignore(text, "message");
            return true;
        }
        let starts = ["Cluster has ", "WARNING: ", "Creating ", "clients: "];
        let mine = text.has(": rps=") || starts.iter().any(|start| text.starts_with(start));
        if mine || self.failed {
            out.ignore(text, "progress or message");
        }
        mine
    }
}

/// `avg` is `mean`; `p99` is itself, and so is `p99_9`.
fn stat(column: &str) -> Option<String> {
    match column {
        "avg" => Some("mean".to_owned()),
        "min" | "max" => Some(column.to_owned()),
        _ => percentile::stat(&column.strip_prefix('p')?.replace('_', ".")),
    }
}
