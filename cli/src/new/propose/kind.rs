//! What a line with numbers is, by its words.

use super::line::{Key, Line};
use super::name;
use super::row::{Metric, Role};
use super::unit::{self, Sort, Unit};

const SETTINGS: &[&str] = &[
    "block",
    "client",
    "clients",
    "concurrency",
    "connections",
    "core",
    "cores",
    "cpus",
    "depth",
    "document",
    "duration",
    "exit",
    "jobs",
    "keep",
    "level",
    "limit",
    "parallel",
    "payload",
    "pid",
    "port",
    "processes",
    "procs",
    "runtime",
    "scaling",
    "seed",
    "server",
    "threads",
    "tries",
    "version",
    "warmup",
    "workers",
];

const ERRORS: &[&str] = &[
    "dropped",
    "error",
    "errored",
    "errors",
    "fail",
    "failed",
    "failure",
    "failures",
    "lost",
    "loss",
    "miss",
    "misses",
    "retransmits",
    "retries",
    "timeout",
    "timeouts",
    "drops",
];

/// Why none of the numbers of the line is a metric, when that can be seen.
pub(super) fn passed(line: &Line<'_>, tool: &str) -> Option<&'static str> {
    let lower = line.text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let first = *words.first()?;
    let before = line.left(0).trim_end();
    let assigned = before.ends_with([':', '=']);
    if words.iter().any(|word| ["version", "copyright", "release"].contains(word)) && !assigned
        || first == tool && before.trim_end_matches('(').trim() == tool
    {
        return Some("version");
    }
    if words.iter().any(|word| MONTHS.contains(word)) && line.tokens.iter().any(|token| token.text(line.text).contains(':')) {
        return Some("date");
    }
    if ["built", "compiler", "cpu", "cpuinfo", "kernel", "linux", "options"].contains(&first) && line.left(0).contains([':', '='])
    {
        return Some("setting");
    }
    if is_heading(line) {
        return Some("heading");
    }
    let doing = first.len() > 5 && first.ends_with("ing") && line.text.trim_start().to_lowercase().starts_with(first);
    let said = line.text.trim_start().starts_with('#');
    (!assigned && (doing || said)).then_some("setting")
}

/// `16 bytes   64 bytes   256 bytes`: sizes above the columns of a table.
fn is_heading(line: &Line<'_>) -> bool {
    let values: Vec<f64> = line.numbers.iter().filter_map(|number| line.token(number).parse().ok()).collect();
    let count = values.len();
    let same = (1..count.saturating_sub(1)).all(|index| {
        line.text[line.numbers[index].end..line.numbers[index + 1].start].trim()
            == line.text[line.numbers[0].end..line.numbers[1].start].trim()
    });
    count > 2
        && count == line.numbers.len()
        && same
        && values.windows(2).all(|pair| pair[0] < pair[1])
        && line.text[line.numbers[0].end..line.numbers[1].start].contains(char::is_alphabetic)
        && line.numbers.iter().all(|number| !line.token(number).contains('.'))
}

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What a number is that `key` speaks of; `fallback` is what is measured where the key does not say it.
pub(super) fn role(key: &Key, fallback: &str, tool_scales: bool) -> Role {
    let words = name::words(&key.text);
    let named = key.name();
    if let Unit::Scaled(suffix) = &key.unit {
        let what = if named.base.is_empty() { "a number".to_owned() } else { named.full(fallback) };
        return Role::Open(format!("{what} is left out: its `{suffix}` may be 1000 or 1024, and no unit says so"));
    }
    if is_setting(&words, &key.unit) {
        return Role::Ignored("setting".to_owned());
    }
    if named.base.is_empty() && (fallback.is_empty() || named.stat.is_none() && key.unit == Unit::Unsaid) {
        return Role::Open(String::new());
    }
    Role::Metric(metric(named.full(fallback), key.unit.clone(), tool_scales))
}

/// A metric with the unit that is printed. What a count counts is printed too.
pub(super) fn metric(name: String, unit: Unit, scaled: bool) -> Metric {
    let unit = match unit {
        Unit::Unsaid if name.ends_with(".count") => {
            noun(&name).map_or(Unit::Unsaid, |noun| Unit::Clear(format!("{{{noun}}}"), Sort::Count))
        }
        Unit::Clear(unit, Sort::Rate) if unit == "{}/s" => {
            noun(&name).map_or(Unit::Unsaid, |noun| Unit::Clear(format!("{{{noun}}}/s"), Sort::Rate))
        }
        unit => unit,
    };
    let polarity = polarity(&name, &unit);
    Metric { name, unit, scaled, polarity, labels: vec![] }
}

/// The last word of the object: `failed_request.count` counts requests.
fn noun(name: &str) -> Option<&str> {
    let object = name.rsplit_once('.')?.0;
    object.rsplit(['.', '_']).next().filter(|noun| unit::is_noun(noun))
}

/// Times, errors and jitter are better when lower, rates when higher (section 4 of the rules); all else is for the author.
pub(super) fn polarity(name: &str, unit: &Unit) -> &'static str {
    let parts: Vec<&str> = name.split(['.', '_']).collect();
    let has = |words: &[&str]| parts.iter().any(|part| words.contains(part));
    let sort = unit.sort();
    if has(&["stddev", "stderr", "cv", "range", "within", "elapsed", "run"]) {
        "unknown"
    } else if has(ERRORS)
        || sort == Some(Sort::Time)
        || has(&["latency", "jitter", "delay"]) && sort.is_none() && !name.ends_with(".count")
    {
        "lower"
    } else if matches!(sort, Some(Sort::Rate | Sort::Throughput))
        || has(&["throughput", "bandwidth", "iops"])
        || parts.contains(&"rate") && sort.is_none()
    {
        "higher"
    } else {
        "unknown"
    }
}

