//! `cargo xtask examples`: the examples of documents, decoded and encoded by the types of their emitted crates.
//!
//! `tests/document-examples` does the work; all that it makes lies in `target/examples`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, anyhow};

use crate::{Failure, tree};

/// What the command was asked for.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    /// The folder with the documents.
    pub(crate) folder: PathBuf,
    /// The names of documents; all of them if empty.
    pub(crate) only: Vec<String>,
    /// A file for the outcome.
    pub(crate) json: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(options: &Examples) -> Result<(), Failure> {
    let mut documents = tree::documents(&options.folder)?;
    let is_called = |path: &PathBuf, name: &String| path.file_stem().is_some_and(|stem| *stem == **name);
    let missing = |name: &&String| !documents.iter().any(|path| is_called(path, name));
    if let Some(name) = options.only.iter().find(missing) {
        return Err(anyhow!("{} has no document {name:?}", options.folder.display()).into());
    }
    documents.retain(|path| options.only.is_empty() || options.only.iter().any(|name| is_called(path, name)));
    let mut command = Command::new("cargo");
    command
        .args(["run", "--quiet", "--package", "document-examples", "--manifest-path"])
        .arg(tree::root().join("Cargo.toml"))
        .arg("--")
        .args(documents)
        .arg("--folder")
        .arg(tree::target()?.join("examples"));
    if let Some(file) = &options.json {
        command.arg("--json").arg(file);
    }
    let status = command.status().context("cargo cannot be run")?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Fault(None))
    }
}
