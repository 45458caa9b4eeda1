use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use prill_core::Unit;

use super::escape::{escaped, push};
use crate::explain::facts::{Claim, Known, Token};
use crate::explain::glyph::glyphs;
use crate::explain::line::{Line, What, lines};
use crate::explain::reasons::{Reason, Reasons};
use crate::explain::report::Part;
use crate::explain::sections::{Label, Sections};
use crate::table::braced;

/// Writes each line of the part numbered `index` as a row of a table.
pub(super) fn write(out: &mut dyn Write, index: usize, part: &Part<'_>) -> io::Result<()> {
    let sections = Sections::of(lines(&part.text, &part.facts));
    let mut reasons = Reasons::new(part.facts.any_metric());
    for line in lines(&part.text, &part.facts) {
        let number = line.number;
        if let Some(labels) = sections.starting(number) {
            let labels = if labels.is_empty() { "no common label".to_owned() } else { braced(labels.iter().copied()) };
            writeln!(out, "<tr class=\"with\"><td></td><td colspan=\"2\">with {}</td></tr>", escaped(&labels))?;
        }
        let (text, notes) = (text(&line), notes(&line, sections.at(number), &mut reasons));
        writeln!(
            out,
            "<tr id=\"s{index}-{number}\"><td class=\"n\"><a href=\"#s{index}-{number}\">{number}</a></td>\
             <td><code>{text}</code></td><td>{notes}</td></tr>"
        )?;
        said(out, &line)?;
    }
    Ok(())
}

/// The line, its numbers marked.
fn text(line: &Line<'_>) -> String {
    let mut html = String::with_capacity(line.text.len() + 64);
    for piece in line.pieces() {
        match &piece.what {
            What::Text => raw(&mut html, line, piece.from, piece.to),
            // Writing into a string cannot fail.
            What::Hidden(said) => drop(write!(html, "<span class=\"hidden\">{said}</span>")),
            What::Token(index) => {
                let token = &line.tokens[*index];
                let tip = escaped(&tip(token)).replace('␊', "&#10;");
                let (open, close) = match token.known {
                    Known::Claimed(_) => ("mark", "mark"),
                    Known::Ignored(_) => ("span class=\"ignored\"", "span"),
                    Known::Unexplained => ("span class=\"open\"", "span"),
                    Known::Foreign => ("span class=\"foreign\"", "span"),
                };
                let _ = write!(html, "<{open}{}>", if tip.is_empty() { tip } else { format!(" data-tip=\"{tip}\"") });
                raw(&mut html, line, piece.from, piece.to);
                let _ = write!(html, "</{close}>");
            }
        }
    }
    html
}

fn raw(html: &mut String, line: &Line<'_>, from: usize, to: usize) {
    for (_, c) in glyphs(&line.text[from..to], &line.raw[from..to]) {
        push(html, c);
        if c == '␍' {
            html.push('\n');
        }
    }
}

/// All that is known of a number.
fn tip(token: &Token<'_>) -> String {
    match &token.known {
        Known::Claimed(claims) => claims.iter().map(|claim| exact(claim, token)).collect::<Vec<_>>().join("\n"),
        Known::Ignored(why) => format!("ignored: {why}"),
        Known::Unexplained => "unexplained".to_owned(),
        Known::Foreign => String::new(),
    }
}

/// The whole identity, the value in the base unit, and what few metrics have.
fn exact(claim: &Claim<'_>, token: &Token<'_>) -> String {
    let metric = claim.metric;
    let unit = metric.unit().map_or("(no unit)", Unit::code);
    let mut tip = format!("{metric}\n= {} {unit}, polarity {}", metric.value(), metric.polarity());
    if let Some(step) = metric.resolution() {
        let _ = write!(tip, "\nresolution {step} {unit}");
    }
    if let Some(samples) = metric.samples() {
        let _ = write!(tip, "\n{samples} samples");
    }
    let _ = write!(tip, "\nbytes {}{}", token.span, if metric.is_derived() { ", derived" } else { "" });
    tip
}

/// What is said beside the line: one item for each marked number, in their order, and then why others are not marked.
fn notes<'a>(line: &Line<'a>, known: &[Label<'_>], reasons: &mut Reasons<'a>) -> String {
    let shown = line.shown(&line.pieces());
    let several = shown.iter().map(|token| token.claims().len()).sum::<usize>() > 1;
    let mut items = String::new();
    for token in shown.iter().filter(|token| !token.claims().is_empty()) {
        items.push_str("<li>");
        for claim in token.claims() {
            if several {
                let _ = write!(items, "<span class=\"number\">{}</span>", escaped(line.printed(token)));
            }
            items.push_str(&note(claim, known));
        }
        items.push_str("</li>");
    }
    let list = match (items.is_empty(), several) {
        (true, _) => items,
        (false, true) => format!("<ol>{items}</ol>"),
        (false, false) => format!("<ol class=\"one\">{items}</ol>"),
    };
    let others = reasons.of(line, &shown).iter().map(why).collect::<String>();
    list + &others
}

fn why(reason: &Reason) -> String {
    let class = if reason.unexplained { "why open" } else { "why" };
    let text = if reason.text.is_empty() { "·" } else { &reason.text };
    format!("<div class=\"{class}\">{}</div>", escaped(text))
}

fn note(claim: &Claim<'_>, known: &[Label<'_>]) -> String {
    let (name, labels) = (escaped(claim.name()), escaped(&claim.labels(known)));
    let (value, remark) = claim.said();
    let (value, remark) = (escaped(&value), escaped(&remark));
    let polarity = claim.metric.polarity().word();
    format!(
        "<span><b>{name}</b><i>{labels}</i></span><span>{value}</span>\
         <span class=\"{polarity}\">{remark}</span>"
    )
}

/// The diagnostics of the line, below it.
fn said(out: &mut dyn Write, line: &Line<'_>) -> io::Result<()> {
    let mut before = BTreeSet::new();
    for said in line.said {
        let (severity, code, message) = (said.diagnostic.severity, said.diagnostic.code, &said.diagnostic.message);
        if before.insert((code, message)) {
            writeln!(
                out,
                "<tr class=\"{severity}\"><td></td><td colspan=\"2\"><b>{severity}[{code}]</b>: {}</td></tr>",
                escaped(message)
            )?;
        }
    }
    Ok(())
}
