//! `cargo xtask fuzz-documents`: the generator on mutated documents, for as long as it is asked to run.
//!
//! The fuzzer is a package of its own, `tests/document-fuzzer`, built with the profile `fuzz`: optimised, and with the
//! checks of the debug profile. What it finds goes to `target/fuzz-documents`.

use std::path::PathBuf;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context as _;

use crate::{Failure, tree};

/// What the command was asked for.
#[derive(Debug)]
pub(crate) struct FuzzDocuments {
    /// The folder of the documents that are mutated; those of this repository unless given.
    pub(crate) documents: Option<PathBuf>,
    /// For how long.
    pub(crate) seconds: u64,
    /// The sequence of mutations; another one each time unless given.
    pub(crate) seed: Option<u64>,
    /// One run of that sequence, to look at it again.
    pub(crate) run: Option<u64>,
}

impl Default for FuzzDocuments {
    fn default() -> Self {
        Self {
            documents: None,
            seconds: 600,
            seed: None,
            run: None,
        }
    }
}

/// Runs the fuzzer.
pub(crate) fn run(options: &FuzzDocuments) -> Result<(), Failure> {
    let seed = options.seed.unwrap_or_else(clock);
    let mut command = Command::new("cargo");
    command
        .args([
            "run",
            "--quiet",
            "--profile",
            "fuzz",
            "--package",
            "document-fuzzer",
            "--",
        ])
        .args(["--seconds", &options.seconds.to_string(), "--seed", &seed.to_string()])
        .arg("--folder")
        .arg(tree::target()?.join("fuzz-documents"))
        .current_dir(tree::root());
    if let Some(documents) = &options.documents {
        let documents =
            std::path::absolute(documents).with_context(|| format!("{} is no folder", documents.display()))?;
        command.arg("--documents").arg(documents);
    }
    if let Some(run) = options.run {
        command.arg("--run").arg(run.to_string());
    }
    let status = command.status().context("cargo cannot be run")?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Fault(None))
    }
}

/// Returns a seed that is another each second.
fn clock() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(1, |time| time.as_secs())
}
