//! `cargo xtask oracle`: the differential test, as long as it is asked to run.
//!
//! It is a test of the package `tests`, since it needs every emitted crate; this
//! command builds it with optimisations and tells it by its environment what to do.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context as _;

use crate::{Failure, tree};

/// What the command was asked for.
#[derive(Debug)]
pub(crate) struct Oracle {
    /// How many values of each schema.
    pub(crate) instances: u64,
    /// Another sequence of values.
    pub(crate) seed: u64,
    /// A file for the outcome.
    pub(crate) json: Option<PathBuf>,
}

impl Default for Oracle {
    fn default() -> Self {
        Self {
            instances: 2000,
            seed: 1,
            json: None,
        }
    }
}

/// Runs the test.
pub(crate) fn run(options: &Oracle) -> Result<(), Failure> {
    let mut command = Command::new("cargo");
    command
        .args(["test", "--quiet", "--release", "--package", "tests", "--test", "oracle"])
        .args(["--", "--nocapture"])
        .current_dir(tree::root())
        .env("ORACLE_INSTANCES", options.instances.to_string())
        .env("ORACLE_SEED", options.seed.to_string());
    if let Some(file) = &options.json {
        // The test runs in a folder of its own.
        let file = std::path::absolute(file).with_context(|| file.display().to_string())?;
        command.env("ORACLE_JSON", file);
    }
    let status = command.status().context("cargo cannot be run")?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Fault(None))
    }
}
