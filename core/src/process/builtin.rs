//! Payloads that are code of the executable itself, run as processes of their own.

use super::Command;

mod hook;

/// The variable that tells a re-executed program which builtin to be.
pub(super) const VARIABLE: &str = "PRILL_BUILTIN";

/// A function of this executable that can be run as a process: see [`crate::register_builtin!`].
#[derive(Debug)]
pub struct Builtin {
    /// The name it is asked for by; the engine's own begin with a dot.
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
    let all = inventory::iter::<Builtin>.into_iter();
    let mut named: Vec<_> = all.filter(|builtin| !builtin.name.starts_with('.')).collect();
    named.sort_by_key(|builtin| builtin.name);
    named
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
        $crate::__private::inventory::submit! {
            $crate::process::Builtin { name: $name, run: $run }
        }
    };
}
