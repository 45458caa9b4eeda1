//! The JSON of `-j`, in the three shapes that its first months saw, all of May 2025.
//!
//! `{"schbench": {"wakeup_latency": {"percentiles": {"50.0": 24}, "min": 2}}}`, then flat keys such as
//! `wakeup_latency_pct50.0` under `normal`, then the same keys under `int`. There are no sample counts in it.

use prill_core::diagnostic::code;
use prill_core::scan::json::{Document, End, Kind, Node, ProblemKind, Str, documents};
use prill_core::scan::{Printed, Search, Span, percentile, unit};
use prill_core::{ExtractError, MetricSink, Polarity, Text};

use crate::header::REQUEST_RATE;
use crate::table::{bucket, is_first_rate};

/// What the documents of a text say, and where they are.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the text, in order.
    pub(crate) spans: Vec<Span>,
    /// How the one that counts ends, when it does not end whole.
    pub(crate) error: Option<ExtractError>,
}

/// True for text with a document that only schbench prints.
pub(crate) fn is_here(text: &str) -> bool {
    text.contains('{') && (text.has("\"wakeup_latency_pct") || text.has("{\"schbench\": {\"version\": "))
}

/// Reads the last whole document of schbench in `text`.
pub(crate) fn read(text: &Text<'_>, out: &mut MetricSink) -> Found {
    let all = text.as_str();
    // A table has no brace, and looking for one is all that JSON costs it.
    if memchr::memchr(b'{', all.as_bytes()).is_none() {
        return Found::default();
    }
    let ours: Vec<(Span, End)> = documents(all).into_iter().filter(|(span, _)| is_ours(&all[span.start..span.end])).collect();
    let whole = ours.iter().rposition(|(_, end)| *end == End::Whole);
    let Some(chosen) = whole.or(ours.len().checked_sub(1)) else { return Found::default() };
    leave_out(all, &ours, chosen, out);
    let (span, end) = ours[chosen];
    let document = Document::at(all, span.start);
    say(&document, all, out);
    if let Some(root) = document.root() {
        write(root, out);
    }
    let at = |at: usize| text.offset() + at;
    let error = match end {
        End::Whole => None,
        End::Truncated { at: byte } => Some(ExtractError::Truncated { at: at(byte) }),
        End::Broken { at: byte, expected } => Some(ExtractError::Malformed { at: at(byte), expected: expected.to_string() }),
    };
    Found { spans: ours.into_iter().map(|(span, _)| span).collect(), error }
}

fn is_ours(document: &str) -> bool {
    let start: String = document.chars().filter(|c| !c.is_whitespace()).take(24).collect();
    document.has("\"wakeup_latency")
        || ["{\"schbench\":{", "{\"normal\":{\"version\":", "{\"int\":{\"time\":"].iter().any(|ours| start.starts_with(ours))
}

fn leave_out(text: &str, ours: &[(Span, End)], chosen: usize, out: &mut MetricSink) {
    let others: Vec<&str> =
        ours.iter().enumerate().filter(|(i, _)| *i != chosen).map(|(_, (span, _))| &text[span.start..span.end]).collect();
    let Some(first) = others.first() else { return };
    let from = out.span_of(first).start;
    let message =
        format!("{} documents of schbench: the last whole one counts; the first passed over starts at byte {from}", ours.len());
    out.warn(code::SEVERAL_DOCUMENTS, &first[..1], message);
    for other in others {
        out.ignore(other, "an earlier run in the same output");
    }
}

fn say(document: &Document<'_>, text: &str, out: &mut MetricSink) {
    for problem in document.problems().iter() {
        let (code, what) = match problem.kind {
            ProblemKind::DuplicateKey { .. } => (code::DUPLICATE_KEY, "the key stands twice in its object: this one counts"),
            ProblemKind::NotFinite | ProblemKind::TooLarge => (code::NOT_FINITE, "no finite number: no metric"),
            ProblemKind::TrailingComma => (code::LENIENT_JSON, "a comma before a closing bracket"),
            ProblemKind::UnescapedQuote => (code::LENIENT_JSON, "a quote in a string that schbench did not escape"),
            ProblemKind::Malformed { .. } => (code::MALFORMED, "something that is not JSON: read past"),
            // How the document ends, and other documents, are said elsewhere.
            _ => continue,
        };
        out.warn(code, text.get(problem.span.start..problem.span.end).unwrap_or_default(), what);
    }
}

