use super::{capture, in_section, reasons, template};
use crate::error::DeclareError;
use crate::format::{Cell, Repeat, Row, Section, UnitOf};
use crate::keys::{Keys, Word, word};
use crate::parse::cell::cell;
use crate::pattern::{Pattern, Patterns};
use crate::template::{From, Template};

/// What is known while one `[[line]]` is read.
pub(super) struct Scope<'a> {
    pub(super) regex: &'a Pattern,
    pub(super) header: Option<&'a Pattern>,
}

impl Scope<'_> {
    /// The capture called `name`: the line's own first, then the header's.
    pub(super) fn find(&self, name: &str) -> Option<From> {
        let own = self.regex.group(name).map(From::Line);
        own.or_else(|| self.header?.group(name).map(From::Header))
    }
}

/// `[[line]]`.
pub(super) fn row(mut keys: Keys<'_, '_>, sections: &[Section], patterns: &mut Patterns<'_>) -> Result<Row, DeclareError> {
    let place = keys.required("regex")?;
    let regex = patterns.compile(&place)?;
    let section = in_section(&mut keys, sections)?;
    let scope = Scope { regex: &regex, header: section.map(|s| &sections[s].start) };
    let labels = labels(&mut keys, &scope)?;
    let repeat = repeat(&mut keys, &labels)?;
    let ignore = reasons(&mut keys, &regex)?;
    let no_samples = no_samples(&mut keys, &regex, patterns)?;
    let mut cells = cells(&mut keys, &scope, patterns)?;
    if cells.is_empty() {
        return Err(keys.error(
            place.span,
            "the line has no metric",
            "add metrics.CAPTURE = { name = \"...\" }, or make it an [[ignore]]",
        ));
    }
    keys.done()?;
    for (group, _, name) in &ignore {
        if cells.iter().any(|cell| cell.group == *group) {
            let cause = format!("`{}` is a metric and ignored too", name.text);
            return Err(keys.error(name.span.clone(), cause, "take one of the two away"));
        }
    }
    let ignore = ignore.into_iter().map(|(group, why, _)| (group, why)).collect();
    // In the order of the line, so that metrics come in document order.
    cells.sort_by_key(|cell| cell.group);
    let row = Row { labels, repeat, cells, ignore, no_samples, section, regex };
    unused(&keys, &place, &row)?;
    Ok(Row { ignore: explained(&row), ..row })
}

/// The captures that are no metrics, with those that need no reason of the user's.
fn explained(row: &Row) -> Vec<(usize, &'static str)> {
    let said = |group: usize| row.ignore.iter().any(|(g, _)| *g == group) || row.cells.iter().any(|c| c.group == group);
    let why = |group: usize| {
        let samples = row.cells.iter().any(|c| c.samples == Some(group));
        if samples { "number of samples" } else { "label" }
    };
    let others = row.regex.names().filter(|(group, _)| !said(*group)).map(|(group, _)| (group, why(group)));
    row.ignore.iter().copied().chain(others).collect()
}

/// A capture that nothing uses is a slip of the pen, or a number that would be dropped in silence.
fn unused(keys: &Keys<'_, '_>, place: &Word, row: &Row) -> Result<(), DeclareError> {
    let labels = row.labels.iter().chain(row.cells.iter().flat_map(|c| &c.labels)).map(|(_, template)| template);
    let templates: Vec<&Template> = labels.chain(row.cells.iter().map(|c| &c.name)).collect();
    let used = |group: usize| {
        row.cells
            .iter()
            .any(|c| c.group == group || c.samples == Some(group) || matches!(c.unit, UnitOf::Printed(g) if g == group))
            || row.ignore.iter().any(|(g, _)| *g == group)
            || row.no_samples.iter().any(|(g, _)| *g == group)
            || templates.iter().any(|t| t.captures().any(|from| from == From::Line(group)))
    };
    match row.regex.names().find(|(group, _)| !used(*group)) {
        None => Ok(()),
        Some((_, name)) => {
            let cause = format!("the capture `{name}` is not used");
            let remedy = format!("make it a metric or a label, or say ignore = {{ {name} = \"why\" }}, or write (?:...)");
            Err(keys.error(place.span.clone(), cause, remedy))
        }
    }
}

/// `labels = { key = "template" }`.
pub(super) fn labels(keys: &mut Keys<'_, '_>, scope: &Scope<'_>) -> Result<Vec<(String, Template)>, DeclareError> {
    let Some(table) = keys.table("labels")? else { return Ok(Vec::new()) };
    let read = |(key, value): (Word, _)| {
        if !prill_core::metric::is_name(&key.text) || key.text.contains('.') {
            let cause = format!("`{}` is no key of a label", key.text);
            return Err(table.error(key.span, cause, "use lower case letters, digits and `_`, a letter first"));
        }
        if key.text == "repetition" {
            // The sink tells equal identities apart by this label, and would not see that it is taken.
            return Err(table.error(key.span, "`repetition` is counted and not read", "write repeat = \"repetition\" instead"));
        }
        let value = word(table.source, value)?;
        Ok((key.text, template(&table, &value, |name| scope.find(name))?))
    };
    table.entries().map(read).collect()
}

fn repeat(keys: &mut Keys<'_, '_>, labels: &[(String, Template)]) -> Result<Repeat, DeclareError> {
    let Some(word) = keys.text("repeat")? else { return Ok(Repeat::Unsaid) };
    let all =
        [("repetition", Repeat::Numbered("repetition")), ("interval", Repeat::Numbered("interval")), ("last", Repeat::Last)];
    let repeat = super::choice(keys, &word, &all)?;
    if labels.iter().any(|(key, _)| *key == word.text) {
        let cause = format!("the label `{}` is given by the line already", word.text);
        return Err(keys.error(word.span, cause, "take away the label or the key `repeat`"));
    }
    Ok(repeat)
}

/// `no_samples = { capture = "regex" }`.
fn no_samples(
    keys: &mut Keys<'_, '_>,
    regex: &Pattern,
    patterns: &mut Patterns<'_>,
) -> Result<Vec<(usize, Pattern)>, DeclareError> {
    let Some(table) = keys.table("no_samples")? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (name, value) in table.entries() {
        found.push((capture(&table, &name, regex)?, patterns.compile(&word(table.source, value)?)?));
    }
    Ok(found)
}

/// `metrics.CAPTURE = { ... }`.
fn cells(keys: &mut Keys<'_, '_>, scope: &Scope<'_>, patterns: &mut Patterns<'_>) -> Result<Vec<Cell>, DeclareError> {
    let Some(table) = keys.table("metrics")? else { return Ok(Vec::new()) };
    let mut cells = Vec::new();
    for (name, value) in table.entries() {
        let group = capture(&table, &name, scope.regex)?;
        cells.push(cell(crate::keys::table(table.source, value)?, group, scope, patterns)?);
    }
    Ok(cells)
}
