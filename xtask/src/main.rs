//! The project's own checks and chores.
//!
//! - [`tidy`]: the rules of the house that the compiler does not know
//! - [`score`]: the linked formats against recorded cases with known numbers
//! - [`docs`]: the book
//! - [`new_extractor`]: the crate of a new format, linked
//! - [`picture`]: what a command prints on a terminal, as a picture
#![forbid(unsafe_code)]

mod docs;
mod new_extractor;
mod picture;
mod score;
mod tidy;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

const USAGE: &str = "\
usage: cargo xtask CMD
  tidy                        check the rules of the house that the compiler does not know
  score DIR [OPTIONS]         run the linked formats over the recorded cases below DIR, and hold the metrics
                              against each case's expect.json; exits 1 when a number is missing or wrong;
                              says how many of the printed numbers are explained
      --only NAME[,NAME..]    cases of these tools alone
      --verbose               say of each number what is wrong
      --report                exit 0 whatever is missing
      --peers                 match by value alone: numbers that other projects' parsers read
  new-extractor NAME [--from OUTPUT]
                              make extractors/NAME, with samples and their snapshots, and link it; with metrics that
                              are proposed from OUTPUT, which `prill new extractor --from` does too
  docs [--check]              build the book of docs and of what is known of the formats, in target/book; or say
                              whether its pages are whole
  picture FILE CMD [ARGS..]   run CMD and draw what it prints, colours and all, into the SVG file FILE
  pictures [NAME..]           draw those in docs/pictures again (needs chromium and pngquant)
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(code) => code,
        Err(e) => {
            eprintln!("xtask: failed to {e:#}");
            ExitCode::from(2)
        }
    }
}

fn run(words: &[&str]) -> Result<ExitCode> {
    match words {
        ["tidy"] => tidy::main(),
        ["score", rest @ ..] => score::main(rest),
        ["docs"] => docs::main(),
        ["docs", "--check"] => docs::check(),
        ["new-extractor", name] => new_extractor::main(name, None),
        ["new-extractor", name, "--from", output] => new_extractor::main(name, Some(output)),
        ["picture", file, command @ ..] => picture::main(file, command),
        ["pictures", names @ ..] => picture::all(names),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        other => anyhow::bail!("understand `{}`\n{USAGE}", other.join(" ")),
    }
}
