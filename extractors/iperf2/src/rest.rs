use std::iter::Peekable;
use std::str::SplitWhitespace;

use prill_core::diagnostic::code;
use prill_core::scan::{Search, number, unit};
use prill_core::{Polarity, Printed};

use crate::put::{DATAGRAM, DATAGRAMS, TRANSACTION, TRANSACTIONS, To};

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
        let has = |word| line.has(word);
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
pub(crate) fn read(text: &str, head: Head, to: &mut To<'_>) {
    let mut words: Words<'_> = text.split_whitespace().peekable();
    // The last number of a row with windows is the network power.
    let has_window = || text.split_whitespace().any(is_window);
    let mut placeholder = false;
    while let Some(word) = words.next() {
        let is_number = number::is_token(word);
        let next = words.peek().copied();
        if is_number && next == Some("ms") {
            words.next();
            let none = is_none_of_none(&mut words);
            jitter(word, none, head, to, &mut placeholder);
        } else if is_number && next == Some("pps") {
            words.next();
            to.put("datagram.rate", DATAGRAMS, Polarity::Higher, word);
        } else if is_number && next == Some("rps") {
            words.next();
            to.put("transaction.rate", TRANSACTIONS, Polarity::Higher, word);
        } else if is_number && head.datagrams {
            to.put("datagram.count", DATAGRAM, Polarity::Higher, word);
        } else if is_number && (next.is_some_and(is_window) || head.retries && next.is_none() && !has_window()) {
            to.put("retransmits", Printed::base("{retransmit}"), Polarity::Lower, word);
        } else if let Some((a, b)) = slashed(word, &mut words) {
            placeholder |= pair(a, b, &mut words, head, to);
        } else if next == Some("ms") && word.matches('/').count() == 3 {
            words.next();
            latency(word, &mut words, head, to);
        } else if next == Some("us") && is_window(word) {
            words.next();
            window(word, to);
        } else if let Some((count, distribution)) = word.split_once('=').filter(|(count, _)| number::is_token(count)) {
            to.put("read.count", Printed::base("{read}"), Polarity::Informational, count);
            to.out.ignore(distribution, "a distribution");
        } else {
            to.out.ignore(word, "a measure without a unit, or text");
        }
    }
    if placeholder {
        to.out.warn(code::NO_SAMPLES, text.trim(), "no datagram came: jitter and datagram.loss have no values");
    }
}

/// `0.026` of `0.026 ms`.
fn jitter(token: &str, none: bool, head: Head, to: &mut To<'_>, placeholder: &mut bool) {
    if head.burst {
        to.put("burst.time", unit::MS, Polarity::Lower, token);
    } else if none {
        *placeholder = true;
        to.out.ignore(token, "placeholder");
    } else {
        to.put("jitter", unit::MS, Polarity::Lower, token);
    }
}

/// `1/5350 (0.019%)`, or `892/0` writes and errors; true when nothing came.
fn pair(a: &str, b: &str, words: &mut Words<'_>, head: Head, to: &mut To<'_>) -> bool {
    if !head.lost {
        to.put("write.count", Printed::base("{write}"), Polarity::Informational, a);
        to.put("write.failed", Printed::base("{write}"), Polarity::Lower, b);
        return false;
    }
    let share = words.peek().and_then(|word| word.strip_prefix('(')?.strip_suffix("%)"));
    if share.is_some() {
        words.next();
    }
    !to.lost(a, b, share)
}

/// `0.093/0.022/0.650/0.196 ms`, of transactions behind how many there were; then how many there were, and of what size.
fn latency(word: &str, words: &mut Words<'_>, head: Head, to: &mut To<'_>) {
    let (count, values) = word.split_once('=').map_or((None, word), |(count, values)| (Some(count), values));
    let none = count == Some("0") || words.peek().is_some_and(|word| word.starts_with("(0)") || word.starts_with("(0/"));
    if let Some(count) = count {
        to.put("transaction.count", TRANSACTION, Polarity::Higher, count);
    }
    if none {
        to.out.warn(code::NO_SAMPLES, values, "a latency stands on no sample");
        return to.out.ignore(values, "placeholder");
    }
    let object = match head.latency {
        Latency::Datagram => "datagram.latency",
        Latency::Burst => "burst.latency",
        Latency::Write => "write.latency",
        Latency::Transaction => "transaction.latency",
    };
    to.latency(object, values);
}

/// `1151K/321(229)`, `NA/321`: what TCP says of itself.
fn is_window(word: &str) -> bool {
    word.split_once('/').is_some_and(|(window, _)| window == "NA" || window.strip_suffix('K').is_some_and(number::is_token))
}

fn window(word: &str, to: &mut To<'_>) {
    let Some((window, times)) = word.split_once('/') else { return };
    if let Some(window) = window.strip_suffix('K') {
        to.put("congestion.window", unit::KIB, Polarity::Unknown, window);
    }
    let (rtt, variation) = times.split_once('(').map_or((times, None), |(rtt, rest)| (rtt, rest.strip_suffix(')')));
    to.put("rtt", unit::US, Polarity::Lower, rtt);
    if let Some(variation) = variation {
        to.put("rtt.variation", unit::US, Polarity::Unknown, variation);
    }
}

type Words<'t> = Peekable<SplitWhitespace<'t>>;

/// Whether `0/0`, or `0/    0` of 2.0 and before, is next.
fn is_none_of_none(words: &mut Words<'_>) -> bool {
    match words.peek() {
        Some(&"0/") => words.clone().nth(1) == Some("0"),
        next => next == Some(&"0/0"),
    }
}

/// `892/0`, and `1/ 5350` of 2.0 and before.
fn slashed<'t>(word: &'t str, words: &mut Words<'t>) -> Option<(&'t str, &'t str)> {
    let (a, b) = word.split_once('/').filter(|(a, _)| number::is_token(a))?;
    let b = if b.is_empty() { words.next_if(|next| number::is_token(next))? } else { b };
    number::is_token(b).then_some((a, b))
}
