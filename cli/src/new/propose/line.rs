//! A line with its numbers, and the words that say what each of them is.

use super::name::{self, Name};
use super::token::{Kind, Token, tokens};
use super::unit::{self, After, Sort, Unit};

/// A line of an output.
#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    /// Its place among the lines, from 0.
    pub(super) at: usize,
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token>,
    pub(super) numbers: Vec<Number>,
}

/// A number of a line, with the unit that stands behind it.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) after: After,
}

/// What the words near a number say of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) unit: Unit,
}

impl Number {
    /// Where the unit ends.
    pub(super) fn last(&self) -> usize {
        self.end + self.after.len
    }

    /// The place of the word of the unit.
    pub(super) fn unit_word(&self) -> (usize, usize) {
        (self.end + self.after.word.0, self.end + self.after.word.1)
    }
}

impl<'t> Line<'t> {
    pub(super) fn new(at: usize, text: &'t str) -> Self {
        let tokens = ordinal(text, tokens(text));
        let of = |token: &Token| Number { start: token.start, end: token.end, after: unit::after(&text[token.end..]) };
        let numbers = tokens.iter().filter(|token| token.kind == Kind::Number).map(of).collect();
        Self { at, text, tokens, numbers }
    }

    pub(super) fn token(&self, number: &Number) -> &'t str {
        &self.text[number.start..number.end]
    }

    /// Whether it may stand above others: it has words, and no number with a unit.
    pub(super) fn is_heading(&self) -> bool {
        self.has_words() && self.numbers.iter().all(|number| number.after.unit == Unit::Unsaid)
    }

    pub(super) fn has_words(&self) -> bool {
        self.tokens.iter().any(|token| token.kind == Kind::Word && token.text(self.text).chars().any(char::is_alphabetic))
    }

    pub(super) fn indent(&self) -> usize {
        self.text.find(char::is_alphanumeric).unwrap_or(self.text.len())
    }

    /// The text between the number before (or the start of the line) and this one.
    pub(super) fn left(&self, index: usize) -> &'t str {
        let from = index.checked_sub(1).map_or(0, |before| self.numbers[before].last());
        &self.text[from.min(self.numbers[index].start)..self.numbers[index].start]
    }

    /// The text between this number and the one that follows (or the end of the line).
    pub(super) fn right(&self, index: usize) -> &'t str {
        let to = self.numbers.get(index + 1).map_or(self.text.len(), |next| next.start);
        &self.text[self.numbers[index].last().min(to)..to]
    }

    /// How many numbers from `index` on are separated by slashes, or by what means the same: `1.5 us / 2 us`.
    pub(super) fn slashed(&self, index: usize) -> usize {
        let between = |at: &usize| matches!(self.right(*at).trim(), "/" | "\u{b1}" | "\u{2026}" | "...");
        1 + (index..self.numbers.len() - 1).take_while(between).count()
    }

    /// `clat (usec)` in `clat (usec): min=5, max=9`: what the numbers of the line are of.
    pub(super) fn object(&self) -> Option<&'t str> {
        let (object, rest) = self.left(0).trim().rsplit_once(": ")?;
        (object.contains(char::is_alphabetic) && !rest.is_empty()).then_some(object)
    }

    /// `requests` in `requests: 500 total, 3 failed`: what all numbers of the line count.
    pub(super) fn counted(&self) -> Option<&'t str> {
        let key = self.left(0).trim().strip_suffix(':').filter(|_| self.numbers.len() > 1)?;
        let plain = key.chars().all(|c| c.is_alphabetic() || c == ' ');
        (plain && (0..self.numbers.len()).all(|index| self.noun(index).is_some())).then_some(key)
    }

    /// The words right behind a number.
    pub(super) fn noun(&self, index: usize) -> Option<String> {
        let right = self.right(index);
        let last = self.numbers.len() - 1;
        let words_only = right.split_whitespace().all(|word| word.chars().all(char::is_alphabetic) && !STOPS.contains(&word));
        if index < last && words_only && self.right(last).trim().is_empty() && self.left(0).contains(char::is_alphabetic) {
            // Of `message 0 worker 0` the words before a number are its own.
            return None;
        }
        // Across a wide gap stands another column.
        if index > 0 && right.starts_with("    ") {
            return None;
        }
        Some(follows(right, index + 1 < self.numbers.len())).filter(|noun| !noun.is_empty())
    }

    /// What the words of the line say of the number: those before a `:` or `=`, else those that follow, else those before.
    pub(super) fn key(&self, index: usize, prefix: &str) -> Key {
        let left = self.left(index);
        let left = if index == 0 { left.trim_start().strip_prefix(prefix).unwrap_or(left) } else { left };
        let printed = self.numbers[index].after.unit.clone();
        let before = &self.text[..self.numbers[index].start];
        if is_quoted(before) {
            return Key::default();
        }
        if let Some(text) = assigned(left) {
            return self.assigned(index, text, printed);
        }
        let noun = self.noun(index).unwrap_or_default();
        if let (Unit::Clear(_, Sort::Rate), (from, to)) = (&printed, self.numbers[index].unit_word())
            && noun.is_empty()
        {
            let text = &self.text[from..to];
            // `operations: 500 (12.5 per second)`.
            let earlier = index.checked_sub(1).filter(|_| text.starts_with("per ")).map(|before| self.key(before, prefix).text);
            return Key { text: earlier.unwrap_or_else(|| text.to_owned()), unit: printed };
        }
        // In `port 80 connected` the word before the number is what it is.
        let done =
            noun.ends_with("ed") && !noun.contains(' ') && left.ends_with(' ') && left.trim_end().ends_with(char::is_alphabetic);
        if !noun.is_empty() {
            let text = if done { self.firm(index, segment(left).trim_end()).to_owned() } else { noun };
            return Key { text, unit: printed };
        }
        let (from, to) = self.numbers[index].unit_word();
        if let (Some((_, each)), false) =
            (self.text[from..to].split_once('/'), matches!(printed.sort(), Some(Sort::Throughput | Sort::Rate)))
        {
            return Key { text: each.to_owned(), unit: printed };
        }
        let text = self.firm(index, segment(left).trim_end());
        if is_remark(before, text, printed.sort()) {
            return Key::default();
        }
        let took = ["in", "took", "after"].iter().any(|word| text.ends_with(&format!(" {word}")) || text == *word);
        let listed = left.trim_end().ends_with(',');
        let alone = self.numbers.len() == 1 || index == 0 && &self.text[self.unit_word(index)] == "bytes";
        match printed.sort() {
            Some(Sort::Time) if took => Key { text: String::new(), unit: printed },
            Some(Sort::Bytes) if text.is_empty() && self.is_first(index, Sort::Bytes) => {
                Key { text: String::new(), unit: printed }
            }
            Some(Sort::Time | Sort::Bytes) if text.is_empty() && !listed && !alone => Key::default(),
            // A number with no unit is what the words before it say only when nothing else is in the line.
            None if printed == Unit::Unsaid && !(alone && self.right(index).trim().is_empty()) && !text.ends_with(" is") => {
                Key::default()
            }
            _ => Key { text: text.to_owned(), unit: printed },
        }
    }

    /// What `text`, which stands before a `:` or `=`, says of the number, with the remark or the noun behind it.
    fn assigned(&self, index: usize, text: &str, printed: Unit) -> Key {
        let (text, in_key) = unit_in(text);
        // `Time per request: 0.1 [ms] (mean)`.
        let remark = self.right(index).trim_start().strip_prefix('(').and_then(|r| r.split([',', ')']).next());
        let stat = remark.filter(|word| name::stat(word).is_some() && name::of(text, None).stat.is_none());
        let text = stat.map_or_else(|| text.to_owned(), |stat| format!("{text} {stat}"));
        // `done: 5120 requests`.
        let unsaid = printed == Unit::Unsaid && in_key == Unit::Unsaid && self.numbers.len() == 1;
        let counted = self.noun(index).filter(|noun| unsaid && !noun.contains(' ') && name::singular(noun) != *noun);
        let text = counted.map_or(text.clone(), |noun| format!("{text} {noun}"));
        Key { text, unit: join(printed, in_key) }
    }

    /// The part of `text`, which stands before a number, behind what is another text in the next run, units aside.
    fn firm(&self, index: usize, text: &'t str) -> &'t str {
        let start = self.numbers[index].start;
        let loose = self.tokens.iter().rev().find(|token| token.kind == Kind::Loose && token.end <= start);
        let Some(loose) = loose.filter(|loose| text.contains(loose.text(self.text))) else { return text };
        let rest = text.split(loose.text(self.text)).last().unwrap_or_default().trim();
        if unit::of_word(rest) == Unit::Unsaid { rest } else { "" }
    }

    /// Whether no number before this one has a unit of the kind.
    fn is_first(&self, index: usize, sort: Sort) -> bool {
        self.numbers[..index].iter().all(|number| number.after.unit.sort() != Some(sort))
    }

    fn unit_word(&self, index: usize) -> std::ops::Range<usize> {
        let (from, to) = self.numbers[index].unit_word();
        from..to
    }
}

