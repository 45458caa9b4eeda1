//! `#[metric(..)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Error, Expr, LitStr, Result};

use super::attributes::{set, string};
use super::name;

/// A metric of which the unit, the direction or both are declared.
pub(super) struct Hint {
    pub(super) name: LitStr,
    unit: Option<LitStr>,
    polarity: Option<TokenStream>,
}

impl Hint {
    pub(super) fn read(attribute: &Attribute) -> Result<Self> {
        let (mut name, mut unit, mut polarity) = (None, None, None);
        attribute.parse_nested_meta(|meta| {
            let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            match key.as_str() {
                "name" => set(&mut name, &meta, string(&meta)?),
                "unit" => set(&mut unit, &meta, base_unit(&meta)?),
                "polarity" => set(&mut polarity, &meta, direction(&meta)?),
                _ => Err(meta.error("expected `name`, `unit` or `polarity`")),
            }
        })?;
        let name = name.ok_or_else(|| Error::new_spanned(attribute, "which metric? `name` is missing"))?;
        name::metric(&name)?;
        if unit.is_none() && polarity.is_none() {
            return Err(Error::new_spanned(attribute, "nothing is declared of the metric: give `unit`, `polarity` or both"));
        }
        Ok(Self { name, unit, polarity })
    }

    pub(super) fn tokens(&self) -> TokenStream {
        let name = &self.name;
        let unit = option(self.unit.as_ref().map(|code| quote!(::prill::Unit::new(#code))));
        let polarity = option(self.polarity.clone());
        quote!(::prill::MetricHint { name: #name, unit: #unit, polarity: #polarity })
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote!(::core::option::Option::None), |value| quote!(::core::option::Option::Some(#value)))
}

/// Refuses the units that people write where the base unit is meant.
fn base_unit(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    let unit = string(meta)?;
    let text = unit.value();
    let (what, per) = text.strip_suffix("/s").map_or((text.as_str(), ""), |what| (what, "/s"));
    let base = match what {
        "" => return Err(Error::new_spanned(unit, "expected a unit, such as \"s\", \"By/s\", \"1\" or \"{request}/s\"")),
        "ns" | "us" | "µs" | "ms" | "min" | "h" | "sec" | "usec" | "msec" | "nsec" => "s",
        "B" | "kB" | "KB" | "MB" | "GB" | "TB" | "KiB" | "MiB" | "GiB" | "TiB" | "kBy" | "KiBy" | "MiBy" | "GiBy" => "By",
        "kHz" | "MHz" | "GHz" => "Hz",
        "%" => "1",
        _ => return Ok(unit),
    };
    Err(Error::new_spanned(&unit, format!("`{text}` is no base unit: values are in \"{base}{per}\"")))
}

fn direction(meta: &ParseNestedMeta<'_>) -> Result<TokenStream> {
    const EXPECTED: &str = "expected `lower`, `higher`, `target(VALUE)`, `unknown` or `informational`";
    let value: Expr = meta.value()?.parse()?;
    let word = |expr: &Expr| match expr {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        _ => None,
    };
    if let Expr::Call(call) = &value
        && word(&call.func).as_deref() == Some("target")
        && let Some(target) = call.args.first().filter(|_| call.args.len() == 1)
    {
        return Ok(quote!(::prill::Polarity::Target(#target as f64)));
    }
    match word(&value).as_deref() {
        Some("lower") => Ok(quote!(::prill::Polarity::Lower)),
        Some("higher") => Ok(quote!(::prill::Polarity::Higher)),
        Some("unknown") => Ok(quote!(::prill::Polarity::Unknown)),
        Some("informational") => Ok(quote!(::prill::Polarity::Informational)),
        _ => Err(Error::new_spanned(value, EXPECTED)),
    }
}