/// Words of settings, but for the time that one of them took and for errors.
fn is_setting(words: &[String], unit: &Unit) -> bool {
    let has = |all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
    let measured = has(&["time", "latency", "rate", "throughput", "utilized", "utilization", "usage"])
        || has(ERRORS)
        || matches!(unit.sort(), Some(Sort::Rate | Sort::Throughput));
    let last = words.last().is_some_and(|word| word == "runtime");
    last || has(SETTINGS) && !measured
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polarity_is_proposed_where_the_rules_have_one() {
        let clear = |unit: &str, sort| Unit::Clear(unit.to_owned(), sort);
        for (name, unit, polarity_of) in [
            ("request.latency.p99", clear("us", Sort::Time), "lower"),
            ("latency.stddev", clear("us", Sort::Time), "unknown"),
            ("elapsed", clear("s", Sort::Time), "unknown"),
            ("request.rate", clear("{request}/s", Sort::Rate), "higher"),
            ("throughput", Unit::Unsaid, "higher"),
            ("failed_request.count", Unit::Unsaid, "lower"),
            ("request.count", Unit::Unsaid, "unknown"),
            ("resident_set.size.max", Unit::Unsaid, "unknown"),
        ] {
            assert_eq!(polarity(name, &unit), polarity_of, "{name}");
        }
    }

    #[test]
    fn settings_versions_and_dates_are_no_metrics() {
        for (line, why) in [
            ("Running 2s test @ http://h/", Some("setting")),
            ("# Executed 20000 pipe operations", Some("setting")),
            ("bench (15.18 (Debian 15.18))", Some("version")),
            ("This is Bench, Version 2.3", Some("version")),
            ("built on: Fri Apr  3 12:29:32 2026 UTC", Some("date")),
            ("Processing: 5 ms", None),
            ("23542 requests in 2.03s", None),
        ] {
            assert_eq!(passed(&Line::new(0, line), "bench"), why, "{line}");
        }
        let role_of = |line: &str| role(&Line::new(0, line).key(0, ""), "", false);
        assert_eq!(role_of("number of threads: 1"), Role::Ignored("setting".to_owned()));
        assert!(matches!(role_of("initial connection time = 33 ms"), Role::Metric(_)));
        assert!(matches!(role_of("Req/Sec: 11.70k"), Role::Open(why) if why.contains("1024")));
    }
}
