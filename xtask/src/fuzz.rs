//! `cargo xtask fuzz`: libFuzzer on the codec of the product, for as long as it is asked to run.
//!
//! The fuzzer lies in `tests/fuzz`, outside the workspace, since it is built by a nightly
//! toolchain. All that the run makes lies in `target/fuzz`, but for an input that is at
//! fault: `tests/fuzz/artifacts` keeps it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, anyhow};
use tests::fuzz::{self, Material};

use crate::{Failure, tree};

/// What the command was asked for.
#[derive(Debug)]
pub(crate) struct Fuzz {
    /// For how long.
    pub(crate) seconds: u64,
}

impl Default for Fuzz {
    fn default() -> Self {
        Self { seconds: 600 }
    }
}

/// How long an input may take, in seconds.
const PATIENCE: u64 = 5;

/// How long an input may be, in bytes.
const LONGEST: usize = 16 * 1024;

/// Runs the fuzzer.
pub(crate) fn run(options: &Fuzz) -> Result<(), Failure> {
    if !has_nightly() {
        return Err(Failure::from(anyhow!(
            "the fuzzer is built by a nightly toolchain, and there is none; `rustup toolchain install nightly` gets it"
        )));
    }
    let folder = tree::target()?.join("fuzz");
    let path = search_path(&install(&folder)?)?;
    let corpus = seed(&folder)?;
    let mut command = Command::new("cargo");
    command
        .args(["+nightly", "fuzz", "run", "--fuzz-dir"])
        .arg(fuzz::folder())
        .arg("--target-dir")
        .arg(folder.join("build"))
        .arg("codec")
        .arg(&corpus)
        .arg("--")
        .arg(format!("-dict={}", folder.join("codec.dict").display()))
        .arg(format!("-max_total_time={}", options.seconds))
        .arg(format!("-timeout={PATIENCE}"))
        .arg(format!("-max_len={LONGEST}"))
        .arg("-print_final_stats=1")
        .current_dir(tree::root())
        .env("PATH", path);
    let status = command.status().context("cargo cannot be run")?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Fault(None))
    }
}

fn has_nightly() -> bool {
    let mut command = Command::new("rustup");
    command.args(["run", "nightly", "rustc", "--version"]);
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Installs `cargo-fuzz` unless it is there, and returns the folder of its program.
fn install(folder: &Path) -> Result<PathBuf, Failure> {
    let programs = folder.join("bin");
    if !programs.join("cargo-fuzz").exists() {
        let mut command = Command::new("cargo");
        command
            .args(["install", "--quiet", "--locked", "cargo-fuzz", "--root"])
            .arg(folder);
        let status = command.status().context("cargo cannot be run")?;
        if !status.success() {
            return Err(Failure::from(anyhow!("cargo-fuzz cannot be installed")));
        }
    }
    Ok(programs)
}

/// Returns the search path with `programs` before all else, where cargo finds what it does not bring itself.
fn search_path(programs: &Path) -> Result<OsString, Failure> {
    let others = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(programs.to_owned()).chain(std::env::split_paths(&others));
    Ok(std::env::join_paths(all).context("the search path cannot be set")?)
}

/// Writes the first inputs and the dictionary, and returns the folder of the inputs.
/// What earlier runs found stays there.
fn seed(folder: &Path) -> Result<PathBuf, Failure> {
    let material = Material::read();
    let corpus = folder.join("corpus");
    fs::create_dir_all(&corpus).with_context(|| format!("{} cannot be made", corpus.display()))?;
    for (name, input) in material.seeds().context("the fixtures cannot be read")? {
        let file = corpus.join(name);
        fs::write(&file, input).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    let file = folder.join("codec.dict");
    fs::write(&file, material.dictionary()).with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(corpus)
}
