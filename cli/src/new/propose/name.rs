//! The name of a metric, out of the words that stand near its number: `object[.part].quantity[.stat]`.

use prill_core::metric::{STATS, is_name};

use super::unit::Sort;

/// A name without its statistic, and that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    /// Segments joined by dots; empty where no word says what is measured.
    pub(super) base: String,
    pub(super) stat: Option<String>,
}

const QUANTITIES: &[&str] = &[
    "latency",
    "rate",
    "time",
    "throughput",
    "bandwidth",
    "iops",
    "size",
    "elapsed",
    "jitter",
    "utilization",
    "usage",
    "frequency",
    "speed",
    "delay",
    "duration",
    "count",
    "bytes",
];

/// Words that say nothing of what is measured.
const FILLERS: &[&str] = &[
    "a",
    "actually",
    "about",
    "an",
    "at",
    "by",
    "distribution",
    "each",
    "for",
    "from",
    "got",
    "histogram",
    "in",
    "is",
    "of",
    "on",
    "per",
    "percent",
    "percentile",
    "percentiles",
    "results",
    "served",
    "statistics",
    "stats",
    "summary",
    "taken",
    "test",
    "tests",
    "that",
    "the",
    "this",
    "to",
    "took",
    "total",
    "was",
    "were",
    "with",
];

const SAME: &[(&str, &str)] = &[
    ("avg", "mean"),
    ("average", "mean"),
    ("mean", "mean"),
    ("min", "min"),
    ("minimum", "min"),
    ("fastest", "min"),
    ("max", "max"),
    ("maximum", "max"),
    ("slowest", "max"),
    ("median", "p50"),
    ("stdev", "stddev"),
    ("stddev", "stddev"),
    ("mdev", "stddev"),
    ("sd", "stddev"),
    ("std-dev", "stddev"),
    ("\u{3c3}", "stddev"),
    ("stderr", "stderr"),
];

const LONG: &[(&str, &str)] = &[
    ("req", "request"),
    ("reqs", "requests"),
    ("msg", "message"),
    ("msgs", "messages"),
    ("op", "operation"),
    ("ops", "operations"),
    ("iter", "iteration"),
    ("lat", "latency"),
    ("bw", "bandwidth"),
    ("conn", "connection"),
    ("pkt", "packet"),
    ("pkts", "packets"),
    ("latencies", "latency"),
    ("times", "time"),
    ("utilized", "utilization"),
    ("qps", "query rate"),
    ("rps", "request rate"),
    ("tps", "transaction rate"),
];

/// The name that `text`, a key or a heading, gives to a number with a unit of the kind `sort`.
pub(super) fn of(text: &str, sort: Option<Sort>) -> Name {
    let mut words = words(text);
    let within = words.windows(2).position(|pair| pair == ["within", "stddev"]);
    if let Some(at) = within {
        words.drain(at..at + 2);
    }
    let stat = take_stat(&mut words);
    let whole = words.iter().any(|word| word == "total" || word == "taken");
    let counted = words.windows(2).position(|pair| pair == ["number", "of"]);
    let mut count = counted.is_some();
    if let Some(at) = counted {
        words.drain(at..at + 2);
    }
    words.retain(|word| !FILLERS.contains(&word.as_str()));
    drop_verbs(&mut words);
    words.dedup();
    if words.iter().any(|word| word == "elapsed") {
        words.retain(|word| word != "time");
    }
    let quantity = words.iter().position(|word| QUANTITIES.contains(&word.as_str())).map(|at| words.remove(at));
    if quantity.is_none() && sort.is_none() && words.last().is_some_and(|last| singular(last) != *last) {
        count = true;
    }
    if let Some(last) = words.last_mut().filter(|_| count || sort == Some(Sort::Rate)) {
        *last = singular(last);
    }
    let said = if words.is_empty() && stat.is_some() { None } else { usual(&words, sort, count) };
    let quantity = quantity.or_else(|| said.map(str::to_owned));
    let mut segments = vec![segment(&words)];
    segments.extend(quantity);
    segments.extend(within.map(|_| "within_stddev".to_owned()));
    segments.retain(|segment| !segment.is_empty());
    if segments == ["time"] && whole {
        segments = vec!["elapsed".to_owned()];
    }
    Name { base: segments.join("."), stat }
}

