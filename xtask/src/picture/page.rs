use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

/// Photographs the page `html` in a window of this size, in as few colours as text needs.
pub(super) fn photograph(html: &str, (wide, high): (usize, usize), to: &Path) -> Result<()> {
    let page = std::env::temp_dir().join(format!("prill-picture-{}.html", std::process::id()));
    std::fs::write(&page, html).with_context(|| format!("write {}", page.display()))?;
    let shot = run(Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
        .arg(format!("--window-size={wide},{high}"))
        .arg(format!("--screenshot={}", to.display()))
        .arg(format!("file://{}", page.display())));
    std::fs::remove_file(&page).with_context(|| format!("remove {}", page.display()))?;
    shot?;
    run(Command::new("pngquant").args(["--force", "--strip", "--speed", "1", "--output"]).args([to, Path::new("32"), to]))
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output();
    let program = command.get_program().display().to_string();
    let output = output.with_context(|| format!("run {program}: install the package {program}"))?;
    ensure!(output.status.success(), "photograph a page: {program}: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}
