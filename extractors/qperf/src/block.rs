use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

use prill_core::MetricSink;
use prill_core::extract::{LabelSet, Series};
use prill_core::scan::{Line, Search};

use crate::measure::{self, Measure};

/// A test: its name, and which numbers and settings are its own, of those of all tests.
struct Block<'t> {
    test: &'t str,
    numbers: Range<usize>,
    settings: Range<usize>,
}

/// Keys and values of settings.
type Labels<'t> = Vec<(&'t str, &'t str)>;

/// What a key measures whose numbers have a word behind them.
struct Kind<'t> {
    key: &'t str,
    word: &'t str,
    measure: Measure,
    series: Option<Series>,
    /// The first kind with the same labels.
    labels: usize,
}

/// The tests of a text. What tells two runs of one test apart is known when all were read.
#[derive(Default)]
pub(crate) struct Blocks<'t> {
    blocks: Vec<Block<'t>>,
    kinds: Vec<Kind<'t>>,
    /// The kind after the last one: tests are alike.
    next: usize,
    /// What all tests measured, each with its kind.
    numbers: Vec<(usize, &'t str)>,
    settings: Vec<(&'t str, &'t str)>,
    failed: bool,
    /// The text ends within a line.
    pub(crate) cut: bool,
    /// Some line was qperf's.
    pub(crate) known: bool,
}

/// The name that begins a test: `tcp_bw:`.
pub(crate) fn name(line: &str) -> Option<&str> {
    let name = line.trim_end().strip_suffix(':')?;
    let is_name = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    (is_name && (name.contains('_') || ["conf", "quit"].contains(&name))).then_some(name)
}

/// `    bw              =   719 MB/sec`: a key, and the text of its value.
pub(crate) fn row(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix("    ")?;
    let is_alone = |at: usize| line[..at].ends_with(' ') && line[at + 1..].starts_with(' ');
    let at = line.match_indices('=').map(|(at, _)| at).find(|at| is_alone(*at))?;
    let (key, value) = (line[..at].trim_end(), &line[at + 1..]);
    (!key.is_empty() && !key.contains(' ')).then(|| (key, value.trim()))
}

/// What qperf says when it fails.
pub(crate) fn complaint(line: &str) -> bool {
    line.has(": bad test; try: qperf ") || line.ends_with(": failed to connect") || line.starts_with("qperf: ")
}

/// Other errors, which only stand behind the name of a test.
fn error(line: &str) -> bool {
    ["failed", "error", "timed out", "not supported", "no address"].iter().any(|word| line.has(word))
}

