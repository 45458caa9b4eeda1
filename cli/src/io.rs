//! Where a command reads and writes.

use std::io::{self, BufWriter, IsTerminal as _, Read, Write};

use anstream::{AutoStream, ColorChoice};

/// The streams of a command, and how people look at them.
pub struct Io<'a> {
    /// What `-` stands for.
    pub input: &'a mut dyn Read,
    /// Whether [`Io::input`] is a terminal, which is never read: nobody types an output.
    pub input_is_terminal: bool,
    /// Results.
    pub out: &'a mut dyn Write,
    /// Where results are looked at.
    pub out_look: Look,
    /// Everything else that is said.
    pub err: &'a mut dyn Write,
    /// Where that is looked at.
    pub err_look: Look,
}

/// How an output stream is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// On a terminal.
    pub terminal: bool,
    /// With colours, unless `--color` says otherwise.
    pub colour: bool,
    /// Columns, where they are limited.
    pub width: Option<usize>,
}

impl std::fmt::Debug for Io<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Io").field("out_look", &self.out_look).field("err_look", &self.err_look).finish_non_exhaustive()
    }
}

/// Calls `f` with the streams of this process.
pub(crate) fn with_standard<T>(f: impl FnOnce(&mut Io<'_>) -> T) -> T {
    let (mut input, stdout, stderr) = (io::stdin().lock(), io::stdout(), io::stderr());
    let input_is_terminal = input.is_terminal();
    let out_look = Look::of(stdout.is_terminal(), AutoStream::choice(&stdout), rustix::termios::tcgetwinsize(&stdout).ok());
    let err_look = Look::of(stderr.is_terminal(), AutoStream::choice(&stderr), rustix::termios::tcgetwinsize(&stderr).ok());
    let mut out = BufWriter::with_capacity(64 << 10, Pipe { to: stdout.lock(), broken: false });
    let mut err = Pipe { to: stderr, broken: false };
    f(&mut Io { input: &mut input, input_is_terminal, out: &mut out, out_look, err: &mut err, err_look })
}

impl Look {
    fn of(terminal: bool, colour: ColorChoice, size: Option<rustix::termios::Winsize>) -> Self {
        let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = asked.or_else(|| size.map(|size| usize::from(size.ws_col))).filter(|width| *width > 0);
        Self { terminal, colour: colour != ColorChoice::Never, width }
    }
}

/// A stream whose reader may go away, as in `prill extract .. | head`: what nobody reads is dropped, and the exit status
/// stays what it would have been.
struct Pipe<W> {
    to: W,
    broken: bool,
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match if self.broken { Ok(bytes.len()) } else { self.to.write(bytes) } {
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => {
                self.broken = true;
                Ok(bytes.len())
            }
            done => done,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match if self.broken { Ok(()) } else { self.to.flush() } {
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => {
                self.broken = true;
                Ok(())
            }
            done => done,
        }
    }
}