/// The quantity that a unit speaks of, where no word does.
fn usual(words: &[String], sort: Option<Sort>, count: bool) -> Option<&'static str> {
    match sort {
        Some(Sort::Time) if words.is_empty() => Some("elapsed"),
        Some(Sort::Time) => Some("time"),
        Some(Sort::Throughput) => Some("throughput"),
        Some(Sort::Rate) => Some("rate"),
        Some(Sort::Bytes) => Some("bytes"),
        Some(Sort::Frequency) => Some("frequency"),
        Some(Sort::Ratio) if !words.is_empty() => Some("ratio"),
        _ if count && !words.is_empty() => Some("count"),
        _ => None,
    }
}

impl Name {
    /// The whole name; `fallback` stands for what is measured where no word says it.
    pub(super) fn full(&self, fallback: &str) -> String {
        let base = if self.base.is_empty() { fallback } else { &self.base };
        let name = match &self.stat {
            Some(stat) => format!("{base}.{stat}"),
            None => base.to_owned(),
        };
        if is_name(&name) || name.contains('{') { name } else { format!("value.{name}") }
    }

    /// The words say which statistic it is, and not of what.
    pub(super) fn is_stat_alone(&self) -> bool {
        self.base.is_empty() && self.stat.is_some()
    }
}

/// The lower-case words of `text`. What stands in brackets is a remark.
pub(super) fn words(text: &str) -> Vec<String> {
    let plain = without_brackets(text)
        .replace("+/-", " within ")
        .replace("std dev", "stddev")
        .replace(" per second", "/s")
        .replace(" per sec", "/s");
    let mut words = Vec::new();
    for word in plain.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '%' | '_' | '/'))) {
        if let Some((of, "s" | "sec" | "Sec" | "second")) = word.split_once('/') {
            words.extend(split(of));
            words.push("rate".to_owned());
        } else {
            words.extend(word.split('/').flat_map(split));
        }
    }
    words
}

/// `avg_latency_ms`, `SentMessages` and `page-faults` are several words.
fn split(word: &str) -> Vec<String> {
    if let Some(stat) = stat(word) {
        return vec![stat];
    }
    if !matches!(super::unit::of_word(word), super::unit::Unit::Unsaid) {
        return vec![word.to_lowercase()];
    }
    let mut spaced = String::new();
    let mut before = ' ';
    for c in word.chars() {
        if c.is_uppercase() && before.is_lowercase() && !QUANTITIES.contains(&word.to_lowercase().as_str()) {
            spaced.push(' ');
        }
        spaced.push(c);
        before = c;
    }
    let lower = spaced.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|part| !part.is_empty());
    parts
        .map(|part| LONG.iter().find(|(short, _)| *short == part).map_or(part, |(_, long)| *long))
        .flat_map(|part| part.split(' '))
        .map(str::to_owned)
        .collect()
}

/// The statistic that `word` is: `avg`, `p99.9`, `99.9%`, `99.9th`.
pub(super) fn stat(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    if let Some((_, stat)) = SAME.iter().find(|(known, _)| *known == lower) {
        return Some((*stat).to_owned());
    }
    let digits = lower.strip_prefix('p').or_else(|| lower.strip_suffix("th")).or_else(|| lower.strip_suffix('%'))?;
    let whole = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let number = digits.split('.').count() < 3 && digits.split('.').all(whole) && digits.parse::<f64>().is_ok_and(|p| p <= 100.0);
    number.then(|| format!("p{}", digits.replace('.', "_")))
}

fn take_stat(words: &mut Vec<String>) -> Option<String> {
    let percentile =
        |word: &str| word.strip_prefix('p').is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit() || b == b'_'));
    let at = words
        .iter()
        .position(|word| stat(word).is_some() || STATS.contains(&word.as_str()) && words.len() == 1 || percentile(word))?;
    let word = words.remove(at);
    Some(stat(&word).unwrap_or(word))
}

