use prill_core::Printed;
use prill_core::diagnostic::code;
use prill_core::scan::{Search, number, unit};

use super::value::Value;
use crate::writer::Writer;

pub(super) const OPERATION: Printed = Printed::base("{operation}");
const CYCLES_PER_BYTE: Printed = Printed::base("{cycle}/By");
pub(super) const OPERATIONS: Printed = Printed::base("{operation}/s");

/// Whose a row is.
#[derive(Clone, Debug, Default)]
pub(super) struct Place<'t> {
    /// `sched/pipe`; `-f simple` does not print it.
    pub(super) benchmark: Option<&'t str>,
    /// Of `mem`.
    pub(super) function: Option<&'t str>,
    /// Of `internals/synthesize`.
    pub(super) threads: Option<&'t str>,
    /// Of `mem/find_bit`: how many are set of how many.
    pub(super) bits: Option<(&'t str, &'t str)>,
    /// Of `internals`: what the last row measured.
    pub(super) operation: Option<&'t str>,
}

impl<'t> Place<'t> {
    pub(super) fn labels(&self) -> impl Iterator<Item = (&'static str, &'t str)> + use<'t> {
        let values = [
            ("benchmark", self.benchmark),
            ("bits", self.bits.map(|(_, bits)| bits)),
            ("function", self.function),
            ("set", self.bits.map(|(set, _)| set)),
            ("threads", self.threads),
        ];
        values.into_iter().filter_map(|(key, value)| Some((key, value?)))
    }
}

/// A row of `sched`, `syscall`, `mem`, `futex`, `epoll`, `breakpoint` or `uprobe`.
pub(super) fn row<'t>(shown: &'t str, place: &Place<'t>, out: &mut Writer<'_>) -> bool {
    match shown.as_bytes().first() {
        Some(b'T') => return shown.strip_prefix("Total time:").is_some_and(|time| total(time.trim(), place, out)),
        Some(b'[') if shown.starts_with("[thread ") => return thread(&shown["[thread ".len()..], place, out),
        Some(b'A') if shown.starts_with("Averaged ") => return averaged(&shown["Averaged ".len()..], place, out),
        Some(b'[' | b'A'..=b'Z') => {
            let is_blocked = shown.has(" threads in ") || shown.has(" threads) in ");
            return is_blocked && blocked(shown, place, out);
        }
        _ => {}
    }
    if is_other_locale(shown) {
        out.sink.warn(code::NOT_A_NUMBER, shown, format!("`{shown}` is grouped or split as no number is here: it is not read"));
        out.ignore(shown, "number of another locale");
        return true;
    }
    let Some((token, rest)) = number::leading_grouped(shown).or_else(|| placeholder(shown)) else { return false };
    let words = rest.trim_start().cut(" to baseline").map_or(rest.trim(), |(rest, _)| rest.trim());
    // Before 4.4 the pages were touched first for some numbers of a function, and not for others.
    let (words, prefault) = words.strip_suffix(" (with prefault)").map_or((words, false), |words| (words, true));
    let value = match words {
        "usecs/op" => Value::lower("operation.latency.mean", unit::US),
        "usecs/op/cpu" => Value::lower("operation.cpu_time.mean", unit::US),
        "ops/sec" => Value::higher("operation.rate", OPERATIONS),
        "cycles/byte" | "Cycle/Byte" => Value::lower("cycle.per_byte", CYCLES_PER_BYTE),
        words if words.starts_with("cycles/byte/thread") => Value::lower("cycle.per_byte.mean", CYCLES_PER_BYTE),
        words => match throughput(words) {
            Some((name, printed)) => Value::higher(name, printed),
            None => return per_operation(token, words, place, out),
        },
    };
    let value = if prefault { value.label("prefault", "yes") } else { value };
    value.push(token, place, out);
    out.ignore(rest, "unit, or spread");
    true
}

/// `0,123400 usecs/op`, or a rate that is grouped by blanks that are none of ASCII's: perf bench prints in the user's locale.
fn is_other_locale(shown: &str) -> bool {
    let Some((token, words)) = shown.split_once(' ') else { return false };
    let is_unit =
        matches!(words.trim_ascii(), "usecs/op" | "usecs/op/cpu" | "ops/sec") || throughput(words.trim_ascii()).is_some();
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}');
    let is_number = number::leading_grouped(token).is_some_and(|(_, rest)| rest.is_empty());
    is_unit && token.starts_with(|c: char| c.is_ascii_digit()) && !is_number && token.chars().all(is_part)
}

/// `inf` stands where nothing took any time.
fn placeholder(shown: &str) -> Option<(&str, &str)> {
    let word = shown.split_whitespace().next()?;
    matches!(word, "inf" | "nan" | "-nan" | "-inf").then(|| shown.split_at(word.len()))
}

/// `GB/sec` is 1024^3; of KB upstream prints `d KB/sec`.
fn throughput(words: &str) -> Option<(&'static str, Printed)> {
    let words = words.strip_prefix("d ").unwrap_or(words);
    let (words, name) = match words.cut("/thread") {
        Some((words, _)) => (words, "throughput.mean"),
        None => (words, "throughput"),
    };
    let printed = match words {
        "bytes/sec" | "B/Sec" => unit::BYTE_PER_S,
        "KB/sec" | "KB/Sec" => unit::KIB_PER_S,
        "MB/sec" | "MB/Sec" => unit::MIB_PER_S,
        "GB/sec" | "GB/Sec" => unit::GIB_PER_S,
        _ => return None,
    };
    Some((name, printed))
}

