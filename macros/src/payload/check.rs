//! `#[default_check(..)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Expr, ExprCall, Ident, Lit, Result, Token};

/// The checks of one attribute, as constant expressions.
pub(super) fn read(attribute: &Attribute) -> Result<Vec<TokenStream>> {
    let checks = attribute.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated)?;
    if checks.is_empty() {
        return Err(Error::new_spanned(attribute, "expected a check, such as `max(\"latency.p99\", ms(5))`"));
    }
    checks.iter().map(check).collect()
}

fn check(expr: &Expr) -> Result<TokenStream> {
    match expr {
        Expr::Lit(_) => Err(Error::new_spanned(expr, "a check in a declaration is no text: write `max(\"latency.p99\", ms(5))`")),
        Expr::Call(call) => match constructor(call) {
            Some(name) => constructed(call, name),
            None => Ok(quote!(#expr)),
        },
        _ => Ok(quote!(#expr)),
    }
}

/// The name of a call without a path: `max(..)` and not `MetricCheck::max(..)`.
fn constructor(call: &ExprCall) -> Option<&Ident> {
    match &*call.func {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

fn constructed(call: &ExprCall, name: &Ident) -> Result<TokenStream> {
    let args: Vec<&Expr> = call.args.iter().collect();
    let wrong = |shape: &str| Err(Error::new_spanned(call, format!("expected `{name}({shape})`")));
    match (name.to_string().as_str(), args.as_slice()) {
        ("exists", [selector]) => selected(name, selector, &[]),
        ("min" | "max", [selector, bound]) => selected(name, selector, &[bound]),
        ("range", [selector, low, high]) => selected(name, selector, &[low, high]),
        ("exit_code_eq", [code]) => Ok(quote!(::prill::MetricCheck::#name(#code))),
        ("exists", _) => wrong("SELECTOR"),
        ("min" | "max", _) => wrong("SELECTOR, BOUND"),
        ("range", _) => wrong("SELECTOR, LOW, HIGH"),
        ("exit_code_eq", _) => wrong("CODE"),
        _ => Err(Error::new_spanned(name, "expected `min`, `max`, `range`, `exists` or `exit_code_eq`")),
    }
}

fn selected(name: &Ident, selector: &Expr, bounds: &[&Expr]) -> Result<TokenStream> {
    if matches!(selector, Expr::Lit(lit) if !matches!(lit.lit, Lit::Str(_))) {
        return Err(Error::new_spanned(selector, "expected which metric, such as \"latency.p99\""));
    }
    let bounds = bounds.iter().map(|bound| quantity(bound)).collect::<Result<Vec<_>>>()?;
    Ok(quote!(::prill::MetricCheck::#name(#selector #(, #bounds)*)))
}

/// `5`, `-0.5`, `ms(5)`, or any constant.
fn quantity(bound: &Expr) -> Result<TokenStream> {
    if let Some(number) = number(bound)? {
        return Ok(quote!(::prill::Quantity::bare(#number)));
    }
    let Expr::Call(call) = bound else { return Ok(quote!(#bound)) };
    let Some(unit) = constructor(call) else { return Ok(quote!(#bound)) };
    let mut args = call.args.iter();
    let (Some(value), None) = (args.next(), args.next()) else {
        return Err(Error::new_spanned(call, format!("expected `{unit}(NUMBER)`")));
    };
    let value = number(value)?.unwrap_or_else(|| quote!(#value));
    Ok(quote!(::prill::Quantity::#unit(#value)))
}

/// A literal number as a float: `5` too.
fn number(expr: &Expr) -> Result<Option<TokenStream>> {
    match expr {
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => Ok(number(&unary.expr)?.map(|number| quote!(-#number))),
        Expr::Lit(lit) => match &lit.lit {
            Lit::Int(int) if int.suffix().is_empty() => {
                let mut float = proc_macro2::Literal::f64_unsuffixed(int.base10_parse()?);
                float.set_span(int.span());
                Ok(Some(quote!(#float)))
            }
            Lit::Float(_) => Ok(Some(quote!(#expr))),
            _ => Err(Error::new_spanned(expr, "expected a bound: a number, or a quantity such as `ms(5)`")),
        },
        _ => Ok(None),
    }
}