/// The tables that a document may hold: key, metric, printed unit, direction.
const TABLES: &[(&str, &str, Printed, Polarity)] = &[
    ("wakeup_latency", "wakeup.latency", unit::US, Polarity::Lower),
    ("request_latency", "request.latency", unit::US, Polarity::Lower),
    ("rps", "request.rate", REQUEST_RATE, Polarity::Higher),
];

fn write(root: Node<'_, '_>, out: &mut MetricSink) {
    let groups: Vec<Node<'_, '_>> = root.members().map(|(_, group)| group).filter(|group| group.kind() == Kind::Object).collect();
    for &(key, name, printed, polarity) in TABLES {
        let table = Table { name, printed, polarity };
        let stats: Vec<Stat<'_, '_>> = groups.iter().flat_map(|group| nested(*group, key).chain(flat(*group, key))).collect();
        table.write(&stats, out);
    }
    for (key, node) in groups.iter().flat_map(|group| group.members()) {
        match node.kind() {
            Kind::Number if key == *"runtime" => {
                out.metric("runtime").unit(unit::SECOND).informational().push(node.text());
            }
            Kind::Number if key == *"time" => out.ignore(node.text(), "the time of day"),
            Kind::String => out.ignore(node.text(), "a name, a version or the command"),
            _ => {}
        }
    }
}

struct Stat<'d, 't> {
    key: Str<'t>,
    stat: String,
    node: Node<'d, 't>,
}

/// The members of `{"percentiles": {"50.0": 24}, "min": 2, "max": 9}` under `key`.
fn nested<'d, 't>(group: Node<'d, 't>, key: &str) -> impl Iterator<Item = Stat<'d, 't>> + use<'d, 't> {
    let table = group.get(key);
    let percentiles = table.and_then(|table| table.get("percentiles")).into_iter().flat_map(Node::members);
    let percentiles = percentiles.filter_map(|(key, node)| Some(Stat { key, stat: percentile::stat(&key.text())?, node }));
    let extremes = table.into_iter().flat_map(Node::members);
    percentiles.chain(extremes.filter_map(|(key, node)| Some(Stat { key, stat: extreme(&key.text())?, node })))
}

/// The members `wakeup_latency_pct50.0`, `wakeup_latency_min` and so on.
fn flat<'d, 't>(group: Node<'d, 't>, table: &str) -> impl Iterator<Item = Stat<'d, 't>> + use<'d, 't> {
    let start = format!("{table}_");
    group.members().filter_map(move |(key, node)| {
        let said = key.text();
        let rest = said.strip_prefix(&start)?;
        let stat = rest.strip_prefix("pct").map_or_else(|| extreme(rest), percentile::stat)?;
        Some(Stat { key, stat, node })
    })
}

fn extreme(key: &str) -> Option<String> {
    ["min", "max"].contains(&key).then(|| key.to_owned())
}

struct Table {
    name: &'static str,
    printed: Printed,
    polarity: Polarity,
}

impl Table {
    fn write(&self, stats: &[Stat<'_, '_>], out: &mut MetricSink) {
        for stat in stats {
            out.ignore(stat.key.raw(), "the name of a percentile");
        }
        // A sample is at least 1, so a maximum of 0 is one that nothing set.
        if let Some(max) = stats.iter().find(|stat| stat.stat == "max" && stat.node.text() == "0") {
            return self.empty(stats, max, out);
        }
        let one = self.printed.scale.factor();
        for Stat { stat, node, .. } in stats.iter().filter(|stat| stat.node.kind() == Kind::Number) {
            let step = if stat.starts_with('p') { bucket(node.text()) } else { 1.0 };
            let emit = out.metric(self.name).stat(stat).unit(self.printed).polarity(self.polarity);
            let exact = is_first_rate(Some(self.printed), node.text());
            let emit = if exact { emit } else { emit.resolution(step * one) };
            emit.push(node.text());
        }
    }

    fn empty(&self, stats: &[Stat<'_, '_>], max: &Stat<'_, '_>, out: &mut MetricSink) {
        let names: Vec<String> = stats.iter().map(|stat| format!("{}.{}", self.name, stat.stat)).collect();
        let message = format!("the maximum is 0, so there are no samples: no value for {}", names.join(", "));
        out.warn(code::NO_SAMPLES, max.node.text(), message);
        for stat in stats {
            out.ignore(stat.node.text(), "a zero of a table without samples");
        }
    }
}
