//! Other generators that ours is measured beside, and tools that judge it: their versions, and how they are installed
//! below the target folder.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::tree;

/// Another generator, or a tool.
#[derive(Debug)]
pub(crate) struct Peer {
    /// What it is called in the figures.
    pub(crate) name: &'static str,
    /// Its package, which has a program of the same name.
    pub(crate) package: &'static str,
    /// The version that is measured.
    pub(crate) version: &'static str,
}

/// <https://github.com/linabutler/ploidy>
pub(crate) const PLOIDY: Peer = Peer {
    name: "ploidy",
    package: "ploidy",
    version: "0.15.0",
};

/// <https://github.com/gpu-cli/openapi-to-rust>
pub(crate) const OPENAPI_TO_RUST: Peer = Peer {
    name: "openapi-to-rust",
    package: "openapi-to-rust",
    version: "0.23.0",
};

/// <https://github.com/oxidecomputer/progenitor>
pub(crate) const PROGENITOR: Peer = Peer {
    name: "progenitor",
    package: "cargo-progenitor",
    version: "0.15.1",
};

/// <https://github.com/obi1kenobi/cargo-semver-checks>
pub(crate) const CARGO_SEMVER_CHECKS: Peer = Peer {
    name: "cargo-semver-checks",
    package: "cargo-semver-checks",
    version: "0.51.0",
};

impl Peer {
    /// Installs a release build, unless this version is there, and returns its program.
    pub(crate) fn install(&self) -> Result<PathBuf> {
        let root = tree::target()?.join("peers");
        let program = root.join("bin").join(self.package);
        let installed = fs::read_to_string(root.join(".crates.toml")).unwrap_or_default();
        if installed.contains(&format!("\"{} {} ", self.package, self.version)) && program.exists() {
            return Ok(program);
        }
        error_line!("installing {} {}", self.package, self.version);
        let mut command = Command::new("cargo");
        command
            .args(["install", "--locked", "--force", "--version", self.version, "--root"])
            .arg(&root)
            .arg("--target-dir")
            .arg(root.join("build"))
            .arg(self.package);
        output(&mut command)?;
        Ok(program)
    }
}

/// Runs a command and returns what it prints.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{program} cannot be run"))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        let last = errors.lines().rfind(|line| line.to_lowercase().contains("error"));
        bail!(
            "{program} failed: {}",
            last.or(errors.lines().last()).unwrap_or("it does not say why")
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
