//! The book: the pages in `docs`, and a reference of the formats that is made of their READMEs and samples. It is put
//! together in `target/book`, so that nothing generated is kept and could be stale.
//!
//! - [`book`]: all pages; [`mod@reference`]: those of the formats; [`readme`]: the sections of a README
//! - [`links`]: where pages point; [`mod@check`]: what is wrong with the book

mod book;
mod check;
mod links;
mod readme;
mod reference;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, ensure};

use crate::workspace::Workspace;
use book::Book;

/// The version that the book was looked at with.
const MDBOOK: &str = "0.5.4";

/// `--check`: whether the book is whole, without building it.
pub(crate) fn check() -> Result<ExitCode> {
    let workspace = Workspace::load()?;
    let wrong = check::wrong(&Book::load(&workspace)?, &workspace.root);
    wrong.iter().for_each(|finding| println!("{finding}"));
    println!("docs: {} findings", wrong.len());
    Ok(if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds the book.
pub(crate) fn main() -> Result<ExitCode> {
    let workspace = Workspace::load()?;
    let book = Book::load(&workspace)?;
    let wrong = check::wrong(&book, &workspace.root);
    ensure!(wrong.is_empty(), "make the book of these pages:\n{}", wrong.join("\n"));
    let made = workspace.root.join("target/book");
    book.write(&made)?;
    let done = Command::new(mdbook(&workspace.root)?).arg("build").arg(&made).status().context("run mdbook")?;
    ensure!(done.success(), "build the book in {}: mdbook ended with {done}", made.display());
    println!("made {}", made.join("book/index.html").display());
    Ok(ExitCode::SUCCESS)
}

/// The program: the one that is installed, else one of our own.
fn mdbook(root: &Path) -> Result<PathBuf> {
    if Command::new("mdbook").arg("--version").output().is_ok_and(|done| done.status.success()) {
        return Ok("mdbook".into());
    }
    let tools = root.join("target/tools");
    let own = tools.join("bin/mdbook");
    if !own.is_file() {
        println!("installing mdbook {MDBOOK} into target/tools");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        // Neither the server nor the watcher, which take most of the time to build.
        let install = ["install", "--quiet", "--locked", "--no-default-features", "--features", "search", "mdbook"];
        let done = Command::new(cargo)
            .args(install)
            .args(["--version", MDBOOK, "--root"])
            .arg(&tools)
            .status()
            .context("run cargo install")?;
        ensure!(done.success(), "install mdbook {MDBOOK}: cargo install ended with {done}");
    }
    Ok(own)
}
