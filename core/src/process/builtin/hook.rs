//! Becoming a builtin before `main`.
#![allow(unsafe_code)]

use std::ffi::{c_char, c_int};
use std::panic::catch_unwind;

use super::{Builtin, VARIABLE};

/// What the C runtime calls before `main`, with the arguments of `main` (glibc; musl passes none).
type Init = unsafe extern "C" fn(c_int, *const *const c_char, *const *const c_char);

#[used]
#[unsafe(link_section = ".init_array")]
static HOOK: Init = before_main;

unsafe extern "C" {
    // The linker defines both around the array that holds HOOK.
    static __init_array_start: [Init; 0];
    static __init_array_end: [Init; 0];
}

unsafe extern "C" fn before_main(argc: c_int, argv: *const *const c_char, envp: *const *const c_char) {
    let Some(name) = std::env::var_os(VARIABLE) else { return };
    // A builtin's own children are no builtins.
    // SAFETY: the C runtime calls this before `main`, when the process has one thread.
    #[allow(clippy::disallowed_methods)]
    unsafe {
        std::env::remove_var(VARIABLE);
    }
    // What is registered by initialisers that would run after this one is there for the builtin too, formats and builtins.
    // SAFETY: the initialisers are called as the C runtime would, in its order and once each: this one never returns to it.
    unsafe { the_rest(|init| init(argc, argv, envp)) };
    let Some(builtin) = inventory::iter::<Builtin>.into_iter().find(|builtin| name == builtin.name) else {
        eprintln!("prill: failed to run builtin {}: this executable has none of that name", name.display());
        std::process::exit(127);
    };
    // A panic must not unwind into the C runtime; its message is already on stderr.
    std::process::exit(catch_unwind(builtin.run).unwrap_or(101))
}

/// The initialisers after [`before_main`].
///
/// # Safety
/// Only for [`before_main`].
unsafe fn the_rest(call: impl Fn(Init)) {
    // SAFETY: the linker lays the array out between the two symbols, as whole function pointers; some linkers pad it with
    // zeros or, as crtbegin does, with -1, which are skipped before they are taken for functions.
    unsafe {
        let start = (&raw const __init_array_start).cast::<usize>();
        let end = (&raw const __init_array_end).cast::<usize>();
        let count = (end.addr() - start.addr()) / size_of::<usize>();
        let entries = std::slice::from_raw_parts(start, count);
        let own = before_main as Init as usize;
        let after = entries.iter().position(|entry| *entry == own).map_or(count, |place| place + 1);
        for entry in entries[after..].iter().filter(|entry| !matches!(**entry, 0 | usize::MAX)) {
            call(std::mem::transmute::<usize, Init>(*entry));
        }
    }
}
