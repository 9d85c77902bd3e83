//! Emitted crates, and their rustdoc JSON.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::tree;

/// The folder `target/semver`, and the tool.
#[derive(Debug)]
pub(super) struct Place {
    folder: PathBuf,
    /// The program of cargo-semver-checks.
    pub(super) tool: PathBuf,
}

/// The crate of a document, which one version after the other is written to.
#[derive(Debug)]
pub(super) struct Crate<'place> {
    place: &'place Place,
    name: String,
    folder: PathBuf,
}

impl Place {
    /// Makes the folder.
    pub(super) fn prepare(tool: PathBuf) -> Result<Self> {
        let folder = tree::target()?.join("semver");
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Self { folder, tool })
    }

    /// Returns the crate of a document; nothing is left of an earlier run.
    pub(super) fn krate(&self, document: &str) -> Result<Crate<'_>> {
        let name = format!("semver-{document}");
        let folder = self.folder.join("crates").join(&name);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
        }
        Ok(Crate {
            place: self,
            name,
            folder,
        })
    }
}

impl Crate<'_> {
    /// Returns the name of the package.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the file of the rustdoc JSON of a version.
    pub(super) fn rustdoc(&self, version: &str) -> PathBuf {
        let file = format!("{}.{version}.json", self.name);
        self.place.folder.join("rustdoc").join(file)
    }

    /// Writes the files of a version, and makes its rustdoc JSON.
    pub(super) fn document(&self, files: &BTreeMap<String, String>, version: &str) -> Result<()> {
        self.write(files)?;
        let build = self.place.folder.join("build");
        let mut command = Command::new("cargo");
        // As cargo-semver-checks makes it.
        command
            .args(["rustdoc", "--quiet", "--lib", "--all-features", "--manifest-path"])
            .arg(self.folder.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&build)
            .args(["--", "-Z", "unstable-options", "--output-format", "json"])
            .args([
                "--document-private-items",
                "--document-hidden-items",
                "--cap-lints",
                "allow",
            ])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_INCREMENTAL", "0");
        let output = command.output().context("cargo cannot be run")?;
        if !output.status.success() {
            bail!("rustdoc: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let made = build.join("doc").join(format!("{}.json", self.name.replace('-', "_")));
        let kept = self.rustdoc(version);
        make_parent(&kept)?;
        fs::copy(&made, &kept).with_context(|| format!("{} cannot be copied", made.display()))?;
        Ok(())
    }

    /// Writes what differs, and removes what is no longer there.
    fn write(&self, files: &BTreeMap<String, String>) -> Result<()> {
        for (name, text) in files {
            let path = self.folder.join(name);
            if fs::read_to_string(&path).ok().as_ref() != Some(text) {
                make_parent(&path)?;
                fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
            }
        }
        let lock = self.folder.join("Cargo.lock");
        if !lock.exists() {
            let shared = tree::root().join("Cargo.lock");
            fs::copy(&shared, &lock).with_context(|| format!("{} cannot be copied", shared.display()))?;
        }
        self.remove_others(&self.folder.join("src"), files)
    }

    fn remove_others(&self, folder: &Path, files: &BTreeMap<String, String>) -> Result<()> {
        for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                self.remove_others(&path, files)?;
                continue;
            }
            let below = path.strip_prefix(&self.folder).unwrap_or(&path);
            let name = below.to_string_lossy().replace('\\', "/");
            if !files.contains_key(&name) {
                fs::remove_file(&path).with_context(|| format!("{} cannot be removed", path.display()))?;
            }
        }
        Ok(())
    }
}

/// Makes the folder of a file.
fn make_parent(file: &Path) -> Result<()> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}
