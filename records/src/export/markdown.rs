//! Tables for a pull request or a wiki (GitHub Flavored Markdown 0.29, tables).

use std::io::{self, Write};

use super::row::name;
use crate::model::{Record, RunResult, State};

pub(super) fn write(records: &[Record], out: &mut dyn Write) -> io::Result<()> {
    for record in records {
        let crashed = if record.state == State::Crashed { ", crashed" } else { "" };
        writeln!(out, "## {}: {}{crashed}\n", text(&name(record)), record.verdict)?;
        if let Some(error) = &record.error {
            writeln!(out, "{}\n", text(error))?;
        }
        for result in &record.results {
            table(result, out)?;
        }
    }
    Ok(())
}

fn table(result: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "`{}`\n", result.argv.join(" ").replace(['`', '\n'], " "))?;
    if !result.metrics.is_empty() {
        writeln!(out, "| metric | value | better |\n|---|---:|---|")?;
    }
    for metric in &result.metrics {
        let better = match metric.target {
            Some(target) => format!("{} {target}", metric.polarity),
            None => metric.polarity.clone(),
        };
        writeln!(out, "| {} | {} | {better} |", text(&metric.identity()), metric.human())?;
    }
    for check in &result.checks {
        writeln!(out, "\n- {}: {}: {}", check.verdict, text(&check.check), text(&check.reason))?;
    }
    writeln!(out)
}

/// Text in which nothing is markup and no line ends.
fn text(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => safe.push(' '),
            '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '\\' | '#' => safe.extend(['\\', c]),
            c => safe.push(c),
        }
    }
    safe
}
