use prill_core::diagnostic::code;
use prill_core::scan::{number, unit};
use prill_core::{MetricSink, Polarity, Printed};

use crate::put::{DATAGRAM, DATAGRAMS, Of, TRANSACTION, TRANSACTIONS};

/// What the head above a row says of its columns.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Head {
    /// `a/b` are datagrams lost and received, else writes and errors.
    lost: bool,
    /// What four numbers with slashes are of.
    latency: Latency,
    /// Milliseconds stand for a transfer of a burst, not for a jitter.
    burst: bool,
    retries: bool,
    datagrams: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum Latency {
    #[default]
    Datagram,
    Burst,
    Write,
    Transaction,
}

impl Head {
    /// The same, of a row that counts datagrams whatever the head says.
    pub(crate) fn of_datagrams(self) -> Self {
        Self { lost: true, ..self }
    }

    /// `[ ID] Interval       Transfer     Bandwidth        Jitter   Lost/Total Datagrams`: the heads of `Locale.c`.
    pub(crate) fn of(line: &str, is_server: bool) -> Self {
        let has = |word| line.contains(word);
        let latency = if has("write-times") {
            Latency::Write
        } else if has("Burst Latency") {
            Latency::Burst
        } else if has("BB cnt=") {
            Latency::Transaction
        } else {
            Latency::Datagram
        };
        // A server has no writes: the sum of its streams has the head of a client's.
        let lost = has("Lost/Total") || has("Write/Err") && has("PPS") && is_server;
        Self { lost, latency, burst: has("XferTime"), retries: has("Rtry"), datagrams: has("Datagrams   PPS") }
    }
}

/// Reads what stands behind the bandwidth. Rows differ by version, options and system; each of their words says by itself or by
/// the word behind it what it is.
pub(crate) fn read(text: &str, head: Head, of: &Of<'_>, out: &mut MetricSink) {
    let mut words = Words { words: text.split_whitespace().collect(), next: 0 };
    // The last number of a row with windows is the network power.
    let has_window = words.words.iter().any(|word| is_window(word));
    let mut placeholder = false;
    while let Some(word) = words.take() {
        let is_number = number::is_token(word);
        let next = words.peek();
        if is_number && next == Some("ms") {
            words.take();
            let none = words.is_none_of_none();
            jitter(word, none, head, of, out, &mut placeholder);
        } else if is_number && next == Some("pps") {
            words.take();
            of.put("datagram.rate", DATAGRAMS, Polarity::Higher, word, out);
        } else if is_number && next == Some("rps") {
            words.take();
            of.put("transaction.rate", TRANSACTIONS, Polarity::Higher, word, out);
        } else if is_number && head.datagrams {
            of.put("datagram.count", DATAGRAM, Polarity::Higher, word, out);
        } else if is_number && (next.is_some_and(is_window) || head.retries && next.is_none() && !has_window) {
            of.put("retransmits", Printed::base("{retransmit}"), Polarity::Lower, word, out);
        } else if let Some((a, b)) = words.pair(word) {
            placeholder |= pair(a, b, &mut words, head, of, out);
        } else if next == Some("ms") && word.matches('/').count() == 3 {
            words.take();
            latency(word, &mut words, head, of, out);
        } else if next == Some("us") && is_window(word) {
            words.take();
            window(word, of, out);
        } else if let Some((count, distribution)) = word.split_once('=').filter(|(count, _)| number::is_token(count)) {
            of.put("read.count", Printed::base("{read}"), Polarity::Informational, count, out);
            out.ignore(distribution, "a distribution");
        } else {
            out.ignore(word, "a measure without a unit, or text");
        }
    }
    if placeholder {
        out.warn(code::NO_SAMPLES, text.trim(), "no datagram came: jitter and datagram.loss have no values");
    }
}