/// `(ext4 /dev/vda 252.0 GiB)`, `5 B (0.5 KiB)`: a remark on something, the same number once more. `(5 MiB/s)` is another one.
fn is_remark(before: &str, text: &str, sort: Option<Sort>) -> bool {
    let open = before.matches('(').count() > before.matches(')').count();
    let again = !text.contains(char::is_alphabetic) && sort != Some(Sort::Throughput);
    open && (text.contains('/') || again)
}

/// `'sleep 2'`: a number in a quotation. An apostrophe opens none.
fn is_quoted(before: &str) -> bool {
    let opened = |quote: char| {
        let opens =
            |(at, _): &(usize, &str)| before[..*at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(' || c == '=');
        let last = before.match_indices(quote).rfind(opens);
        last.is_some_and(|(at, _)| at + 1 < before.len() && !before[at + 1..].contains(quote))
    };
    opened('"') || opened('\'')
}

/// `50.0th: 15` and `* 99.0th: 16`: the percentile of a row is a number.
fn ordinal(text: &str, mut tokens: Vec<Token>) -> Vec<Token> {
    let Some(at) = tokens.iter().position(|token| token.kind != Kind::Space && token.text(text) != "*") else { return tokens };
    let (word, next) = (tokens[at], tokens.get(at + 1).map(|token| token.text(text)));
    let digits = word.text(text).strip_suffix("th").filter(|digits| prill_core::scan::number::is_token(digits));
    if let (Some(digits), Some(":")) = (digits, next) {
        let end = word.start + digits.len();
        tokens[at] = Token { kind: Kind::Number, end, ..word };
        tokens.insert(at + 1, Token { kind: Kind::Word, start: end, end: word.end });
    }
    tokens
}

impl Key {
    pub(super) fn name(&self) -> Name {
        name::of(&self.text, self.unit.sort())
    }
}

/// The key of `left`, which ends with `:`, `=` or what means the same.
fn assigned(left: &str) -> Option<&str> {
    let text = left.trim_end();
    let key = ["<=", ">=", "==", ":", "="].iter().find_map(|sign| text.strip_suffix(sign))?;
    // `2 clients max_latency=5`.
    let glued = text == left && left.ends_with('=') && !key.ends_with(' ');
    let key = if glued { key.rsplit([' ', '\t']).next().unwrap_or(key) } else { key };
    let key = key.trim_end_matches([' ', '"', '\'']);
    // Of `read, MiB/s:` all, and of `p50=5, max=` the last part.
    let last = segment(key);
    let key = if unit::of_word(last) == Unit::Unsaid { last } else { key };
    // Of `Summary: rate =` the part after the colon.
    let key = key.rsplit(": ").next().unwrap_or(key).trim();
    key.chars().any(char::is_alphabetic).then_some(key)
}

/// The part of a text after its last separator.
fn segment(text: &str) -> &str {
    let mut depth = 0usize;
    let mut from = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '|' | '#' if depth == 0 && text[at..].len() > 1 => from = at + 1,
            _ => {}
        }
    }
    let last = text[from..].trim_matches([' ', '\t', ',', ';']);
    // An open bracket starts anew.
    last.rsplit(['(', '[']).next().filter(|_| depth > 0).unwrap_or(last)
}

