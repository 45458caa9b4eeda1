use proc_macro2::TokenStream;
use syn::{DeriveInput, Error, Ident, LitStr, Result, Visibility};

use super::attributes::{self, Keys, Kind};
use super::hint::Hint;
use super::{check, name};

/// All that is written about a payload.
pub(super) struct Declaration {
    pub(super) ident: Ident,
    pub(super) constant: Ident,
    pub(super) vis: Visibility,
    pub(super) kind: Kind,
    pub(super) name: LitStr,
    pub(super) output: Option<LitStr>,
    pub(super) summary: Option<LitStr>,
    pub(super) args: Vec<TokenStream>,
    pub(super) checks: Vec<TokenStream>,
    pub(super) hints: Vec<Hint>,
}

impl Declaration {
    /// Reads the attributes; all that is wrong with them is one error, each part at its place.
    pub(super) fn read(input: &DeriveInput) -> Result<Self> {
        let ident = input.ident.clone();
        let (mut keys, mut args, mut checks, mut hints) = (Keys::default(), Vec::new(), Vec::new(), Vec::new());
        let mut wrong: Option<Error> = None;
        for attribute in &input.attrs {
            let path = attribute.path();
            let read = if path.is_ident("payload") {
                keys.read(attribute)
            } else if path.is_ident("default_args") {
                attributes::args(attribute).map(|more| args.extend(more))
            } else if path.is_ident("default_check") {
                check::read(attribute).map(|more| checks.extend(more))
            } else if path.is_ident("metric") {
                Hint::read(attribute).and_then(|hint| add(&mut hints, hint))
            } else {
                Ok(())
            };
            if let Err(e) = read {
                match &mut wrong {
                    Some(wrong) => wrong.combine(e),
                    None => wrong = Some(e),
                }
            }
        }
        if let Some(wrong) = wrong {
            return Err(wrong);
        }
        let kind = keys.kind.ok_or_else(|| Error::new_spanned(&ident, "what is run? write `#[payload(binary = \"...\")]`"))?;
        let name = keys.name.unwrap_or_else(|| LitStr::new(&name::kebab(&ident.to_string()), ident.span()));
        let constant = constant(&ident)?;
        Ok(Self {
            ident,
            constant,
            vis: input.vis.clone(),
            kind,
            name,
            output: keys.output,
            summary: keys.summary,
            args,
            checks,
            hints,
        })
    }
}

fn constant(ident: &Ident) -> Result<Ident> {
    let name = name::screaming(&ident.to_string());
    if *ident == name {
        return Err(Error::new_spanned(
            ident,
            format!("name the struct in camel case: the constant beside it is called `{name}`"),
        ));
    }
    Ok(Ident::new(&name, ident.span()))
}

fn add(hints: &mut Vec<Hint>, hint: Hint) -> Result<()> {
    if hints.iter().any(|other| other.name.value() == hint.name.value()) {
        return Err(Error::new_spanned(&hint.name, "this metric is declared twice"));
    }
    hints.push(hint);
    Ok(())
}
