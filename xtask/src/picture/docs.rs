use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Result, ensure};

use super::{draw, page, printed};
use crate::workspace::Workspace;

/// An output that `prill explain` shows.
struct Shot {
    /// Of the files: NAME.svg is the terminal, NAME.png the page.
    name: &'static str,
    /// From the root of the tree.
    output: &'static str,
    columns: usize,
    /// Of longer ones the first rows are shown.
    rows: usize,
    /// Size of the page in pixels.
    page: (usize, usize),
}

const SHOTS: &[Shot] = &[
    Shot {
        name: "explain-fio",
        output: "extractors/fio/samples/randread-normal/stdout",
        columns: 132,
        rows: 40,
        page: (1200, 720),
    },
    Shot {
        name: "explain-schbench",
        output: "extractors/schbench/samples/cur-default/stderr",
        columns: 100,
        rows: 50,
        page: (1000, 770),
    },
    Shot {
        name: "explain-hackbench",
        output: "extractors/hackbench/samples/default-small/stdout",
        columns: 100,
        rows: 50,
        page: (1000, 300),
    },
];

/// Draws the pictures of these names again, or all.
pub(crate) fn main(names: &[&str]) -> Result<ExitCode> {
    let unknown = names.iter().find(|name| SHOTS.iter().all(|shot| shot.name != **name));
    ensure!(unknown.is_none(), "draw {}: the pictures are {}", unknown.unwrap_or(&""), known().join(", "));
    let workspace = Workspace::load()?;
    for shot in SHOTS.iter().filter(|shot| names.is_empty() || names.contains(&shot.name)) {
        shot.draw(&workspace.root)?;
        println!("drawn: {}.svg and {}.png", shot.name, shot.name);
    }
    Ok(ExitCode::SUCCESS)
}

fn known() -> Vec<&'static str> {
    SHOTS.iter().map(|shot| shot.name).collect()
}

impl Shot {
    fn draw(&self, root: &Path) -> Result<()> {
        let file = |extension: &str| root.join(format!("docs/pictures/{}.{extension}", self.name));
        let text = printed(prill(root, &["--color=always", "explain", self.output]).env("COLUMNS", self.columns.to_string()))?;
        draw(&file("svg"), &format!("prill explain {}", self.output), &text, self.rows)?;
        let html = printed(&mut prill(root, &["explain", "--html", "-", self.output]))?;
        page::photograph(&html, self.page, &file("png"))
    }
}

/// The command of this tree.
fn prill(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).args(["run", "--quiet", "--package", "prill-cli", "--"]).args(args);
    command
}
