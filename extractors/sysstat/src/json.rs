//! The JSON of `-o JSON`: `{"sysstat": {"hosts": [{..., "statistics": [...]}]}}`.

use prill_core::diagnostic::code;
use prill_core::scan::json::{Document, End, Kind, Node, documents};
use prill_core::scan::{Search, Span};
use prill_core::{ExtractError, MetricSink, Text};

use crate::column::{CPU_MODES, Column, DEVICE, Quantity, find, is_zero, requests};
use crate::mpstat::{INTERRUPTS, SOFTIRQS};
use crate::said::Said;

/// The parts of a report, each with what it is made of.
pub(crate) type Parts = [(&'static str, Part)];

/// What a part of a report is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    /// An object of shares of processor time, or a list of them, each with the label of this key.
    Load(&'static str),
    /// A list of devices.
    Disks,
    /// A list of processors, each with its interrupts.
    Interrupts(Quantity),
    /// A list of processors, each with the sum of its interrupts.
    Sums,
}

/// `write_json_*` in `iostat.c`.
pub(crate) const IOSTAT: [(&str, Part); 2] = [("avg-cpu", Part::Load("")), ("disk", Part::Disks)];

/// `write_json_*` in `mpstat.c`.
pub(crate) const MPSTAT: [(&str, Part); 5] = [
    ("cpu-load", Part::Load("cpu")),
    ("node-load", Part::Load("node")),
    ("sum-interrupts", Part::Sums),
    ("individual-interrupts", Part::Interrupts(INTERRUPTS)),
    ("soft-interrupts", Part::Interrupts(SOFTIRQS)),
];

/// pidstat and sar have no JSON.
pub(crate) const NONE: [(&str, Part); 0] = [];

/// Whether `text` has a report of these parts.
pub(crate) fn is_here(text: &str, parts: &Parts) -> bool {
    text.has("\"sysstat\"") && parts.iter().any(|(key, _)| text.contains(&format!("\"{key}\":")))
}

/// Reads the last document with a report of these parts; `None` when there is none.
pub(crate) fn read(text: &Text<'_>, parts: &Parts, out: &mut MetricSink) -> Option<Result<(), ExtractError>> {
    let all = text.as_str();
    if !all.has("\"sysstat\"") {
        return None;
    }
    let ours = |span: &Span| is_here(&all[span.start..span.end], parts);
    let found: Vec<(Span, End)> = documents(all).into_iter().filter(|(span, _)| ours(span)).collect();
    let whole = found.iter().rposition(|(_, end)| *end == End::Whole);
    let chosen = whole.or(found.len().checked_sub(1))?;
    for (at, (span, _)) in found.iter().enumerate().filter(|(at, _)| *at != chosen) {
        let other = &all[span.start..span.end];
        if at == 0 || (chosen == 0 && at == 1) {
            let message = format!("{} documents of sysstat: the last whole one counts", found.len());
            out.warn(code::SEVERAL_DOCUMENTS, &other[..1], message);
        }
        out.ignore(other, "an earlier run in the same output");
    }
    let (span, end) = found[chosen];
    let document = Document::at(all, span.start);
    if let Some(root) = document.root() {
        write(root, parts, out);
    }
    Some(match end {
        End::Whole => Ok(()),
        End::Truncated { at } => Err(ExtractError::Truncated { at: text.offset() + at }),
        End::Broken { at, expected } => Err(ExtractError::Malformed { at: text.offset() + at, expected: expected.to_string() }),
    })
}

fn write(root: Node<'_, '_>, parts: &Parts, out: &mut MetricSink) {
    let Some(hosts) = root.get("sysstat").and_then(|root| root.get("hosts")) else { return };
    let mut said = Said::default();
    for host in hosts.items() {
        for (key, node) in host.members().filter(|(key, _)| *key != *"statistics") {
            let _ = key;
            out.ignore(node.text(), "the system, the date, and how many processors it has");
        }
        let Some(reports) = host.get("statistics") else { continue };
        let several = reports.items().nth(1).is_some();
        for (number, report) in (1usize..).zip(reports.items()) {
            let number = number.to_string();
            let mut row = Row { out: &mut *out, said: &mut said, labels: Vec::new(), interval: several.then_some(&number) };
            row.report(report, parts);
        }
    }
}

/// The labels of a row, and where its numbers go.
struct Row<'o, 'n> {
    out: &'o mut MetricSink,
    said: &'o mut Said,
    labels: Vec<(&'static str, String)>,
    interval: Option<&'n str>,
}

impl Row<'_, '_> {
    fn report(&mut self, report: Node<'_, '_>, parts: &Parts) {
        for (key, node) in report.members() {
            match parts.iter().find(|(name, _)| key == **name) {
                Some((_, Part::Load(""))) => self.row(node, "", load),
                Some((_, Part::Load(label))) => node.items().for_each(|item| self.row(item, label, load)),
                Some((_, Part::Disks)) => node.items().for_each(|item| self.row(item, "disk_device", disk)),
                Some((_, Part::Sums)) => node.items().for_each(|item| self.row(item, "cpu", sum)),
                Some((_, Part::Interrupts(quantity))) => node.items().for_each(|item| self.interrupts(item, quantity)),
                None => self.out.ignore(node.text(), "date"),
            }
        }
    }

    /// An object of numbers, one of whose members is the label of all.
    fn row(&mut self, node: Node<'_, '_>, label: &'static str, column: fn(&str) -> Column<'static>) {
        self.label(node, label);
        for (key, value) in node.members() {
            let (key, text) = (key.text(), value.text());
            match column(&key) {
                Column::Value(_) if is_zero(text) && is_of_none(node, &key) => self.said.absent(text, self.out),
                Column::Value(quantity) if value.kind() == Kind::Number => self.push(&quantity, None, text),
                _ if key == label || value.kind() == Kind::String => self.out.ignore(text, "label"),
                _ if value.kind() == Kind::Number => {
                    self.out.warn(code::UNKNOWN_UNIT, text, format!("nobody knows what `{key}` measures: it is left out"));
                    self.out.ignore(text, "a key that nobody knows");
                }
                _ => {}
            }
        }
    }

    /// `{"cpu": "0", "intr": [{"name": "0", "value": 0.00}]}`
    fn interrupts(&mut self, node: Node<'_, '_>, quantity: &Quantity) {
        self.label(node, "cpu");
        if let Some(cpu) = node.get("cpu") {
            self.out.ignore(cpu.text(), "label");
        }
        for irq in node.get("intr").into_iter().flat_map(Node::items) {
            let (Some(name), Some(value)) = (irq.get("name"), irq.get("value")) else { continue };
            self.out.ignore(name.text(), "label");
            let name = name.as_str().unwrap_or_default();
            if value.kind() == Kind::Number && !name.is_empty() {
                self.push(quantity, Some(("irq", &name)), value.text());
            }
        }
    }

    fn label(&mut self, node: Node<'_, '_>, key: &'static str) {
        self.labels.clear();
        if let Some(value) = node.get(key).and_then(Node::as_str).filter(|value| !value.is_empty()) {
            let label = if key == "disk_device" { "device" } else { key };
            // Until 12.7 all processors together were -1.
            self.labels.push((label, if value == "-1" { "all".to_owned() } else { value.into_owned() }));
        }
    }

    fn push(&mut self, quantity: &Quantity, label: Option<(&'static str, &str)>, token: &str) {
        let mut emit = self.out.metric(quantity.name).unit(quantity.unit).polarity(quantity.polarity);
        let own = self.labels.iter().map(|(key, value)| (*key, value.as_str()));
        let labels = own.chain(quantity.labels.iter().copied()).chain(label).chain(self.interval.map(|n| ("interval", n)));
        for (key, value) in labels {
            emit = emit.label(key, value.to_owned());
        }
        emit.push(token);
    }
}

/// Whether the mean called `key` stands on no request.
fn is_of_none(node: Node<'_, '_>, key: &str) -> bool {
    let mut counts = requests(key).iter().filter_map(|count| node.get(count)).peekable();
    counts.peek().is_some() && counts.all(|count| is_zero(count.text()))
}

fn load(key: &str) -> Column<'static> {
    let known = CPU_MODES.iter().find(|(name, _)| name.strip_prefix('%') == Some(key));
    known.map_or(Column::Unknown, |(_, quantity)| Column::Value(*quantity))
}

fn disk(key: &str) -> Column<'static> {
    match key {
        "rrqm" | "wrqm" | "drqm" | "util" => find(&[DEVICE], &format!("%{key}")),
        _ => find(&[DEVICE], key),
    }
}

fn sum(key: &str) -> Column<'static> {
    if key == "intr" { Column::Value(INTERRUPTS) } else { Column::Unknown }
}
