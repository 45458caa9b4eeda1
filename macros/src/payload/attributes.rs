//! The keys of `#[payload(..)]` and `#[default_args(..)]`.

use proc_macro2::TokenStream;
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Expr, Lit, LitStr, Path, Result, Token};

use super::name;

/// What `#[payload(..)]` says.
#[derive(Default)]
pub(super) struct Keys {
    pub(super) kind: Option<Kind>,
    pub(super) name: Option<LitStr>,
    pub(super) output: Option<LitStr>,
    pub(super) summary: Option<LitStr>,
}

/// What the payload is.
pub(super) enum Kind {
    Binary(LitStr),
    Scheduler(LitStr),
    Builtin(Path),
}

impl Keys {
    pub(super) fn read(&mut self, attribute: &Attribute) -> Result<()> {
        attribute.parse_nested_meta(|meta| {
            let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            match key.as_str() {
                "binary" => self.kind(&meta, Kind::Binary(executable(&meta)?)),
                "scheduler" => self.kind(&meta, Kind::Scheduler(executable(&meta)?)),
                "builtin" => self.kind(&meta, Kind::Builtin(function(&meta)?)),
                "name" => set(&mut self.name, &meta, string(&meta)?).and(self.name.as_ref().map_or(Ok(()), name::payload)),
                "output" => set(&mut self.output, &meta, word(&meta, "the name of a format, such as \"json\"")?),
                "summary" => set(&mut self.summary, &meta, word(&meta, "one line for the list of payloads")?),
                _ => Err(meta.error("expected `binary`, `scheduler`, `builtin`, `name`, `output` or `summary`")),
            }
        })
    }

    fn kind(&mut self, meta: &ParseNestedMeta<'_>, kind: Kind) -> Result<()> {
        if self.kind.is_some() {
            return Err(meta.error("a payload is one of `binary`, `scheduler` and `builtin`"));
        }
        self.kind = Some(kind);
        Ok(())
    }
}

/// Keeps `value`, unless there is one already.
pub(super) fn set<T>(place: &mut Option<T>, meta: &ParseNestedMeta<'_>, value: T) -> Result<()> {
    if place.is_some() {
        return Err(meta.error("given twice"));
    }
    *place = Some(value);
    Ok(())
}

/// `= "text"`.
pub(super) fn string(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    meta.value()?.parse()
}

fn word(meta: &ParseNestedMeta<'_>, what: &str) -> Result<LitStr> {
    let text = string(meta)?;
    if text.value().trim().is_empty() {
        return Err(Error::new_spanned(text, format!("expected {what}")));
    }
    Ok(text)
}

fn executable(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    let exe = word(meta, "a path, or the name of an executable in PATH")?;
    if exe.value().contains('\0') {
        return Err(Error::new_spanned(exe, "a path has no NUL byte"));
    }
    Ok(exe)
}

fn function(meta: &ParseNestedMeta<'_>) -> Result<Path> {
    let value = meta.value()?;
    if value.peek(LitStr) {
        return Err(value.error("expected the path of a function `fn() -> i32`, without quotes"));
    }
    value.parse()
}

/// The strings of `#[default_args(..)]`.
pub(super) fn args(attribute: &Attribute) -> Result<Vec<TokenStream>> {
    let args = attribute.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated)?;
    args.iter().map(arg).collect()
}

fn arg(arg: &Expr) -> Result<TokenStream> {
    match arg {
        Expr::Lit(lit) if !matches!(lit.lit, Lit::Str(_)) => {
            Err(Error::new_spanned(arg, format!("an argument is a string: \"{}\"", quote::quote!(#arg))))
        }
        Expr::Unary(_) => {
            let text = quote::quote!(#arg).to_string().replace(' ', "");
            Err(Error::new_spanned(arg, format!("an argument is a string: \"{text}\"")))
        }
        _ => Ok(quote::quote!(#arg)),
    }
}
