use syn::{Error, FnArg, ItemFn, Result, Safety, Type};

/// Refuses what cannot be a body.
pub(super) fn check(function: &ItemFn) -> Result<()> {
    let signature = &function.sig;
    if let Some(asyncness) = &signature.asyncness {
        return Err(Error::new_spanned(asyncness, "a body is no async function: payloads run in processes of their own"));
    }
    if let Safety::Unsafe(unsafety) = &signature.safety {
        return Err(Error::new_spanned(unsafety, "a body is called by the test harness: it cannot be unsafe"));
    }
    if !signature.generics.params.is_empty() {
        return Err(Error::new_spanned(&signature.generics, "a body has no parameters of this kind: nobody could choose them"));
    }
    if let Some(test) = function.attrs.iter().find(|a| a.path().segments.last().is_some_and(|s| s.ident == "test")) {
        return Err(Error::new_spanned(test, "#[prill::test] makes a test of it already"));
    }
    match signature.inputs.iter().nth(1) {
        Some(second) => Err(Error::new_spanned(second, "a body takes `&Ctx` or nothing")),
        None => signature.inputs.first().map_or(Ok(()), context),
    }
}

fn context(input: &FnArg) -> Result<()> {
    match input {
        FnArg::Typed(typed) if matches!(&*typed.ty, Type::Reference(reference) if reference.mutability.is_none()) => Ok(()),
        _ => Err(Error::new_spanned(input, "a body takes `&Ctx` or nothing")),
    }
}
