use std::collections::HashMap;

use prill_core::diagnostic::code;
use prill_core::scan::{Line, Search, number};
use prill_core::{Input, MetricSink};

use crate::message;
use crate::put::{self, Of};
use crate::row::{self, Counted, Row};

/// Reads line after line of a text.
pub(crate) struct Page<'t> {
    /// How many metrics there were before this test, and how many tests of the text had some.
    before: usize,
    tests: usize,
    fixed: bool,
    /// The client exchanged results with the server: zeros are zeros.
    done: bool,
    counted: Counted,
    place: Place,
    /// The lines are the server's, printed by the client.
    server: bool,
    /// How many intervals a stream has had.
    intervals: HashMap<(&'t str, Option<&'t str>, bool), usize>,
    /// A test that starts, as soon as it has a row.
    next: Option<&'t str>,
    /// The stream of the row before.
    last: Of<'t>,
    has_cpu: bool,
    /// The rows are iperf 2's, whose header has other blanks.
    foreign: bool,
    begun: bool,
    summed: bool,
    failed: bool,
    cut: bool,
    /// Some line was iperf3's.
    pub(crate) known: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Intervals,
    /// Behind a line of dashes: a header here begins the summary.
    Separator,
    Summary,
}

/// The line above the rows.
pub(crate) fn is_header(text: &str) -> bool {
    text.has("[ ID]") && text.has(" Interval           Transfer     B")
}

/// Whether a line that says whose rows follow says that they are iperf 2's.
fn is_foreign(text: &str) -> Option<bool> {
    let starts = ["Client connecting to ", "Server listening on TCP port ", "Server listening on UDP port "];
    if starts.iter().any(|start| text.starts_with(start)) {
        return Some(true);
    }
    text.has("[ ID] Interval ").then(|| !is_header(text))
}