/// Words that end what a number counts.
const STOPS: &[&str] = &["in", "of", "at", "and", "from", "to", "with", "after", "for", "among"];

/// The words that follow a number and belong to it.
fn follows(right: &str, more: bool) -> String {
    let end = right.find([',', ';', '|', ':', '(', '[', '#', '=', '<', ')', ']', '"']);
    let (mut text, sign) = match end {
        Some(end) => (right[..end].to_owned(), right[end..].chars().next()),
        None => (right.to_owned(), None),
    };
    if !text.starts_with([' ', '\t']) && !text.starts_with(char::is_alphabetic) {
        return String::new();
    }
    // In `5 clients latency=3` the last word belongs to the next number.
    if matches!(sign, Some('=' | ':')) {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        words.pop();
        text = words.join(" ");
    }
    let stop = |word: &&str| !STOPS.contains(word);
    let words: Vec<&str> = text.split_whitespace().take_while(stop).collect();
    let ends = !more && words.len() + 1 == text.split_whitespace().count();
    // `7 records in` at the end of a line, as against `7 records in 5 s`.
    let way = text.split_whitespace().last().filter(|last| ends && ["in", "out"].contains(last)).unwrap_or_default();
    let way = if !more && words.last() == Some(&"out") { "out" } else { way };
    let noun: Vec<&str> = words.into_iter().filter(|word| *word != "out").map(|word| word.trim_end_matches('.')).collect();
    let plain = |word: &&str| {
        word.starts_with(char::is_alphanumeric) && word.chars().all(|c| c.is_alphanumeric() || "_-/.'%".contains(c))
    };
    if !noun.iter().all(plain) || noun.len() > 4 || !noun.iter().any(|word| word.contains(char::is_alphabetic)) {
        return String::new();
    }
    let noun = noun.join(" ");
    if way.is_empty() { noun } else { format!("{way}put {noun}") }
}