impl<'t> Blocks<'t> {
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        if !line.ended {
            self.cut |= !line.trimmed().is_empty() && !self.blocks.is_empty();
            return out.ignore(line.text, "cut");
        }
        if let Some(test) = name(line.text) {
            let (number, setting) = (self.numbers.len(), self.settings.len());
            self.blocks.push(Block { test, numbers: number..number, settings: setting..setting });
        } else if let (Some((key, value)), false) = (row(line.text), self.blocks.is_empty()) {
            self.known = true;
            if let Some(token) = self.row(key, value) {
                return out.ignore(&value[token.len()..], "a unit");
            }
        } else if complaint(line.trimmed()) || !self.blocks.is_empty() && error(line.text) {
            self.known = true;
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(line.trimmed(), format!("qperf says: {}", line.trimmed()));
            }
        }
        out.ignore(line.text, "setting or message");
    }

    /// Keeps what a row says; gives the number of one that measures something.
    fn row(&mut self, key: &'t str, value: &'t str) -> Option<&'t str> {
        let found = measure::number_and_word(value).and_then(|(token, word)| Some((self.kind(key, word)?, token)));
        match found {
            Some(number) => self.numbers.push(number),
            None => self.settings.push((key, value)),
        }
        if let Some(block) = self.blocks.last_mut() {
            (block.numbers.end, block.settings.end) = (self.numbers.len(), self.settings.len());
        }
        found.map(|(_, token)| token)
    }

    /// Which kind of number `key` with `word` behind it is; `None` for a setting.
    fn kind(&mut self, key: &'t str, word: &'t str) -> Option<usize> {
        let is = |kind: &Kind<'_>| kind.key == key && kind.word == word;
        let at = match self.kinds.get(self.next) {
            Some(kind) if is(kind) => self.next,
            _ => self.kinds.iter().position(is).or_else(|| self.new_kind(key, word))?,
        };
        self.next = at + 1;
        Some(at)
    }

    fn new_kind(&mut self, key: &'t str, word: &'t str) -> Option<usize> {
        let (measure, at) = (Measure::of(key, word)?, self.kinds.len());
        let labels = self.kinds.iter().position(|kind| kind.measure.labels() == measure.labels()).unwrap_or(at);
        self.kinds.push(Kind { key, word, measure, series: None, labels });
        Some(at)
    }

    /// Puts in what was measured. Of a test that comes again its settings that differ are labels (`-oo`), and else its number.
    pub(crate) fn put(&mut self, out: &mut MetricSink) {
        let differing = self.differing();
        let labels: Vec<_> = self.blocks.iter().map(|block| block.labels(&self.settings, &differing)).collect();
        let mut counts: HashMap<(&str, &Labels<'_>), (usize, usize)> = HashMap::new();
        for (block, labels) in self.blocks.iter().zip(&labels) {
            counts.entry((block.test, labels)).or_default().0 += 1;
        }
        let (mut repetition, mut sets) = (String::new(), vec![None; self.kinds.len()]);
        for (block, labels) in self.blocks.iter().zip(&labels) {
            let (count, number) = counts.entry((block.test, labels)).or_default();
            *number += 1;
            repetition.clear();
            if *count > 1 {
                let _ = write!(repetition, "{number}");
            }
            sets.fill(None);
            for (kind, token) in &self.numbers[block.numbers.clone()] {
                let kind = &mut self.kinds[*kind];
                let begin = || set(kind.measure.labels(), block.test, labels, &repetition, out);
                let set: LabelSet = *sets[kind.labels].get_or_insert_with(begin);
                let series = kind.series.get_or_insert_with(|| kind.measure.series(out));
                out.push(series.labels(set), token);
            }
        }
    }

    /// The settings, by their tests, that are not the same in all runs of a test.
    fn differing(&self) -> HashSet<(&'t str, &'t str)> {
        let mut first: HashMap<(&str, &str), &str> = HashMap::new();
        let settings = self
            .blocks
            .iter()
            .flat_map(|block| self.settings[block.settings.clone()].iter().map(|(key, value)| ((block.test, *key), *value)));
        settings.filter(|(name, value)| *first.entry(*name).or_insert(value) != *value).map(|(name, _)| name).collect()
    }
}

/// The labels of a number: those of its kind, those of its test, and which run of the test it is of, unless that is empty.
fn set(kind: [Option<(&str, &str)>; 3], test: &str, settings: &Labels<'_>, repetition: &str, out: &mut MetricSink) -> LabelSet {
    let settings = settings.iter().map(|(key, value)| (if *key == "msg_size" { "message_size" } else { *key }, *value));
    let repetition = Some(("repetition", repetition)).filter(|(_, number)| !number.is_empty());
    let labels = kind.into_iter().flatten().chain([("test", test)]).chain(settings).chain(repetition);
    // The sink need not sort them then.
    let mut labels: Labels<'_> = labels.collect();
    labels.sort_by_key(|(key, _)| *key);
    out.labels(labels)
}

impl<'t> Block<'t> {
    /// Its settings that tell it from other runs of its test.
    fn labels(&self, settings: &[(&'t str, &'t str)], differing: &HashSet<(&'t str, &'t str)>) -> Labels<'t> {
        let is_label = |key: &str| measure::is_label(key) && differing.contains(&(self.test, key));
        let settings = settings[self.settings.clone()].iter().filter(|(key, _)| is_label(key));
        settings.map(|(key, value)| (*key, measure::before_bracket(value))).collect()
    }
}
