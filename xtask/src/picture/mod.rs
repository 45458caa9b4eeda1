//! What a command prints on a terminal, as a picture for the documentation: made from a real run, so that it cannot lie.

mod ansi;
mod svg;

use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

pub(crate) fn main(file: &str, command: &[&str]) -> Result<ExitCode> {
    let [program, args @ ..] = command else { bail!("find the command: cargo xtask picture FILE CMD [ARGS..]") };
    let output = Command::new(program).args(args).stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("run {program}"))?;
    ensure!(output.status.success(), "draw {}: it ended with {}", command.join(" "), output.status);
    let text = String::from_utf8(output.stdout).context("read what the command printed: it is not UTF-8")?;
    let shown = format!("$ {}\n{text}", shown(program, args).join(" "));
    std::fs::write(file, svg::draw(&ansi::lines(&shown))).with_context(|| format!("write {file}"))?;
    Ok(ExitCode::SUCCESS)
}

/// The command as a reader would type it: the program's name without its folder, and no flag that only asks for colours.
fn shown<'a>(program: &'a str, args: &[&'a str]) -> Vec<&'a str> {
    let name = program.rsplit('/').next().unwrap_or(program);
    std::iter::once(name).chain(args.iter().copied().filter(|arg| *arg != "--color=always")).collect()
}
