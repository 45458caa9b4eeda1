use syn::parse::{Parse, ParseStream};
use syn::{Expr, ExprPath, Ident, Result, Token};

/// What stands in the parentheses of `#[prill::test(..)]`.
#[derive(Default)]
pub(super) struct Args {
    /// The payload that schedules while the body runs.
    pub(super) scheduler: Option<ExprPath>,
}

const EXPECTED: &str = "expected `scheduler = PAYLOAD`";

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut args = Self::default();
        while !input.is_empty() {
            let key: Ident = input.parse().map_err(|e| syn::Error::new(e.span(), EXPECTED))?;
            if key != "scheduler" {
                return Err(syn::Error::new_spanned(key, EXPECTED));
            }
            if args.scheduler.is_some() {
                return Err(syn::Error::new_spanned(key, "one scheduler at a time"));
            }
            input.parse::<Token![=]>()?;
            args.scheduler = Some(payload(input.parse()?)?);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(args)
    }
}

fn payload(value: Expr) -> Result<ExprPath> {
    match value {
        Expr::Path(path) => Ok(path),
        other => Err(syn::Error::new_spanned(other, "expected a payload: the path of a constant, without quotes")),
    }
}
