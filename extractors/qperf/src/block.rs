use std::collections::{HashMap, HashSet};

use prill_core::MetricSink;
use prill_core::scan::Line;

use crate::measure::{self, Measure};

/// A test: its name, what it measured, and its settings where they are shown.
#[derive(Default)]
struct Block<'t> {
    test: &'t str,
    measures: Vec<(Measure, &'t str)>,
    settings: Vec<(&'t str, &'t str)>,
}

/// Keys and values of settings.
type Labels<'t> = Vec<(&'t str, &'t str)>;

/// The tests of a text. What tells two runs of one test apart is known when all were read.
#[derive(Default)]
pub(crate) struct Blocks<'t> {
    blocks: Vec<Block<'t>>,
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
    let (key, value) = line.strip_prefix("    ")?.split_once(" = ")?;
    let key = key.trim_end();
    (!key.is_empty() && !key.contains(' ')).then(|| (key, value.trim()))
}

/// What qperf says when it fails.
pub(crate) fn complaint(line: &str) -> bool {
    line.contains(": bad test; try: qperf ") || line.ends_with(": failed to connect") || line.starts_with("qperf: ")
}

/// Other errors, which only stand behind the name of a test.
fn error(line: &str) -> bool {
    ["failed", "error", "timed out", "not supported", "no address"].iter().any(|word| line.contains(word))
}

impl<'t> Blocks<'t> {
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) {
        if !line.ended {
            self.cut |= !line.trimmed().is_empty() && !self.blocks.is_empty();
            return out.ignore(line.text, "cut");
        }
        if let Some(test) = name(line.text) {
            self.blocks.push(Block { test, ..Block::default() });
        } else if let (Some((key, value)), Some(block)) = (row(line.text), self.blocks.last_mut()) {
            self.known = true;
            match Measure::of(key, value) {
                Some((measure, token)) => {
                    block.measures.push((measure, token));
                    return out.ignore(&value[token.len()..], "a unit");
                }
                None => block.settings.push((key, value)),
            }
        } else if complaint(line.trimmed()) || !self.blocks.is_empty() && error(line.text) {
            self.known = true;
            if !std::mem::replace(&mut self.failed, true) {
                out.tool_failed(line.trimmed(), format!("qperf says: {}", line.trimmed()));
            }
        }
        out.ignore(line.text, "setting or message");
    }

    /// Puts in what was measured. Of a test that comes again its settings that differ are labels (`-oo`), and else its number.
    pub(crate) fn put(&self, out: &mut MetricSink) {
        let differing = self.differing();
        let labels: Vec<_> = self.blocks.iter().map(|block| block.labels(&differing)).collect();
        let mut counts: HashMap<(&str, &Labels<'_>), (usize, usize)> = HashMap::new();
        for (block, labels) in self.blocks.iter().zip(&labels) {
            counts.entry((block.test, labels)).or_default().0 += 1;
        }
        for (block, labels) in self.blocks.iter().zip(&labels) {
            let (count, number) = counts.entry((block.test, labels)).or_default();
            *number += 1;
            let repetition = (*count > 1).then(|| number.to_string());
            for (measure, token) in &block.measures {
                let metric = measure.begin(out).label("test", block.test.to_owned());
                let metric = labels.iter().fold(metric, |metric, (key, value)| {
                    let key = if *key == "msg_size" { "message_size" } else { key };
                    metric.label(key, (*value).to_owned())
                });
                repetition.iter().fold(metric, |metric, number| metric.label("repetition", number.clone())).push(token);
            }
        }
    }

    /// The settings, by their tests, that are not the same in all runs of a test.
    fn differing(&self) -> HashSet<(&'t str, &'t str)> {
        let mut first: HashMap<(&str, &str), &str> = HashMap::new();
        let settings =
            self.blocks.iter().flat_map(|block| block.settings.iter().map(|(key, value)| ((block.test, *key), *value)));
        settings.filter(|(name, value)| *first.entry(*name).or_insert(value) != *value).map(|(name, _)| name).collect()
    }
}

impl<'t> Block<'t> {
    /// Its settings that tell it from other runs of its test.
    fn labels(&self, differing: &HashSet<(&'t str, &'t str)>) -> Labels<'t> {
        let is_label = |key: &str| measure::is_label(key) && differing.contains(&(self.test, key));
        let bare = |value: &'t str| value.split(" (").next().unwrap_or(value);
        self.settings.iter().filter(|(key, _)| is_label(key)).map(|(key, value)| (*key, bare(value))).collect()
    }
}
