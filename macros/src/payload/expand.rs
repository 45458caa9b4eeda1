use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::Kind;
use super::declaration::Declaration;

/// The two constants, and what registers them.
pub(super) fn expand(declaration: &Declaration) -> TokenStream {
    let Declaration { ident, constant, vis, name, args, checks, .. } = declaration;
    let kind = kind(declaration);
    let output = match &declaration.output {
        Some(format) => quote!(::prill::OutputFormat::new(#format)),
        None => quote!(::prill::OutputFormat::EXIT_CODE),
    };
    let hints = declaration.hints.iter().map(super::hint::Hint::tokens);
    let registrations = registrations(declaration);
    let doc = format!("The payload `{}`.", name.value());
    quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        impl #ident {
            #[doc = #doc]
            pub const PAYLOAD: ::prill::Payload = ::prill::Payload {
                name: #name,
                kind: #kind,
                output: #output,
                default_args: &[#(#args),*],
                default_checks: &[#(#checks),*],
                metrics: &[#(#hints),*],
            };
        }

        #[doc = #doc]
        #[allow(dead_code)]
        #vis const #constant: ::prill::Payload = #ident::PAYLOAD;

        #registrations
    }
}

fn kind(declaration: &Declaration) -> TokenStream {
    let name = &declaration.name;
    match &declaration.kind {
        Kind::Binary(exe) => quote!(::prill::PayloadKind::Binary(#exe)),
        Kind::Scheduler(exe) => quote!(::prill::PayloadKind::Scheduler(#exe)),
        Kind::Builtin(_) => quote!(::prill::PayloadKind::Builtin(#name)),
    }
}

fn registrations(declaration: &Declaration) -> TokenStream {
    let Declaration { ident, name, .. } = declaration;
    let builtin = match &declaration.kind {
        Kind::Builtin(function) => quote!(::prill::register_builtin!(#name, #function);),
        _ => TokenStream::new(),
    };
    let listed = declaration.summary.as_ref().map(|summary| quote!(::prill::register_payload!(&#ident::PAYLOAD, #summary);));
    quote!(#builtin #listed)
}