impl<'t> Page<'t> {
    pub(crate) fn new(input: &Input<'t>, before: usize) -> Self {
        let amount = |arg: &String| {
            let long = arg.starts_with("--bytes") || arg.starts_with("--blockcount");
            long || (!arg.starts_with("--") && (arg.starts_with("-n") || arg.starts_with("-k")))
        };
        Self {
            before,
            tests: 0,
            fixed: input.argv().is_some_and(|argv| argv.iter().skip(1).any(amount)),
            done: input.text().as_str().has("iperf Done."),
            counted: Counted::Nothing,
            place: Place::Intervals,
            server: false,
            intervals: HashMap::new(),
            next: None,
            last: Of::default(),
            has_cpu: false,
            foreign: false,
            begun: false,
            summed: false,
            failed: false,
            cut: false,
            known: false,
        }
    }

    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        let text = line.text;
        if let Some(foreign) = is_foreign(text) {
            self.foreign = foreign;
        }
        if text == "send_parameters:" {
            // The first line of -d.
            self.known = true;
        }
        // With -d what the two exchange is printed, the text of the server in one line too.
        let is_exchanged = text.trim_start().starts_with("\"server_output_text\":");
        if let Some(row) = Row::find(text).filter(|_| !is_exchanged && !self.foreign) {
            self.known = true;
            self.row(&row, line.ended, out);
        } else if !is_exchanged && self.state(text) {
            self.known = true;
            out.ignore(text, "a heading, with a title or a time before it");
        } else if !is_exchanged && self.told(text, out) {
            self.known = true;
        } else if self.known {
            self.cut |= !line.ended && !text.trim().is_empty();
            out.ignore(text, "setting or message");
        }
    }

    /// True when the text ends before the summary does.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || (self.begun && !self.summed && !self.failed)
    }

    /// A line that says what the next ones are.
    fn state(&mut self, text: &'t str) -> bool {
        if is_header(text) {
            self.counted = match (text.has(" Retr"), text.has(" Datagrams")) {
                (true, _) => Counted::Retransmits,
                (_, true) => Counted::Datagrams,
                _ => Counted::Nothing,
            };
            self.place = if self.place == Place::Separator { Place::Summary } else { Place::Intervals };
        } else if text.ends_with("- - - - - - - - - -") {
            self.place = Place::Separator;
        } else if text.ends_with("Server output:") {
            (self.server, self.place) = (true, Place::Intervals);
            self.intervals.clear();
        } else if text.ends_with("iperf Done.") {
            self.server = false;
        } else {
            return false;
        }
        true
    }

    /// A line that says something of the test.
    fn told(&mut self, text: &'t str, out: &mut MetricSink) -> bool {
        if let Some((time, said)) = text.cut("iperf3: ") {
            self.failed = true;
            out.ignore(time, "time");
            message::say(said, out);
        } else if text.has("Connecting to host ") || text.has("Accepted connection from ") {
            if !self.server {
                self.next = Some(text);
                self.begun = true;
            }
            out.ignore(text, "address");
        } else if let Some((head, said)) = text.cut("CPU Utilization: ") {
            out.ignore(head, "a title or a time");
            self.cpu(said, out);
        } else if text.has("Server listening on ") || text.has("iperf 3.") {
            out.ignore(text, "setting or message");
        } else {
            return false;
        }
        true
    }

    fn row(&mut self, row: &Row<'t>, ended: bool, out: &mut MetricSink) {
        self.start(out);
        out.ignore(row.head, "the stream and the start of the interval");
        if row.rest.trim_end().ends_with("datagrams received out-of-order") {
            out.ignore(row.end, "the end of the interval");
            if let Some((token, _)) = number::leading(row.rest.trim_start()) {
                // All of them say `SUM`; they stand below the row of their stream.
                Of { role: None, ..self.last }.put(put::OUT_OF_ORDER, token, out);
            }
            return;
        }
        let (role, omitted, rest) = row.role();
        if !ended && role.is_none() {
            self.cut = true;
            return out.ignore(row.rest, "cut");
        }
        let summary = role.is_some() || self.place == Place::Summary;
        let of = self.of(row, role, omitted, summary);
        self.last = of;
        if summary {
            self.summed = true;
            let nothing = rest.trim_start().starts_with("0.00 Bytes ");
            if nothing && !self.done {
                out.ignore(row.end, "the end of the interval");
                return of.unknown(row.rest, out);
            }
            of.put(put::ELAPSED, row.end, out);
        } else {
            out.ignore(row.end, "the end of the interval");
        }
        if !row::numbers(rest, self.counted, of, out) {
            out.warn(code::MALFORMED, row.rest, "expected an amount of data and a rate");
        }
    }

    fn of(&mut self, row: &Row<'t>, role: Option<&'static str>, omitted: bool, summary: bool) -> Of<'t> {
        let count = self.intervals.entry((row.id, row.tag, omitted)).or_default();
        if !summary {
            *count += 1;
        }
        Of {
            role,
            direction: row.tag.map(|tag| if tag.starts_with("TX") { "tx" } else { "rx" }),
            stream: Some(row.id).filter(|id| *id != "SUM"),
            interval: (!summary).then_some(*count),
            omitted,
            server: self.server,
            fixed: self.fixed,
        }
    }

    /// With the first row of a test, what was read is of an earlier one.
    fn start(&mut self, out: &mut MetricSink) {
        let Some(next) = self.next.take() else { return };
        if out.len() > self.before {
            self.tests += 1;
            out.warn(code::SEVERAL_DOCUMENTS, next, "another test starts here: those before it are labelled repetition");
            out.of_earlier_run(self.before..out.len(), self.tests);
            self.before = out.len();
            self.intervals.clear();
            (self.summed, self.has_cpu) = (false, false);
        }
    }

    /// `local/sender 22.7% (0.6%u/22.1%s), remote/receiver 49.1% (1.7%u/47.4%s)`; with `--bidir` it comes twice.
    fn cpu(&mut self, said: &'t str, out: &mut MetricSink) {
        if std::mem::replace(&mut self.has_cpu, true) {
            return out.ignore(said, "said before");
        }
        for part in said.parts(", ") {
            let Some((host, shares)) = part.split_once('/') else { continue };
            let Some((_, shares)) = shares.split_once(' ') else { continue };
            for (share, mode) in shares.split(['(', '/']).zip([None, Some("user"), Some("system")]) {
                if let Some((token, rest)) = number::leading(share)
                    && rest.starts_with('%')
                {
                    put::cpu(host, mode, self.server, token, out);
                }
            }
        }
    }
}
