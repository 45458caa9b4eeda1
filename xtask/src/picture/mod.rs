//! What a command prints on a terminal, and the page it writes, as pictures for the documentation: made from real runs, so
//! that they cannot lie.
//!
//! - [`docs`]: the pictures in `docs/pictures`
//! - [`ansi`], [`svg`]: text with colours, drawn
//! - [`page`]: a page, photographed

mod ansi;
mod docs;
mod page;
mod svg;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

pub(crate) use docs::main as all;

pub(crate) fn main(file: &str, command: &[&str]) -> Result<ExitCode> {
    let [program, args @ ..] = command else { bail!("find the command: cargo xtask picture FILE CMD [ARGS..]") };
    let text = printed(Command::new(program).args(args))?;
    draw(Path::new(file), &shown(program, args).join(" "), &text, usize::MAX)?;
    Ok(ExitCode::SUCCESS)
}

/// What `command` prints to its standard output.
fn printed(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("run {}", command.get_program().display()))?;
    ensure!(output.status.success(), "draw what {} prints: it ended with {}", command.get_program().display(), output.status);
    String::from_utf8(output.stdout).context("read what the command printed: it is not UTF-8")
}

/// Draws `text`, the first `rows` rows of it, as what `command` printed.
fn draw(file: &Path, command: &str, text: &str, rows: usize) -> Result<()> {
    let mut lines = ansi::lines(&format!("$ {command}\n{text}"));
    if lines.len() > rows {
        lines.truncate(rows);
        lines.extend(ansi::lines("\u{1b}[2m…\u{1b}[0m"));
    }
    std::fs::write(file, svg::draw(&lines)).with_context(|| format!("write {}", file.display()))
}

/// The command as a reader would type it: the program's name without its folder, and no flag that only asks for colours.
fn shown<'a>(program: &'a str, args: &[&'a str]) -> Vec<&'a str> {
    let name = program.rsplit('/').next().unwrap_or(program);
    std::iter::once(name).chain(args.iter().copied().filter(|arg| *arg != "--color=always")).collect()
}
