//! `cargo xtask emulator`: Losant's API on a SQLite file, on this machine.
//!
//! The emulator is a package of its own, and no dependency of this one: whoever generates
//! a crate need not compile SQLite first.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context as _;

use crate::{Failure, tree};

/// What the command was asked for.
#[derive(Debug, Default)]
pub(crate) struct Emulator {
    /// The port; any that is free unless given.
    pub(crate) port: Option<u16>,
    /// The SQLite file; one that goes with the emulator unless given.
    pub(crate) data: Option<PathBuf>,
}

/// Runs the emulator until it is interrupted.
pub(crate) fn run(options: &Emulator) -> Result<(), Failure> {
    let mut command = Command::new("cargo");
    command
        .args(["run", "--quiet", "--package", "emulator", "--manifest-path"])
        .arg(tree::root().join("Cargo.toml"))
        .arg("--");
    if let Some(port) = options.port {
        command.arg("--port").arg(port.to_string());
    }
    if let Some(data) = &options.data {
        command.arg("--data").arg(data);
    }
    hand_over(&mut command)
}

/// Runs a command in the place of this one, so that an interrupt is the command's alone to answer.
#[cfg(unix)]
fn hand_over(command: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt as _;

    Err(command.exec()).context("cargo cannot be run")?
}

/// Runs a command.
#[cfg(not(unix))]
fn hand_over(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().context("cargo cannot be run")?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Fault(None))
    }
}
