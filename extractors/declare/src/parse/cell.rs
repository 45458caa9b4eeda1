use prill_core::Polarity;
use prill_core::metric::is_name;
use toml::de::DeValue;

use super::row::{Scope, labels};
use super::{capture, choice, template, unit};
use crate::error::DeclareError;
use crate::format::{Cell, UnitOf};
use crate::keys::Keys;
use crate::pattern::Patterns;
use crate::template::Template;

/// `metrics.CAPTURE = { name, unit, ... }`.
pub(super) fn cell(
    mut keys: Keys<'_, '_>,
    group: usize,
    scope: &Scope<'_>,
    patterns: &mut Patterns<'_>,
) -> Result<Cell, DeclareError> {
    let name = name(&mut keys, scope)?;
    let labels = labels(&mut keys, scope)?;
    let unit = unit_of(&mut keys, scope)?;
    let polarity = polarity(&mut keys)?;
    let base = if let UnitOf::Always(printed) = unit { Some(printed) } else { None };
    let resolution = keys.text("resolution")?.map(|word| unit::step(&keys, &word, base)).transpose()?;
    let samples = keys.text("samples")?.map(|word| capture(&keys, &word, scope.regex)).transpose()?;
    let no_samples = keys.text("no_samples")?.map(|word| patterns.compile(&word)).transpose()?;
    keys.done()?;
    Ok(Cell { group, name, labels, unit, polarity, resolution, samples, no_samples })
}

/// The name, which must follow the grammar whatever the captures hold.
fn name(keys: &mut Keys<'_, '_>, scope: &Scope<'_>) -> Result<Template, DeclareError> {
    let word = keys.required("name")?;
    let name = template(keys, &word, |name| scope.find(name))?;
    if name.fill(|_| Some("x")).is_none_or(|filled| !is_name(&filled)) {
        let cause = format!("`{}` breaks the grammar of names", word.text);
        let remedy = "use lower_snake segments joined by dots, each starting with a letter, such as wakeup.latency.p99_9";
        return Err(keys.error(word.span, cause, remedy));
    }
    Ok(name)
}

fn unit_of(keys: &mut Keys<'_, '_>, scope: &Scope<'_>) -> Result<UnitOf, DeclareError> {
    let (always, printed) = (keys.text("unit")?, keys.text("unit_from")?);
    match (always, printed) {
        (None, None) => Ok(UnitOf::Unknown),
        (Some(word), None) => unit::unit(keys, &word).map(UnitOf::Always),
        (None, Some(word)) => capture(keys, &word, scope.regex).map(UnitOf::Printed),
        (Some(_), Some(word)) => Err(keys.error(word.span, "the unit is said twice", "take away `unit` or `unit_from`")),
    }
}

fn polarity(keys: &mut Keys<'_, '_>) -> Result<Polarity, DeclareError> {
    let Some(value) = keys.get("polarity") else { return Ok(Polarity::Unknown) };
    if let DeValue::Table(_) = value.get_ref() {
        let mut table = crate::keys::table(keys.source, value)?;
        let target = table.get("target").and_then(|v| match v.get_ref() {
            DeValue::Integer(n) => n.as_str().parse().ok(),
            DeValue::Float(n) => n.as_str().parse().ok(),
            _ => None,
        });
        table.done()?;
        let target = target.filter(|t: &f64| t.is_finite());
        return target
            .map(Polarity::Target)
            .ok_or_else(|| keys.error(value.span(), "the target is no number", "write { target = 5.0 }, in the base unit"));
    }
    let all = [
        ("lower", Polarity::Lower),
        ("higher", Polarity::Higher),
        ("informational", Polarity::Informational),
        ("unknown", Polarity::Unknown),
    ];
    let word = crate::keys::word(keys.source, value)?;
    choice(keys, &word, &all)
}
