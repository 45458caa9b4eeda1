//! The command as its users see it: in this process with a small format of its own, and as the `prill` program where a
//! process is what is tested.

mod archive;
mod doctor;
mod explain;
mod export;
mod extract;
mod formats_file;
mod lists;
mod new;
mod process;
mod records;
mod run;
mod tiny;
mod tutorial;

use std::io::Cursor;

use prill_cli::{Io, Look};

/// What a command left.
struct Ran {
    status: u8,
    out: String,
    err: String,
}

/// Runs `prill ARGS` in this process, with nothing on its standard input.
fn prill(args: &[&str]) -> Ran {
    prill_with(args, "", Look::default())
}

/// Runs `prill ARGS` in this process, its streams looked at as said.
fn prill_with(args: &[&str], input: impl AsRef<[u8]>, look: Look) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = Cursor::new(input.as_ref());
    let mut io = Io {
        input: &mut input,
        input_is_terminal: false,
        out: &mut out,
        out_look: look,
        err: &mut err,
        err_look: Look { terminal: false, ..look },
    };
    let status = prill_cli::main_with(std::iter::once("prill").chain(args.iter().copied()), &mut io);
    Ran { status, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

impl Ran {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}{}", self.out, self.err))
    }
}
