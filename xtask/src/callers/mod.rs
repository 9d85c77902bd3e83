//! `cargo xtask callers`: takes the versions of documents one after the other, as `apicrate bump` does, and compiles callers
//! that were written for earlier versions.
//!
//! Each step has two callers: that of the version before, which is written anew each time, and that of one version, which is
//! kept over all later ones, without the lines that a breaking change took from it. rustc and the semantic diff have to
//! agree about both. Without a folder, the pairs of documents in `tests/cases/diff` are compiled in both
//! directions, and the caller of each golden case with its own crate.

mod history;
mod report;
mod versions;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context as _;
use lexopt::{Arg, Parser, ValueExt as _};

use self::history::History;
use self::report::Row;
use crate::{Failure, tree};

/// What the command was asked for.
#[derive(Debug, Default)]
pub(crate) struct Callers {
    /// The folder with the versions of documents, if it is not about the pairs of this repository.
    folder: Option<PathBuf>,
    /// The documents to take, by name; all of them if empty.
    only: Vec<String>,
    /// The version whose caller is kept; the first one unless it is said.
    keep: Option<String>,
    /// The file for the outcome.
    json: Option<PathBuf>,
}

impl Callers {
    /// Reads the options.
    pub(crate) fn read(parser: &mut Parser) -> Result<Self, Failure> {
        let mut options = Self::default();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("only") => options.only.push(parser.value()?.string()?),
                Arg::Long("keep") => options.keep = Some(parser.value()?.string()?),
                Arg::Long("json") => options.json = Some(parser.value()?.into()),
                Arg::Value(folder) if options.folder.is_none() => options.folder = Some(folder.into()),
                other => return Err(Failure::Usage(other.unexpected().to_string())),
            }
        }
        Ok(options)
    }
}

/// Takes the versions of each document.
pub(crate) fn run(options: &Callers) -> Result<(), Failure> {
    let Some(folder) = &options.folder else {
        return pairs();
    };
    let documents = versions::find(folder, &options.only)?;
    let root = tree::target()?.join("callers");
    print_line!("{}", report::HEADER);
    let mut rows: Vec<Row> = Vec::new();
    for document in &documents {
        let mut history = History::start(
            &root.join("documents").join(&document.name),
            &root.join("target"),
            document,
        )?;
        for version in &document.versions {
            let found = history.take(version, options.keep.as_deref())?;
            found.iter().for_each(Row::print);
            rows.extend(found);
        }
    }
    report::summary(&rows);
    if let Some(path) = &options.json {
        let text = serde_json::to_string_pretty(&rows).context("the outcome cannot be written as JSON")?;
        std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    if rows.iter().all(Row::agrees) && !rows.is_empty() {
        Ok(())
    } else {
        Err(Failure::Fault(None))
    }
}

/// Compiles the callers of the pairs of documents, and of the golden cases.
fn pairs() -> Result<(), Failure> {
    let mut command = Command::new("cargo");
    command
        .args(["test", "--package", "apicrate", "--test", "diff", "--"])
        .args(["whole::", "--ignored", "--nocapture", "--test-threads", "1"])
        .current_dir(tree::root());
    let status = command.status().context("cargo cannot be run")?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Fault(None))
    }
}
