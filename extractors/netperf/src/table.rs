use prill_core::scan::{Search, number};
use prill_core::{MetricSink, Polarity, Printed};

use crate::field::{self, BYTES, CALLS, PER_CALL};
use crate::omni::{ROUND_TRIP, SOURCE_FIELD, demand};
use crate::put::{Labels, Of, Quantity};
use crate::units;

/// Heads that only netperf's tables have.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with("Interim result: ") && line.has(" seconds")
        || ["Socket  Message  Elapsed      Messages", "Local /Remote", "Recv   Send    Send"]
            .iter()
            .any(|head| line.starts_with(head))
        || line.starts_with("NETPERF_INTERIM_RESULT[")
}

/// Whether a line could be a row without a head: cells between commas, or a size and numbers of which some have two decimals, or
/// one number with two decimals and a blank behind it.
pub(crate) fn is_bare(line: &str) -> bool {
    let decimals = |word: &str| number::is_token(word) && word.split_once('.').is_some_and(|(_, part)| part.len() == 2);
    let words: Vec<&str> = line.words().collect();
    match words[..] {
        [cells] if cells.contains(',') => cells.split(',').all(number::is_token) && cells.split(',').any(decimals),
        [figure] => decimals(figure) && line.ends_with(' '),
        [size, ..] => {
            let is_size = size.bytes().all(|b| b.is_ascii_digit());
            is_size
                && (5..=10).contains(&words.len())
                && words.iter().all(|word| number::is_token(word))
                && words.iter().any(|word| decimals(word))
        }
        [] => false,
    }
}

/// A classic table: `send_tcp_stream` and the others of `nettest_bsd.c`, `print_omni` of `nettest_omni.c` for the migrated ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Sizes of two sockets and of a message, time, throughput; with `-c`, `-C` two utilizations and two demands.
    Stream,
    /// Socket, message, time, messages, errors, throughput; a row for each side.
    Datagrams,
    /// Sizes of two sockets, of request and response, time, rate; then two sizes of the other side.
    Requests,
    /// Four alignments and offsets, and what `-v 2` adds.
    Alignment,
}

/// The head of a table, and how many of its rows were read.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    shape: Shape,
    figure: Option<Printed>,
    demand: Option<Printed>,
    /// Whether what is local stands before what is remote.
    local_first: bool,
    /// `-v 2` of requests, or of sends before receives, or of receives before sends.
    round_trip: bool,
    sends_first: Option<bool>,
    rows: usize,
}

const TX: Labels = &[("direction", "tx")];
const RX: Labels = &[("direction", "rx")];
const SENDER: Labels = &[("role", "sender")];
const RECEIVER: Labels = &[("role", "receiver")];
const MESSAGE: Printed = Printed::base("{message}");

impl Table {
    /// `None` when these are the lines of no such head.
    pub(crate) fn of(head: &[&str]) -> Option<Self> {
        let has = |word: &str| head.iter().any(|line| line.has(word));
        let begins = |word: &str| head.iter().any(|line| line.trim_start().starts_with(word));
        let shape = if begins("Alignment ") {
            Shape::Alignment
        } else if begins("Recv   Send") {
            Shape::Stream
        } else if begins("Socket  Message") {
            Shape::Datagrams
        } else if begins("Local /Remote") {
            Shape::Requests
        } else {
            return None;
        };
        let words = || head.iter().flat_map(|line| line.words());
        let figure = words().find_map(units::of_word);
        let sides = head.iter().find_map(|line| Some((line.place("local")?, line.place("remote")?)));
        let order = head.iter().find_map(|line| Some((line.place("Sends")?, line.place("Recvs")?)));
        Some(Self {
            shape,
            figure: figure.or(has("per sec").then_some(units::TRANSACTIONS)),
            demand: words().find_map(units::of_demand),
            local_first: sides.is_none_or(|(local, remote)| local < remote),
            round_trip: has("RoundTrip"),
            sends_first: order.map(|(sends, recvs)| sends < recvs),
            rows: 0,
        })
    }

    /// The table that has such a row, where no head is printed (`-P 0`).
    pub(crate) fn without_head(columns: usize, figure: Option<Printed>) -> Option<Self> {
        let (shape, with_cpu) = match (columns, figure? == units::TRANSACTIONS) {
            (6, true) => (Shape::Requests, false),
            (10, true) => (Shape::Requests, true),
            (5, false) => (Shape::Stream, false),
            (9, false) => (Shape::Stream, true),
            (6, false) => (Shape::Datagrams, false),
            (8, false) => (Shape::Datagrams, true),
            _ => return None,
        };
        let word = if shape == Shape::Requests { "us/Tr" } else { "us/KB" };
        let demand = with_cpu.then_some(word).and_then(units::of_demand);
        Some(Self { shape, figure, demand, local_first: true, round_trip: false, sends_first: None, rows: 0 })
    }

    /// Whether all rows were read.
    pub(crate) fn is_done(&self) -> bool {
        self.rows >= if matches!(self.shape, Shape::Datagrams | Shape::Requests) { 2 } else { 1 }
    }

