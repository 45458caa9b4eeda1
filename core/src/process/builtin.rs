//! Payloads that are code of the executable itself, run as processes of their own.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Command;

/// The variable that tells a re-executed program which builtin to be.
pub(super) const VARIABLE: &str = "PRILL_BUILTIN";

/// A function of this executable that can be run as a process: see [`crate::register_builtin!`].
#[derive(Debug)]
pub struct Builtin {
    /// The name it is asked for by.
    pub name: &'static str,
    /// What it does; the result is its exit code.
    pub run: fn() -> i32,
}

inventory::collect!(Builtin);

/// A command that runs the builtin `name` as a process, by executing the current executable again.
///
/// Works in every executable that links the registration, a test binary or the `prill` command. An unknown name is an
/// error of [`Command::spawn`].
pub fn builtin_command(name: &str) -> Command {
    let mut command = Command::new("/proc/self/exe").env(VARIABLE, name);
    command.arg0 = Some(name.into());
    command.builtin = Some(name.to_owned());
    command
}

/// The builtins of this executable, sorted by name.
pub fn builtins() -> Vec<&'static Builtin> {
    let mut all: Vec<_> = inventory::iter::<Builtin>.into_iter().collect();
    all.sort_by_key(|builtin| builtin.name);
    all
}

/// Runs `builtin` and ends the process, if this process was started to be it.
///
/// Called before `main` by what [`crate::register_builtin!`] registers; not for other use.
#[doc(hidden)]
pub fn enter(builtin: &Builtin) {
    if std::env::var_os(VARIABLE).is_none_or(|wanted| wanted != builtin.name) {
        return;
    }
    forget_variable();
    // A panic must not unwind into the C runtime, which calls this; its message is already on stderr.
    let code = catch_unwind(AssertUnwindSafe(builtin.run)).unwrap_or(101);
    std::process::exit(code);
}

/// Keeps a builtin's own children from becoming builtins.
#[allow(unsafe_code, clippy::disallowed_methods)]
fn forget_variable() {
    // SAFETY: the C runtime calls this before `main`, when the process has one thread.
    unsafe { std::env::remove_var(VARIABLE) };
}

/// Registers a function of this executable as a builtin payload: `register_builtin!("pingpong", pingpong)`.
///
/// The function is a small `main`: it has the type `fn() -> i32`, its arguments are in [`std::env::args_os`], its result is the
/// exit code, a panic is exit code 101. It runs in a process of its own, before the executable's `main` would: no test harness and no command line
/// parser sees it. As in a C program, `SIGPIPE` kills it. Start it with [`crate::process::builtin_command`].
///
/// ```
/// fn greet() -> i32 {
///     println!("hello");
///     0
/// }
/// prill_core::register_builtin!("greet", greet);
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let ended = prill_core::process::builtin_command("greet").run(None)?;
/// assert_eq!(ended.stdout.head(), b"hello\n");
/// # Ok(()) }
/// ```
#[macro_export]
macro_rules! register_builtin {
    ($name:expr, $run:path) => {
        const _: () = {
            static BUILTIN: $crate::process::Builtin = $crate::process::Builtin { name: $name, run: $run };
            $crate::__private::inventory::submit! {
                $crate::process::Builtin { name: $name, run: $run }
            }
            extern "C" fn before_main() {
                $crate::process::builtin::enter(&BUILTIN);
            }
            #[used]
            #[unsafe(link_section = ".init_array")]
            static HOOK: extern "C" fn() = before_main;
        };
    };
}
