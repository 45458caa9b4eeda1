//! `#[derive(Payload)]`.

use proc_macro2::TokenStream;
use syn::{Data, DeriveInput, Error, Fields, Result};

mod attributes;
mod check;
mod declaration;
mod expand;
mod hint;
mod name;

use declaration::Declaration;

pub(crate) fn derive(input: TokenStream) -> Result<TokenStream> {
    let input: DeriveInput = syn::parse2(input)?;
    marker(&input)?;
    Ok(expand::expand(&Declaration::read(&input)?))
}

/// A struct without content: there is nothing to put into it.
fn marker(input: &DeriveInput) -> Result<()> {
    let is_unit = matches!(&input.data, Data::Struct(data) if matches!(data.fields, Fields::Unit));
    if !is_unit {
        let ident = &input.ident;
        return Err(Error::new_spanned(ident, format!("declare the payload on a marker: `struct {ident};`")));
    }
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "a payload is one program: it has no parameters"));
    }
    Ok(())
}
