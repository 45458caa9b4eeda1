//! The findings, for people and for programs.

use std::io::{self, Write};

use super::Report;
use super::finding::{Finding, State};
use super::tools::Tool;
use crate::io::Look;
use crate::style::Palette;
use crate::table::width;
use prill_records::json::Object;

/// Columns where nobody limits them.
const COLUMNS: usize = 120;
/// As wide as the longest word of a state, and a gap.
const INDENT: usize = 9;

pub(super) fn table(report: &Report, out: &mut dyn Write, look: Look) -> io::Result<()> {
    let palette = Palette::new(look.colour);
    let Palette { strong, dim, .. } = palette;
    let columns = look.width.unwrap_or(COLUMNS).min(COLUMNS);
    let wide = report.findings.iter().map(|finding| width(finding.fact)).max().unwrap_or_default();
    for Finding { fact, state, value, means, remedy } in &report.findings {
        let (style, word) = (palette.state(*state), state.word());
        write!(out, "{style}{word}{style:#}{:pad$}{strong}{fact:wide$}{strong:#}  ", "", pad = INDENT - word.len())?;
        let at = INDENT + wide + 2;
        writeln!(out, "{}", wrapped(value, columns, at).join(&format!("\n{:at$}", "")))?;
        for line in wrapped(means, columns, INDENT) {
            writeln!(out, "{:INDENT$}{dim}{line}{dim:#}", "")?;
        }
        if let Some(remedy) = remedy {
            let lines = wrapped(remedy, columns, INDENT + 2);
            writeln!(out, "{:INDENT$}→ {}", "", lines.join(&format!("\n{:at$}", "", at = INDENT + 2)))?;
        }
    }
    let count = |state| report.findings.iter().filter(|finding| finding.state == state).count();
    let (problems, notes) = (count(State::Problem), count(State::Note));
    let verdict = if report.can_run { "payloads can run" } else { "no payload can run" };
    writeln!(out, "\n{strong}{verdict}{strong:#}: {problems} problems, {notes} notes, {} ok", count(State::Ok))
}

impl Palette {
    fn state(&self, state: State) -> anstyle::Style {
        match state {
            State::Ok => self.good,
            State::Note => self.note,
            State::Problem => self.bad,
        }
    }
}

/// `text` in lines that end before `columns` when they begin at `at`; a word that does not fit has a line of its own.
fn wrapped(text: &str, columns: usize, at: usize) -> Vec<String> {
    let room = columns.saturating_sub(at);
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is one from the start");
        if line.is_empty() {
            line.push_str(word);
        } else if width(line) + 1 + width(word) <= room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

pub(super) fn json(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(8 << 10);
    let mut object = Object::begin(&mut buffer);
    object.raw("can_run", format_args!("{}", report.can_run));
    object.array("findings", &report.findings, finding);
    object.array("payloads", &report.tools, tool);
    object.end();
    buffer.push(b'\n');
    out.write_all(&buffer)
}

fn finding(buffer: &mut Vec<u8>, finding: &Finding) {
    let mut object = Object::begin(buffer);
    object.string("fact", finding.fact);
    object.string("state", finding.state.word());
    object.string("value", &finding.value);
    object.string("means", &finding.means);
    object.string_or_null("remedy", finding.remedy.as_deref());
    object.end();
}

fn tool(buffer: &mut Vec<u8>, tool: &Tool) {
    let mut object = Object::begin(buffer);
    object.string("payload", tool.payload);
    object.string("program", tool.program);
    object.string_or_null("path", tool.path.as_deref().map(|path| path.to_string_lossy()).as_deref());
    object.end();
}
