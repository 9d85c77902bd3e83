//! `cargo xtask bless`: rewrites what the golden cases expect.

use std::process::Command;

use anyhow::{Context as _, anyhow};

use crate::{Failure, tree};

/// Runs the golden test with leave to write.
pub(crate) fn run(cases: &[String]) -> Result<(), Failure> {
    let mut command = Command::new("cargo");
    command.args(["test", "--quiet", "--package", "tests", "--test", "golden"]);
    command.current_dir(tree::root()).env(
        "BLESS",
        if cases.is_empty() {
            "*".to_owned()
        } else {
            cases.join(",")
        },
    );
    let status = command.status().context("cargo cannot be run")?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::from(anyhow!("blessing failed")))
    }
}