/// `0.653 [sec]`; of uprobe `1,053,210 usecs +310 to baseline`.
fn total(time: &str, place: &Place<'_>, out: &mut Writer<'_>) -> bool {
    let Some((token, rest)) = number::leading_grouped(time) else { return false };
    let printed = match rest.split_whitespace().next() {
        Some("[sec]") => unit::SECOND,
        Some("[msec]") => unit::MS,
        Some("usecs") => unit::US,
        _ => return false,
    };
    Value::lower("elapsed", printed).push(token, place, out);
    out.ignore(rest, "difference to another benchmark");
    true
}

/// `1,053.210 usecs/op 0.310 usecs/op to baseline`, as uprobe prints it
fn per_operation(token: &str, words: &str, place: &Place<'_>, out: &mut Writer<'_>) -> bool {
    let Some(rest) = words.strip_prefix("usecs/op ") else { return false };
    Value::lower("operation.latency.mean", unit::US).push(token, place, out);
    out.ignore(rest, "difference to another benchmark");
    true
}

/// `1373184 operations/sec (+- 11.26%), total secs = 1`, `213344 ADD operations (+- 3.49%)`
fn averaged(rest: &str, place: &Place<'_>, out: &mut Writer<'_>) -> bool {
    let Some((token, rest)) = number::leading(rest) else { return false };
    let (words, spread) = rest.trim().split_once('(').unwrap_or((rest.trim(), ""));
    let (stderr, value) = match words.trim() {
        "operations/sec" => ("operation.rate.stderr", Value::higher("operation.rate.mean", OPERATIONS)),
        words => {
            let Some(op) = words.strip_suffix(" operations") else { return false };
            let value = Value::higher("operation.count.mean", OPERATION).label("op", op.to_ascii_lowercase());
            ("operation.count.stderr", value)
        }
    };
    let label = value.label.clone();
    value.push(token, place, out);
    let after = spread_of(Value { label, ..Value::unknown(stderr, unit::PERCENT) }, spread, place, out);
    out.ignore(after, "run time");
    true
}

/// Takes `+- 11.26%)`, the standard error of the mean as a share of it; what follows.
fn spread_of<'t>(value: Value<'_>, spread: &'t str, place: &Place<'_>, out: &mut Writer<'_>) -> &'t str {
    let Some((token, rest)) = spread.strip_prefix("+-").and_then(|s| number::leading(s.trim_start())) else { return spread };
    let Some(rest) = rest.strip_prefix('%') else { return spread };
    value.push(token, place, out);
    rest
}

/// ` 0] futexes: 0x561d5fd373c0 ... 0x561d5fd383bc [ 1527808 ops/sec ]`, `[ add: 220800 ops; mod: 220800 ops; del: 220800 ops ]`
fn thread(rest: &str, place: &Place<'_>, out: &mut Writer<'_>) -> bool {
    let Some((id, rest)) = rest.split_once(']') else { return false };
    let Some((addresses, counts)) = rest.rsplit_once('[') else { return false };
    let (thread, counts) = (id.trim(), counts.trim().trim_end_matches(']').trim());
    out.ignore(id, "number of the thread");
    out.ignore(addresses, "address");
    for part in counts.split(';').map(str::trim) {
        let (op, number) = part.cut(": ").map_or((None, part), |(op, number)| (Some(op), number));
        let Some((token, _)) = number::leading(number) else { continue };
        let value = match op {
            Some(op) => Value::higher("operation.count", OPERATION).label("op", op).thread(thread),
            None => Value::higher("operation.rate", OPERATIONS).thread(thread),
        };
        value.push(token, place, out);
    }
    true
}

/// `[Run 1]: Wokeup 4 of 4 threads in 0.2870 ms`, `Avg per-thread latency (waking 1/4 threads) in 0.0193 ms (+-31.40%)`
fn blocked(shown: &str, place: &Place<'_>, out: &mut Writer<'_>) -> bool {
    let Some((before, after)) = shown.cut_last(" in ") else { return false };
    let Some((token, rest)) = number::leading(after) else { return false };
    let Some(rest) = rest.strip_prefix(" ms") else { return false };
    out.ignore(before, "number of the run, or numbers of threads");
    let run = before.strip_prefix("[Run ").and_then(|rest| rest.split(']').next());
    let label = run.map(|run| ("run", run.into()));
    // What a run prints of its threads is a mean too.
    let mean = run.is_none() || before.has("Avg ");
    let name = if mean { "operation.latency.mean" } else { "operation.latency" };
    Value { label: label.clone(), ..Value::lower(name, unit::MS) }.push(token, place, out);
    if let Some(spread) = rest.trim_start().strip_prefix('(') {
        spread_of(Value { label, ..Value::unknown("operation.latency.stderr", unit::PERCENT) }, spread, place, out);
    }
    true
}

/// A bare number of `-f simple`: of `mem` bytes a second or cycles a byte, of `uprobe` microseconds, else seconds.
pub(super) fn simple(token: &str, place: &Place<'_>, cycles: bool, uprobe: bool, out: &mut Writer<'_>) -> bool {
    if !number::is_token(token) {
        return false;
    }
    let value = match place.function {
        Some(_) if cycles => Value::lower("cycle.per_byte", CYCLES_PER_BYTE),
        Some(_) => Value::higher("throughput", unit::BYTE_PER_S),
        None if super::is_time(token) => Value::lower("elapsed", unit::SECOND),
        None if uprobe || place.benchmark.is_some_and(|b| b.starts_with("uprobe")) => Value::lower("elapsed", unit::US),
        None => return false,
    };
    value.push(token, place, out);
    true
}
