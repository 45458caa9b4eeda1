//! The macros of `prill`: use them from there.
//!
//! - [`macro@Payload`]: `#[derive(Payload)]` declares a payload
//! - [`macro@test`]: `#[prill::test]` turns a body into a test
#![forbid(unsafe_code)]

use proc_macro::TokenStream;

mod payload;
mod test;

/// Declares a payload. The grammar is documented, with an example that is run, at `prill::Payload`, the derive macro.
#[proc_macro_derive(Payload, attributes(payload, default_args, default_check, metric))]
pub fn payload(input: TokenStream) -> TokenStream {
    payload::derive(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Turns a body into a test. It is documented, with an example that is run, at `prill::test`.
#[proc_macro_attribute]
pub fn test(args: TokenStream, item: TokenStream) -> TokenStream {
    test::expand(args.into(), &item.into()).into()
}
