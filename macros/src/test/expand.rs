use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{FnArg, ItemFn, ReturnType};

use super::args::Args;

/// A plain test that calls the body. All attributes are the test's: lints reach the body from there.
pub(super) fn expand(args: &Args, mut body: ItemFn) -> TokenStream {
    let attributes = std::mem::take(&mut body.attrs);
    let vis = std::mem::replace(&mut body.vis, syn::Visibility::Inherited);
    let name = &body.sig.ident;
    let call = call(&body);
    let scheduler = match &args.scheduler {
        Some(payload) => quote_spanned!(payload.span()=> ::core::option::Option::Some(&#payload)),
        None => quote!(::core::option::Option::None),
    };
    // A body of the wrong return type is an error at that type; a test that fails does so in that line.
    let at = match &body.sig.output {
        ReturnType::Type(_, ty) => ty.span(),
        ReturnType::Default => name.span(),
    };
    let run = quote_spanned! {at=>
        ::prill::__private::run(
            ::core::option_env!("CARGO_PKG_NAME"),
            ::core::concat!(::core::module_path!(), "::", ::core::stringify!(#name)),
            #scheduler,
            #call,
        )
    };
    quote! {
        #[::core::prelude::v1::test]
        #(#attributes)*
        #vis fn #name() {
            #body
            #run;
        }
    }
}

/// The body as a function of the context.
fn call(body: &ItemFn) -> TokenStream {
    let name = &body.sig.ident;
    match body.sig.inputs.first() {
        Some(FnArg::Typed(context)) => {
            let at = context.ty.span();
            quote_spanned!(at=> |ctx: &::prill::Ctx| #name(ctx))
        }
        _ => quote!(|_: &::prill::Ctx| #name()),
    }
}