/// The unit that a key says, and the key without it: `User time (seconds)`, `Transfer/sec`, `avg_latency_ms`.
pub(super) fn unit_in(text: &str) -> (&str, Unit) {
    if let Some(noun) = ["_per_second", "_per_sec"].iter().find_map(|per| text.strip_suffix(per)) {
        let noun = noun.rsplit('_').next().unwrap_or(noun);
        return (text, unit::of_word(&format!("{noun}/s")));
    }
    if let Unit::Clear(unit, Sort::Bytes) = unit::of_word(text) {
        // `MiB: 16`.
        return ("", Unit::Clear(unit, Sort::Bytes));
    }
    if let Some(at) = text.find(['(', '[']) {
        let inner = text[at + 1..].split([')', ']']).next().unwrap_or_default();
        let unit = unit::of_word(inner.trim_start_matches("in ").trim());
        if unit != Unit::Unsaid {
            return (text[..at].trim_end(), unit);
        }
    }
    let last = text.rsplit(' ').next().unwrap_or(text);
    let second = text.ends_with(" per second") || last.ends_with("/s") || last.ends_with("/sec") || last.ends_with("/Sec");
    let short = matches!(last.to_ascii_lowercase().as_str(), "tps" | "rps" | "qps" | "eps" | "iops");
    if second || short {
        let unit = a_second(text, last);
        let whole = unit.sort() != Some(Sort::Throughput);
        return (if whole { text } else { text[..text.len() - last.len()].trim_end_matches([' ', ',']) }, unit);
    }
    if let Some((key, last)) = text.rsplit_once(['_', ' ']) {
        let unit = unit::of_word(last);
        let of_time = unit.sort() == Some(Sort::Time) && last.len() > 1;
        if of_time || matches!(unit.sort(), Some(Sort::Throughput)) || matches!(unit, Unit::Unclear(..)) {
            return (key.strip_suffix(" in").unwrap_or(key), unit);
        }
    }
    (text, Unit::Unsaid)
}

