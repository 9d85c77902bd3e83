//! `cargo xtask ci`: what a change has to pass.

use std::process::Command;

use anyhow::{Context as _, bail};

use crate::{Failure, tree};

/// A command, its arguments, and the environment that it wants.
type Step = (
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

/// Each command of the run, with the environment that it wants.
const STEPS: [Step; 8] = [
    ("cargo", &["fmt", "--all", "--check"], &[]),
    (
        "cargo",
        &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
        &[],
    ),
    // Emitted code has stricter lints, since others read it as their own.
    (
        "cargo",
        &[
            "clippy",
            "-p",
            "losant-data",
            "--all-features",
            "--",
            "-D",
            "warnings",
            "-W",
            "clippy::pedantic",
            "-A",
            "clippy::too_many_lines",
            "-W",
            "missing_docs",
        ],
        &[],
    ),
    // These crates lie outside the workspace, and nothing else builds them.
    (
        "cargo",
        &["check", "--all-targets", "--manifest-path", "tests/bench/Cargo.toml"],
        &[],
    ),
    ("cargo", &["check", "--manifest-path", "tests/fuzz/Cargo.toml"], &[]),
    ("cargo", &["test", "--workspace"], &[]),
    ("cargo", &["xtask", "codegen", "--check"], &[]),
    // A test has rustdoc look at the cases whose documentation is hostile (`tests/tests/descriptions.rs`).
    (
        "cargo",
        &["doc", "--workspace", "--no-deps", "--exclude", "case-*"],
        &[("RUSTDOCFLAGS", "-D warnings")],
    ),
];

/// Runs the command.
pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    if let Some(argument) = arguments.first() {
        return Err(Failure::Usage(format!("ci takes no argument, not {argument:?}")));
    }
    let target = tree::target()?;
    for (program, arguments, environment) in STEPS {
        print_line!("> {program} {}", arguments.join(" "));
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(tree::root())
            // One for all: a crate outside the workspace would have a folder of its own.
            .env("CARGO_TARGET_DIR", &target)
            .envs(environment.iter().copied());
        let status = command.status().with_context(|| format!("{program} cannot be run"))?;
        if !status.success() {
            let fail = || bail!("{program} {} failed", arguments.join(" "));
            return Ok(fail()?);
        }
    }
    Ok(())
}