/// `0.026` of `0.026 ms`.
fn jitter(token: &str, none: bool, head: Head, of: &Of<'_>, out: &mut MetricSink, placeholder: &mut bool) {
    if head.burst {
        of.put("burst.time", unit::MS, Polarity::Lower, token, out);
    } else if none {
        *placeholder = true;
        out.ignore(token, "placeholder");
    } else {
        of.put("jitter", unit::MS, Polarity::Lower, token, out);
    }
}

/// `1/5350 (0.019%)`, or `892/0` writes and errors; true when nothing came.
fn pair(a: &str, b: &str, words: &mut Words<'_>, head: Head, of: &Of<'_>, out: &mut MetricSink) -> bool {
    if !head.lost {
        of.put("write.count", Printed::base("{write}"), Polarity::Informational, a, out);
        of.put("write.failed", Printed::base("{write}"), Polarity::Lower, b, out);
        return false;
    }
    let share = words.peek().and_then(|word| word.strip_prefix('(')?.strip_suffix("%)"));
    if share.is_some() {
        words.take();
    }
    !of.lost(a, b, share, out)
}

/// `0.093/0.022/0.650/0.196 ms`, of transactions behind how many there were; then how many there were, and of what size.
fn latency(word: &str, words: &mut Words<'_>, head: Head, of: &Of<'_>, out: &mut MetricSink) {
    let (count, values) = word.split_once('=').map_or((None, word), |(count, values)| (Some(count), values));
    let none = count == Some("0") || words.peek().is_some_and(|word| word.starts_with("(0)") || word.starts_with("(0/"));
    if let Some(count) = count {
        of.put("transaction.count", TRANSACTION, Polarity::Higher, count, out);
    }
    if none {
        out.warn(code::NO_SAMPLES, values, "a latency stands on no sample");
        return out.ignore(values, "placeholder");
    }
    let object = match head.latency {
        Latency::Datagram => "datagram.latency",
        Latency::Burst => "burst.latency",
        Latency::Write => "write.latency",
        Latency::Transaction => "transaction.latency",
    };
    of.latency(object, values, out);
}

/// `1151K/321(229)`, `NA/321`: what TCP says of itself.
fn is_window(word: &str) -> bool {
    word.split_once('/').is_some_and(|(window, _)| window == "NA" || window.strip_suffix('K').is_some_and(number::is_token))
}

fn window(word: &str, of: &Of<'_>, out: &mut MetricSink) {
    let Some((window, times)) = word.split_once('/') else { return };
    if let Some(window) = window.strip_suffix('K') {
        of.put("congestion.window", unit::KIB, Polarity::Unknown, window, out);
    }
    let (rtt, variation) = times.split_once('(').map_or((times, None), |(rtt, rest)| (rtt, rest.strip_suffix(')')));
    of.put("rtt", unit::US, Polarity::Lower, rtt, out);
    if let Some(variation) = variation {
        of.put("rtt.variation", unit::US, Polarity::Unknown, variation, out);
    }
}

struct Words<'t> {
    words: Vec<&'t str>,
    next: usize,
}

impl<'t> Words<'t> {
    fn take(&mut self) -> Option<&'t str> {
        let word = self.words.get(self.next).copied()?;
        self.next += 1;
        Some(word)
    }

    fn peek(&self) -> Option<&'t str> {
        self.words.get(self.next).copied()
    }

    /// Whether `0/0`, or `0/    0` of 2.0 and before, is next.
    fn is_none_of_none(&self) -> bool {
        let next = self.peek();
        next == Some("0/0") || next == Some("0/") && self.words.get(self.next + 1) == Some(&"0")
    }

    /// `892/0`, and `1/ 5350` of 2.0 and before.
    fn pair(&mut self, word: &'t str) -> Option<(&'t str, &'t str)> {
        let (a, b) = word.split_once('/')?;
        if b.is_empty() && number::is_token(a) {
            let b = self.peek().filter(|b| number::is_token(b))?;
            self.next += 1;
            return Some((a, b));
        }
        (number::is_token(a) && number::is_token(b)).then_some((a, b))
    }
}
