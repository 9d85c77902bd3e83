//! Where everything lies that a run makes, and the programs of a release build that it uses.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::tree;

/// The folder `target/corpus`.
#[derive(Debug)]
pub(super) struct Place {
    folder: PathBuf,
    /// After how many seconds a program is ended.
    pub(super) timeout: u64,
}

/// One document with one generator.
#[derive(Debug)]
pub(super) struct Job {
    /// The name of the package.
    pub(super) package: String,
    /// The folder of the crate; empty before it is generated.
    pub(super) folder: PathBuf,
    /// The folder of what programs say.
    pub(super) logs: PathBuf,
    /// The target folder of the checks: one for each generator, so that dependencies are compiled once.
    pub(super) build: PathBuf,
    /// The versions of dependencies that the crates of a generator share.
    pub(super) lock: PathBuf,
}

impl Place {
    /// Makes the folder, and a release build of our programs in it.
    ///
    /// They are copied there, so that whoever builds meanwhile does not change what is measured.
    pub(super) fn prepare(timeout: u64) -> Result<Self> {
        error_line!("building the generator");
        let target = tree::target()?;
        let mut command = Command::new("cargo");
        command
            .args(["build", "--quiet", "--release", "--package", "xtask", "--bins"])
            .arg("--target-dir")
            .arg(&target)
            .current_dir(tree::root());
        if !command.status().context("cargo cannot be run")?.success() {
            bail!("the generator does not compile");
        }
        let place = Self {
            folder: target.join("corpus"),
            timeout,
        };
        let bin = place.folder.join("bin");
        fs::create_dir_all(&bin).with_context(|| format!("{} cannot be made", bin.display()))?;
        for program in ["xtask", "measure"] {
            let program = format!("{program}{}", std::env::consts::EXE_SUFFIX);
            let built = target.join("release").join(&program);
            fs::copy(&built, bin.join(&program)).with_context(|| format!("{} cannot be copied", built.display()))?;
        }
        Ok(place)
    }

    /// Returns the path of one of our programs.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        self.folder.join("bin").join(name)
    }

    /// Returns where a generator puts the crate of a document; nothing is left of an earlier run.
    pub(super) fn job(&self, tool: &str, document: &str) -> Result<Job> {
        // The prefix keeps a document from being called as one of its dependencies.
        let package = apicrate::unstable::package_name(&format!("corpus-{document}"));
        let job = Job {
            folder: self.folder.join("crates").join(tool).join(&package),
            logs: self.folder.join("logs").join(tool).join(&package),
            build: self.folder.join("build").join(tool),
            lock: self.folder.join("locks").join(format!("{tool}.lock")),
            package,
        };
        for folder in [&job.folder, &job.logs] {
            empty(folder)?;
        }
        make_parent(&job.lock)?;
        Ok(job)
    }
}

/// Makes an empty folder.
fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

/// Makes the folder of a file.
fn make_parent(file: &Path) -> Result<()> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}
