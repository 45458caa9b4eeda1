//! From TOML to a checked [`Format`].
//!
//! - [`row`]: `[[line]]`; [`cell`]: its metrics; [`unit`]: units and quantities

mod cell;
mod row;
mod unit;

use prill_core::scan::unit::intern;
use prill_core::{Printed, Sniff, Streams};
use toml::de::DeTable;

use crate::error::{DeclareError, Source};
use crate::format::{Format, Head, Message, Passed, Section, Top};
use crate::keys::{Keys, Word, word};
use crate::pattern::{Pattern, Patterns};
use crate::template::{From, Template};

/// The longest file, in bytes.
pub(crate) const LONGEST: usize = 256 << 10;

/// Reads the TOML of `source` and gives its table to `then`.
pub(crate) fn document<'s, T>(
    source: Source<'s>,
    then: impl FnOnce(Keys<'s, '_>) -> Result<T, DeclareError>,
) -> Result<T, DeclareError> {
    if source.text.len() > LONGEST {
        let cause = format!("the file has {} bytes; the limit is {LONGEST}", source.text.len());
        return Err(source.error(0..0, cause, "describe less, or write the format as code"));
    }
    let parsed = DeTable::parse(source.text).map_err(|e| {
        source.error(e.span().unwrap_or(0..0), format!("this is no TOML: {}", e.message()), "see toml.io for the syntax")
    })?;
    then(Keys::new(source, parsed.get_ref(), 0..0))
}

/// What stands above the rest: enough for a list of formats.
pub(crate) fn head(keys: &mut Keys<'_, '_>) -> Result<Head, DeclareError> {
    let name = keys.required("name")?;
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.text.starts_with(|c: char| c.is_ascii_lowercase()) || !name.text.chars().all(good) || name.text.len() > 64 {
        let cause = format!("`{}` is no name of a format", name.text);
        return Err(keys.error(name.span, cause, "use lower case letters, digits and `-`, a letter first, such as my-bench"));
    }
    if ["auto", "exit-code"].contains(&name.text.as_str()) {
        return Err(keys.error(name.span, format!("`{}` is a format of prill itself", name.text), "choose another name"));
    }
    let summary = keys.required("summary")?;
    if summary.text.trim().is_empty() || summary.text.contains('\n') || summary.text.len() > 200 {
        return Err(keys.error(
            summary.span,
            "the summary is not one line of at most 200 bytes",
            "say in one line what is measured",
        ));
    }
    let streams = match keys.text("streams")? {
        None => Streams::StdoutThenStderr,
        Some(word) => {
            let all = [
                ("stdout", Streams::Stdout),
                ("stderr", Streams::Stderr),
                ("stdout-then-stderr", Streams::StdoutThenStderr),
                ("each", Streams::Each),
            ];
            choice(keys, &word, &all)?
        }
    };
    Ok(Head { name: name.text, summary: summary.text, streams })
}

/// Everything.
pub(crate) fn format(keys: Keys<'_, '_>) -> Result<Format, DeclareError> {
    let patterns = Patterns::new(keys.source);
    with(keys, patterns)
}

/// Everything, of a file that is known to be sound.
pub(crate) fn sound(keys: Keys<'_, '_>) -> Result<Format, DeclareError> {
    let patterns = Patterns::sound(keys.source);
    with(keys, patterns)
}

fn with(mut keys: Keys<'_, '_>, mut patterns: Patterns<'_>) -> Result<Format, DeclareError> {
    let head = head(&mut keys)?;
    let marks = marks(&mut keys, &mut patterns)?;
    let units = units(&mut keys)?;
    let sections = keys.tables("section")?.into_iter().map(|k| section(k, &mut patterns)).collect::<Result<Vec<_>, _>>()?;
    let lines = keys.tables("line")?;
    if lines.is_empty() {
        return Err(keys.error(keys.place(), "no line is described", "add a [[line]] with a regex and its metrics"));
    }
    let lines = lines.into_iter().map(|k| row::row(k, &sections, &mut patterns)).collect::<Result<_, _>>()?;
    let messages = keys.tables("message")?.into_iter().map(|k| message(k, &mut patterns)).collect::<Result<_, _>>()?;
    let ignored = keys.tables("ignore")?.into_iter().map(|k| passed(k, &sections, &mut patterns)).collect::<Result<_, _>>()?;
    keys.done()?;
    Ok(Format { head, marks, units, sections, lines, messages, ignored })
}

/// What stands above the rest, and by what a text is recognised.
pub(crate) fn top(mut keys: Keys<'_, '_>) -> Result<Top, DeclareError> {
    let mut patterns = Patterns::sound(keys.source);
    Ok(Top { head: head(&mut keys)?, marks: marks(&mut keys, &mut patterns)? })
}

fn marks(keys: &mut Keys<'_, '_>, patterns: &mut Patterns<'_>) -> Result<Vec<(Sniff, Pattern)>, DeclareError> {
    let Some(mut sniff) = keys.table("sniff")? else { return Ok(Vec::new()) };
    let mut marks = Vec::new();
    for (key, sure) in [("certain", Sniff::Certain), ("likely", Sniff::Likely), ("possible", Sniff::Possible)] {
        for word in sniff.texts(key)? {
            marks.push((sure, patterns.compile(&word)?));
        }
    }
    sniff.done()?;
    Ok(marks)
}

