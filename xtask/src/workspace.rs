use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

/// What cargo knows of the packages in the tree.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) packages: Vec<Package>,
}

pub(crate) struct Package {
    pub(crate) name: String,
    /// The folder, from the root.
    pub(crate) folder: PathBuf,
    pub(crate) dependencies: Vec<Dependency>,
}

pub(crate) struct Dependency {
    pub(crate) name: String,
    /// Only for tests, examples and benches.
    pub(crate) dev: bool,
}

impl Workspace {
    /// The workspace that this program was built in.
    pub(crate) fn load() -> Result<Self> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(&cargo)
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .with_context(|| format!("run {} metadata", cargo.display()))?;
        ensure!(output.status.success(), "read the workspace: {}", String::from_utf8_lossy(&output.stderr).trim());
        let metadata: Value = serde_json::from_slice(&output.stdout).context("read what cargo metadata printed")?;
        let root = PathBuf::from(metadata["workspace_root"].as_str().context("find workspace_root in cargo metadata")?);
        let packages = metadata["packages"].as_array().context("find packages in cargo metadata")?;
        let packages = packages.iter().map(|p| Package::read(p, &root)).collect::<Result<_>>()?;
        Ok(Self { root, packages })
    }
}

impl Package {
    fn read(value: &Value, root: &Path) -> Result<Self> {
        let text = |key: &str| value[key].as_str().with_context(|| format!("find {key} of a package in cargo metadata"));
        let manifest = Path::new(text("manifest_path")?);
        let folder = manifest.parent().and_then(|f| f.strip_prefix(root).ok()).context("find a package's folder")?;
        let dependencies = value["dependencies"].as_array().into_iter().flatten();
        Ok(Self {
            name: text("name")?.to_owned(),
            folder: folder.to_owned(),
            dependencies: dependencies.map(Dependency::read).collect(),
        })
    }

    /// The format that the package is of, when it is a format's.
    pub(crate) fn format(&self) -> Option<&str> {
        self.name.strip_prefix("prill-extract-").filter(|name| *name != "all")
    }
}

impl Dependency {
    fn read(value: &Value) -> Self {
        Self { name: value["name"].as_str().unwrap_or_default().to_owned(), dev: value["kind"].as_str() == Some("dev") }
    }
}