    /// Reads a row, of which the words are whole.
    pub(crate) fn row(&mut self, words: &[&str], of: &mut Of, out: &mut MetricSink) {
        self.rows += 1;
        let mut row = Row { words, next: 0, of, out };
        match (self.shape, self.rows) {
            (Shape::Stream, 1) => {
                row.skip(3);
                row.elapsed(&[]);
                row.figure(self.figure, &[]);
                self.processors(&mut row);
            }
            (Shape::Requests, 1) => {
                row.skip(4);
                row.elapsed(&[]);
                row.figure(self.figure, &[]);
                self.processors(&mut row);
            }
            (Shape::Datagrams, 1) => {
                row.skip(2);
                row.elapsed(SENDER);
                row.put(Quantity::new("message.sent", MESSAGE, Polarity::Informational));
                row.put(Quantity::new("message.failed", MESSAGE, Polarity::Lower));
                row.figure(self.figure, SENDER);
                self.processor(true, &mut row);
            }
            (Shape::Datagrams, 2) => {
                row.skip(1);
                row.elapsed(RECEIVER);
                row.put(Quantity::new("message.received", MESSAGE, Polarity::Informational));
                row.figure(self.figure, RECEIVER);
                self.processor(false, &mut row);
            }
            (Shape::Alignment, 1) => self.verbose(&mut row),
            _ => {}
        }
        row.skip(words.len());
    }

    /// The utilization of both sides, then their demands.
    fn processors(&self, row: &mut Row<'_, '_>) {
        let Some(printed) = self.demand else { return };
        for is_local in [self.local_first, !self.local_first] {
            row.put(field::cpu(is_local));
        }
        for is_local in [self.local_first, !self.local_first] {
            row.put(demand(printed).of(field::host(is_local)));
        }
    }

    /// The utilization of one side and its demand.
    fn processor(&self, is_local: bool, row: &mut Row<'_, '_>) {
        let Some(printed) = self.demand else { return };
        row.put(field::cpu(is_local));
        row.put(demand(printed).of(field::host(is_local)));
    }

    /// `    8       8      0       0 460406784  16384.00     28101   130500.79   3528`, and of requests
    /// `    8      0       0      0   60.790   16450.008 0.132     0.132`.
    fn verbose(&self, row: &mut Row<'_, '_>) {
        row.skip(4);
        if self.round_trip {
            row.put(ROUND_TRIP);
            row.put(Quantity::new("transaction.rate", units::TRANSACTIONS, Polarity::Higher).of(SOURCE_FIELD));
            row.figure(self.figure, TX);
            row.figure(self.figure, RX);
        }
        let Some(sends_first) = self.sends_first else { return };
        row.put(BYTES);
        for labels in if sends_first { [TX, RX] } else { [RX, TX] } {
            row.put(PER_CALL.of(labels));
            row.put(CALLS.of(labels));
        }
    }
}

/// The words of a row, one after the other.
struct Row<'r, 't> {
    words: &'r [&'t str],
    next: usize,
    of: &'r mut Of,
    out: &'r mut MetricSink,
}

impl<'t> Row<'_, 't> {
    fn word(&mut self) -> Option<&'t str> {
        let word = self.words.get(self.next).copied();
        self.next += 1;
        word.filter(|word| number::is_token(word))
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            match self.word() {
                Some(word) => self.out.ignore(word, "setting"),
                None if self.next > self.words.len() => return,
                None => {}
            }
        }
    }

    fn put(&mut self, quantity: Quantity) {
        if let Some(word) = self.word() {
            self.of.put(quantity, word, self.out);
        }
    }

    fn elapsed(&mut self, labels: Labels) {
        if let Some(word) = self.word() {
            self.of.elapsed(labels, word, self.out);
        }
    }

    fn figure(&mut self, printed: Option<Printed>, labels: Labels) {
        if let Some(word) = self.word() {
            self.of.figure(printed, labels, word, self.out);
        }
    }
}

/// `Interim result: 4658.50 10^6bits/s over 0.263 seconds ending at 1795937395.741`: the figure and its unit.
pub(crate) fn interim(line: &str) -> Option<(&str, Printed)> {
    let mut words = line.strip_prefix("Interim result: ")?.words();
    let token = words.next().filter(|word| number::is_token(word))?;
    Some((token, units::of_word(words.next()?)?))
}

/// `10713.63,Trans/s,0.251,1795937429.659`: the same beside rows of `-o`.
pub(crate) fn interim_csv(line: &str) -> Option<(&str, Printed)> {
    let cells: Vec<&str> = line.split(',').collect();
    let [figure, unit, seconds, end] = cells[..] else { return None };
    // Seconds since 1970 and their thousandths tell it from a row with as many columns.
    let is_date = end.split_once('.').is_some_and(|(whole, part)| whole.len() > 8 && part.len() == 3);
    let numbers = is_date && [figure, seconds, end].into_iter().all(number::is_token);
    Some((figure, units::of_word(unit).filter(|_| numbers)?))
}