fn units(keys: &mut Keys<'_, '_>) -> Result<Vec<(String, Printed)>, DeclareError> {
    let Some(units) = keys.table("units")? else { return Ok(Vec::new()) };
    let read = |(printed, value): (Word, _)| {
        let clear = word(units.source, value)?;
        Ok((printed.text, unit::unit(&units, &clear)?))
    };
    units.entries().map(read).collect()
}

fn section(mut keys: Keys<'_, '_>, patterns: &mut Patterns<'_>) -> Result<Section, DeclareError> {
    let name = keys.required("name")?.text;
    let start = patterns.compile(&keys.required("start")?)?;
    let end = keys.text("end")?.map(|word| patterns.compile(&word)).transpose()?;
    let mut ignore: Vec<_> = reasons(&mut keys, &start)?.into_iter().map(|(group, why, _)| (group, why)).collect();
    let labels = start.names().map(|(group, _)| (group, "label"));
    let labels: Vec<_> = labels.filter(|(group, _)| ignore.iter().all(|(g, _)| g != group)).collect();
    ignore.extend(labels);
    keys.done()?;
    Ok(Section { name, start, end, ignore })
}

fn message(mut keys: Keys<'_, '_>, patterns: &mut Patterns<'_>) -> Result<Message, DeclareError> {
    let regex = patterns.compile(&keys.required("regex")?)?;
    let code = keys.required("code")?;
    let failed = choice(&keys, &code, &[("tool-failed", true), ("degraded", false)])?;
    let text = keys.text("text")?;
    let find = |name: &str| regex.group(name).map(From::Line);
    let text = text.map(|word| template(&keys, &word, find)).transpose()?;
    keys.done()?;
    Ok(Message { regex, failed, text })
}

fn passed(mut keys: Keys<'_, '_>, sections: &[Section], patterns: &mut Patterns<'_>) -> Result<Passed, DeclareError> {
    let regex = patterns.compile(&keys.required("regex")?)?;
    let section = in_section(&mut keys, sections)?;
    let why = keys.required("why")?;
    let why = reason(&keys, &why)?;
    keys.done()?;
    Ok(Passed { regex, section, why })
}

/// The number of the section that `section = "..."` names.
fn in_section(keys: &mut Keys<'_, '_>, sections: &[Section]) -> Result<Option<usize>, DeclareError> {
    let Some(word) = keys.text("section")? else { return Ok(None) };
    let all: Vec<(&str, usize)> = sections.iter().enumerate().map(|(i, s)| (s.name.as_str(), i)).collect();
    choice(keys, &word, &all).map(Some)
}

/// `ignore = { capture = "reason" }`: the group, the reason and the place.
fn reasons(keys: &mut Keys<'_, '_>, regex: &Pattern) -> Result<Vec<(usize, &'static str, Word)>, DeclareError> {
    let Some(table) = keys.table("ignore")? else { return Ok(Vec::new()) };
    let read = |(name, value): (Word, _)| {
        let group = capture(&table, &name, regex)?;
        let why = word(table.source, value)?;
        Ok((group, reason(&table, &why)?, name))
    };
    table.entries().map(read).collect()
}

fn reason(keys: &Keys<'_, '_>, why: &Word) -> Result<&'static str, DeclareError> {
    if why.text.trim().is_empty() || why.text.len() > 100 {
        return Err(keys.error(
            why.span.clone(),
            "the reason is empty or longer than 100 bytes",
            "say what the number is, such as \"setting\"",
        ));
    }
    Ok(intern(&why.text))
}

/// The group called `name`.
fn capture(keys: &Keys<'_, '_>, name: &Word, regex: &Pattern) -> Result<usize, DeclareError> {
    regex.group(&name.text).ok_or_else(|| unknown_capture(keys, name, &name.text, regex))
}

fn unknown_capture(keys: &Keys<'_, '_>, place: &Word, name: &str, regex: &Pattern) -> DeclareError {
    let there: Vec<&str> = regex.names().map(|(_, name)| name).collect();
    let there = if there.is_empty() { "none; write (?<name>...)".to_owned() } else { there.join(", ") };
    keys.error(place.span.clone(), format!("`{name}` is no capture of the regex"), format!("its captures are {there}"))
}

fn template(keys: &Keys<'_, '_>, word: &Word, find: impl Fn(&str) -> Option<From>) -> Result<Template, DeclareError> {
    use crate::template::TemplateError::{Brace, Capture};
    Template::parse(&word.text, find).map_err(|e| match e {
        Brace => keys.error(word.span.clone(), format!("a brace of `{}` has no other", word.text), "write {capture}"),
        Capture(name) => {
            let cause = format!("`{name}` is no capture of the regex, nor of the header of its section");
            keys.error(word.span.clone(), cause, format!("name a capture (?<{name}>...), or write the text without braces"))
        }
    })
}

/// One of the words of `all`.
fn choice<T: Copy>(keys: &Keys<'_, '_>, word: &Word, all: &[(&str, T)]) -> Result<T, DeclareError> {
    if let Some((_, value)) = all.iter().find(|(name, _)| *name == word.text) {
        return Ok(*value);
    }
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    let remedy = if names.is_empty() { "there is none yet".to_owned() } else { format!("write one of {}", names.join(", ")) };
    Err(keys.error(word.span.clone(), format!("`{}` is not known here", word.text), remedy))
}
