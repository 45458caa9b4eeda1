//! The text as a page: one file that needs nothing else, and in which nothing can run.
//!
//! - [`lines`]: the lines, with what is said about their numbers
//! - [`sizes`]: how wide the columns are
//! - [`escape`]: text that is only ever text

mod escape;
mod lines;
mod sizes;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Context as _;
use prill_core::Diagnostic;

use self::escape::escaped;
use self::sizes::Sizes;
use super::facts::Known;
use super::line::lines as lines_of;
use super::report::{Part, Report, Summary};
use crate::status::Failure;

const STYLE: &str = include_str!("page.css");
/// Of a table in a window that is too narrow for it.
const NARROW: &str = include_str!("narrow.css");

/// Writes the page into the file `path`, or to `out` where that is `-`.
pub(super) fn write(path: &Path, out: &mut dyn Write, report: &Report<'_>) -> Result<(), Failure> {
    if path == Path::new("-") {
        return Ok(page(out, report)?);
    }
    let file = File::create(path).map(BufWriter::new);
    let written = file.and_then(|mut file| page(&mut file, report).and_then(|()| file.flush()));
    written.with_context(|| format!("write the page {}", path.display())).map_err(Failure::not_started)
}

fn page(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let title = report.parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>().join(", ");
    let title = escaped(&format!("{}: {title}", report.extraction.format));
    // Nothing on the page is fetched or run, even if something of an output came through as markup.
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"prill explain\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    )?;
    header(out, report)?;
    for (index, part) in report.parts.iter().enumerate() {
        section(out, index, part)?;
    }
    if let Some(legend) = report.legend() {
        writeln!(out, "<footer>{}</footer>", escaped(&legend))?;
    }
    writeln!(out, "</body>\n</html>")
}

fn header(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let (format, metrics) = (escaped(&report.extraction.format), report.extraction.metrics.len());
    let noun = if metrics == 1 { "metric" } else { "metrics" };
    writeln!(out, "<header>\n<h1>{format} <small>{metrics} {noun}</small></h1>")?;
    summary(out, &report.summary)?;
    diagnostics(out, report)?;
    unexplained(out, report)?;
    writeln!(out, "</header>")
}

/// Each diagnostic once, with the way to its places.
fn diagnostics(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let mut said: Vec<(&Diagnostic, Vec<String>)> = Vec::new();
    let mut known = BTreeMap::new();
    let starts: Vec<Vec<usize>> = report.parts.iter().map(Part::line_starts).collect();
    for diagnostic in &report.extraction.diagnostics {
        let index = *known.entry((diagnostic.code, &diagnostic.message)).or_insert(said.len());
        if index == said.len() {
            said.push((diagnostic, Vec::new()));
        }
        let part = report.parts.iter().position(|part| Some(&part.stream) == diagnostic.stream.as_ref());
        if let (Some(part), Some(span)) = (part, diagnostic.span) {
            let line = starts[part].partition_point(|start| *start <= span.start);
            let link = format!(" <a href=\"#s{part}-{line}\">line {line}</a>");
            let links = &mut said[index].1;
            if links.last() != Some(&link) {
                links.push(link);
            }
        }
    }
    if said.is_empty() {
        return Ok(());
    }
    writeln!(out, "<ul class=\"said\">")?;
    for (diagnostic, links) in said {
        let (severity, code, message) = (diagnostic.severity, diagnostic.code, escaped(&diagnostic.message));
        writeln!(out, "<li class=\"{severity}\"><b>{severity}[{code}]</b>: {message}{}</li>", links.concat())?;
    }
    writeln!(out, "</ul>")
}

fn summary(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let numbers = summary.numbers();
    let share = |count: usize| if numbers == 0 { 0.0 } else { 100.0 * count as f64 / numbers as f64 };
    let (claimed, ignored) = (share(summary.claimed), share(summary.ignored()));
    writeln!(
        out,
        "<p class=\"coverage\"><span class=\"bar\"><span class=\"claimed\" style=\"width:{claimed:.2}%\"></span>\
         <span class=\"ignored\" style=\"width:{ignored:.2}%\"></span><span class=\"open\"></span></span> {}</p>",
        escaped(&summary.to_string())
    )?;
    let reasons = summary.reasons();
    if reasons.is_empty() {
        return Ok(());
    }
    writeln!(out, "<details><summary>Why {} numbers are ignored</summary>\n<table class=\"reasons\">", summary.ignored())?;
    for (why, count) in reasons {
        writeln!(out, "<tr><td>{count}</td><td>{}</td></tr>", escaped(why))?;
    }
    writeln!(out, "</table></details>")
}

/// The way to each number that nobody explained.
fn unexplained(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    if report.summary.unexplained == 0 {
        return Ok(());
    }
    writeln!(out, "<details><summary>{} unexplained numbers</summary>\n<p class=\"open\">", report.summary.unexplained)?;
    for (index, part) in report.parts.iter().enumerate() {
        for line in lines_of(&part.text, &part.facts) {
            for token in line.tokens.iter().filter(|token| matches!(token.known, Known::Unexplained)) {
                let (from, to) = line.place(token.span);
                let column = line.text[..from].chars().count() + 1;
                let (number, text) = (line.number, escaped(&line.text[from..to]));
                writeln!(out, "<a href=\"#s{index}-{number}\">{number}:{column}</a> {text}<br>")?;
            }
        }
    }
    writeln!(out, "</p></details>")
}

fn section(out: &mut dyn Write, index: usize, part: &Part<'_>) -> io::Result<()> {
    let (name, how) = (escaped(&part.name), escaped(&part.how));
    let sizes = Sizes::of(part);
    let narrow = NARROW.replace("TABLE", &format!("#t{index}"));
    writeln!(
        out,
        "<section>\n<h2>{name} <small>{how}</small></h2>\n\
         <style>\n@media (max-width: {}px) {{\n{narrow}}}\n</style>\n\
         <table class=\"text\" id=\"t{index}\" style=\"--notes:{}\">",
        sizes.narrow(),
        sizes.notes
    )?;
    lines::write(out, index, part)?;
    writeln!(out, "</table>\n</section>")
}