/// What is counted in `Requests/sec`, `Requests per second` and `tps`.
fn a_second(text: &str, last: &str) -> Unit {
    let noun = match last.to_ascii_lowercase().as_str() {
        "tps" => "transaction",
        "rps" => "request",
        "qps" => "query",
        "eps" => "event",
        "iops" => "io",
        _ => match text.strip_suffix(" per second") {
            Some(before) => before.rsplit(' ').next().unwrap_or(before),
            None => last.split('/').next().unwrap_or(last),
        },
    };
    unit::counted_in_key(noun)
}

/// The unit of a number whose key says one too.
fn join(printed: Unit, in_key: Unit) -> Unit {
    match (&printed, &in_key) {
        (Unit::Unsaid, _) => in_key,
        // `Requests per second: 5 [#/sec]`.
        (Unit::Clear(unit, _), Unit::Clear(..)) if unit == "{}/s" => in_key,
        (_, Unit::Clear(_, Sort::Rate | Sort::Throughput)) if !matches!(printed.sort(), Some(Sort::Rate | Sort::Throughput)) => {
            printed.per_second()
        }
        _ => printed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let line = Line::new(0, text);
        let shown = |index| {
            let key = line.key(index, "");
            let unit = match &key.unit {
                Unit::Clear(unit, _) => unit.clone(),
                Unit::Unsaid => "-".to_owned(),
                other => format!("{other:?}").split('(').next().unwrap_or_default().to_owned(),
            };
            format!("{} {unit}", key.name().full("value"))
        };
        (0..line.numbers.len()).map(shown).collect()
    }

    #[test]
    fn a_number_is_named_by_the_words_that_belong_to_it() {
        for (line, expected) in [
            ("Requests/sec:   3417.75", &["request.rate {request}/s"][..]),
            ("Transfer/sec:    326.74MB", &["transfer.rate Unclear"]),
            ("Transfer/sec:    326.74KiB", &["transfer.rate KiB/s"]),
            ("Mops/s: 5", &["mops.rate Scaled"]),
            ("  10354 requests in 3.03s, 0.97GB read", &["request.count -", "elapsed s", "read.bytes Unclear"]),
            (
                "19 requests completed in 16.2 ms, 76 KiB read, 1.17 k iops, 4.58 MiB/s",
                &["request.count -", "elapsed ms", "read.bytes KiB", "iops Scaled", "throughput MiB/s"],
            ),
            ("Time per request:       0.106 [ms] (mean, across all)", &["request.time.mean ms"]),
            ("Requests per second:    9428.45 [#/sec] (mean)", &["request.rate.mean {request}/s"]),
            ("Total operations: 2097152 (1729264.34 per second)", &["operation.count -", "operation.rate {}/s"]),
            ("2048.00 MiB transferred (1688.73 MiB/sec)", &["transferred.bytes MiB", "throughput MiB/s"]),
            ("read, MiB/s:   2261.39", &["read.throughput MiB/s"]),
            ("local 127.0.0.1 port 47407 connected to 127.0.0.1 port 15201", &["port -", "value -"]),
            ("counter stats for 'sleep 0.2 i=5':", &["value -", "value -"]),
            ("tps = 666.425092 (without initial connection time)", &["transaction.rate {transaction}/s"]),
            ("latency average = 3.001 ms", &["latency.mean ms"]),
            ("SET: 48076.92 requests per second, p50=0.567 msec", &["set.rate {request}/s", "value.p50 ms"]),
            ("7+0 records in", &["value -", "input_record.count -"]),
            ("x bytes_per_second=36.25G/s", &["second.bytes Scaled"]),
            ("Benchmark 1: sleep 0.05", &["value -", "value -"]),
            ("\tMaximum resident set size (kbytes): 1676", &["resident_set.size.max Unclear"]),
            ("\tUser time (seconds): 0.00", &["user.time s"]),
            (
                "Throughput 12.5 MB/sec  2 clients  max_latency=5.1 ms",
                &["throughput Unclear", "client.count -", "latency.max ms"],
            ),
            ("requests: 500 total, 0 failed, 0 timeout", &["request.count -", "failed -", "timeout -"]),
        ] {
            assert_eq!(keys(line), expected, "{line}");
        }
    }
}