/// In `requests completed` and `transactions actually processed` the first word says what is counted.
fn drop_verbs(words: &mut Vec<String>) {
    let verb = |word: &str| word.len() > 4 && word.ends_with("ed") || matches!(word, "sent" | "done");
    while words.len() > 1 && words.last().is_some_and(|last| verb(last) && *last != "elapsed" && *last != "failed") {
        words.pop();
    }
}

fn segment(words: &[String]) -> String {
    let good = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let plain: String = words.join("_").chars().map(good).collect();
    let parts: Vec<&str> = plain.split('_').filter(|part| !part.is_empty()).collect();
    // A name of five words is a sentence: what is measured stands at its end.
    let parts = &parts[parts.len().saturating_sub(4)..];
    let segment = parts.join("_");
    if segment.starts_with(|c: char| c.is_ascii_digit()) { format!("n{segment}") } else { segment }
}

/// A word as a part of a name or a key: `Thread Stats` is `thread_stats`.
pub(super) fn slug(text: &str) -> String {
    segment(&words(text))
}

/// A heading as the key of a label, as it is: `op` stays what it is.
pub(super) fn key(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let key = words.join("_");
    if key.starts_with(|c: char| c.is_ascii_digit()) { format!("n{key}") } else { key }
}

pub(super) fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// `requests` is `request`, `retries` is `retry`, `loss` and `cpus` stay nearly what they are.
pub(super) fn singular(word: &str) -> String {
    let long = LONG.iter().find(|(short, long)| *short == word && !long.contains(' ')).map_or(word, |(_, long)| *long);
    if let Some(stem) = long.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    if let Some(stem) = long.strip_suffix("es").filter(|stem| ["ss", "sh", "ch", "x"].iter().any(|end| stem.ends_with(end))) {
        return stem.to_owned();
    }
    let plural = long.len() > 2
        && long.ends_with('s')
        && !["ss", "us", "is", "as", "flops", "mips", "wips", "buffers"].iter().any(|end| long.ends_with(end));
    if plural { long[..long.len() - 1].to_owned() } else { long.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_the_words_near_the_number() {
        use Sort::{Bytes, Rate, Throughput, Time};
        for (text, sort, name) in [
            ("Requests/sec", Some(Rate), "request.rate"),
            ("requests per second", Some(Rate), "request.rate"),
            ("tps", None, "transaction.rate"),
            ("latency average", Some(Time), "latency.mean"),
            ("avg_latency", Some(Time), "latency.mean"),
            ("initial connection time", Some(Time), "initial_connection.time"),
            ("Time per request", Some(Time), "request.time"),
            ("number of transactions actually processed", None, "transaction.count"),
            ("requests", None, "request.count"),
            ("requests completed", None, "request.count"),
            ("Failed requests", None, "failed_request.count"),
            ("95th percentile", Some(Time), "value.p95"),
            ("Maximum resident set size", Some(Bytes), "resident_set.size.max"),
            ("Transfer/sec", Some(Throughput), "transfer.rate"),
            ("SentMessages", None, "sent_message.count"),
            ("BandWidth", Some(Throughput), "bandwidth"),
            ("copied", Some(Time), "copied.time"),
            ("", Some(Throughput), "throughput"),
            ("Latency by percentile distribution", None, "latency"),
            ("2 things", None, "n2_thing.count"),
        ] {
            let made = of(text, sort).full("value");
            assert_eq!(made, name, "{text}");
            assert!(is_name(&made), "{made}");
        }
    }

    #[test]
    fn a_statistic_may_stand_alone() {
        for (text, stat) in [("avg", "mean"), ("Max", "max"), ("99.9th percentile", "p99_9"), ("sum", "sum"), ("p50", "p50")] {
            let name = of(text, None);
            assert!(name.is_stat_alone(), "{text}: {name:?}");
            assert_eq!(name.stat.as_deref(), Some(stat));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_words_make_a_name(text in "[ a-zA-Z0-9_.%/µ()-]{0,40}", time in proptest::bool::ANY) {
            let name = of(&text, time.then_some(Sort::Time)).full("value");
            proptest::prop_assert!(is_name(&name), "{} of {}", name, text);
        }
    }
}
