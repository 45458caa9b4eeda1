//! `#[prill::test]`.

use proc_macro2::TokenStream;
use syn::ItemFn;

mod args;
mod body;
mod expand;

use args::Args;

pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let function: ItemFn = match syn::parse2(item.clone()) {
        Ok(function) => function,
        Err(e) => return with_item(&syn::Error::new(e.span(), "#[prill::test] stands on a function"), item),
    };
    let read = syn::parse2::<Args>(args).and_then(|args| body::check(&function).map(|()| args));
    match read {
        Ok(args) => expand::expand(&args, function),
        Err(e) => with_item(&e, item),
    }
}

/// The item stays, so that no use of it is an error too.
fn with_item(error: &syn::Error, item: &TokenStream) -> TokenStream {
    let error = error.to_compile_error();
    quote::quote!(#error #[allow(dead_code)] #item)
}
