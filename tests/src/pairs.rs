//! Pairs of documents, and what changes from one to the other.
//!
//! `cases/diff/<change>/` holds `old.yaml` and `new.yaml`, and in `expected.txt` the changes in both directions.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use generator::unstable::Stages;
use generator::{Diff, Input, Options, Revision, Runtime, SharedRuntime, shared_runtime};

use crate::folders::write;

/// A pair of documents.
#[derive(Debug)]
pub struct Pair {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
}

/// The crate of a document, such as one of a pair. It shares its runtime with others.
#[derive(Debug)]
pub struct PairCrate {
    /// The name of the package.
    pub package: String,
    /// The run.
    pub stages: Stages,
}

/// Returns the pairs, by name.
pub fn find() -> io::Result<Vec<Pair>> {
    let mut pairs = Vec::new();
    for entry in fs::read_dir(crate::root().join("tests/cases/diff"))? {
        let folder = entry?.path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        pairs.push(Pair { name, folder });
    }
    pairs.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(pairs)
}

/// Writes what the pairs give as what is expected of them; returns how many files change.
pub fn bless() -> io::Result<usize> {
    let mut changed = 0;
    for pair in find()? {
        let given = pair.given()?;
        if pair.expected() != given {
            fs::write(pair.folder.join("expected.txt"), given)?;
            changed += 1;
        }
    }
    Ok(changed)
}

impl Pair {
    /// Compares the documents in both directions.
    pub fn diffs(&self) -> io::Result<[Diff; 2]> {
        let old = revision("old.yaml", &fs::read_to_string(self.folder.join("old.yaml"))?);
        let new = revision("new.yaml", &fs::read_to_string(self.folder.join("new.yaml"))?);
        let diff = |one: &Revision, other: &Revision| {
            let found = one.diff(other);
            found.ok_or_else(|| io::Error::other(format!("{}: {:?}", self.name, (one.run(), other.run()))))
        };
        Ok([diff(&old, &new)?, diff(&new, &old)?])
    }

    /// Returns what the comparisons say.
    pub fn given(&self) -> io::Result<String> {
        let [forth, back] = self.diffs()?.map(|diff| diff.render(usize::MAX));
        Ok(format!("old → new\n{forth}\nnew → old\n{back}"))
    }

    /// Returns what they have to say; nothing if there is no such file.
    #[must_use]
    pub fn expected(&self) -> String {
        fs::read_to_string(self.folder.join("expected.txt")).unwrap_or_default()
    }
}

impl Pair {
    /// Generates the crates of the old document and of the new one.
    pub fn crates(&self) -> io::Result<[PairCrate; 2]> {
        let of = |version: &str| {
            let text = fs::read_to_string(self.folder.join(format!("{version}.yaml")))?;
            Ok::<_, io::Error>(PairCrate::of(format!("{}_{version}", self.name), &text))
        };
        Ok([of("old")?, of("new")?])
    }
}

impl PairCrate {
    /// Generates the crate of a document.
    #[must_use]
    pub fn of(package: String, text: &str) -> Self {
        let mut options = in_workspace(&package);
        options.package.runtime = Runtime::Shared(SharedRuntime::at("../runtime"));
        let input = Input {
            name: "openapi.yaml",
            text,
            overlays: &[],
        };
        let stages = Stages::of(&input, &options);
        Self { package, stages }
    }
}

/// Writes crates, each to the folder of its name, and their runtime to `runtime`. What is as it was is not written.
///
/// # Errors
///
/// If a crate has an error, or a file cannot be written.
pub fn write_crates<'all>(folder: &Path, crates: impl IntoIterator<Item = &'all PairCrate>) -> io::Result<()> {
    let mut needs = Vec::new();
    for PairCrate { package, stages } in crates {
        let output = stages.run.output.as_ref();
        let output = output.ok_or_else(|| io::Error::other(format!("{package}: {:?}", stages.run.diagnostics)))?;
        for (path, text) in &output.files {
            write(&folder.join(package).join(path), text)?;
        }
        needs.push(&output.needs);
    }
    for (path, text) in shared_runtime(needs, &in_workspace("apicrate-runtime")) {
        write(&folder.join("runtime").join(path), &text)?;
    }
    Ok(())
}

fn in_workspace(package: &str) -> Options {
    let mut options = Options::new(package);
    options.package.in_workspace = true;
    options
}

/// Reads a version of a document.
#[must_use]
pub fn revision(name: &str, text: &str) -> Revision {
    let input = Input {
        name,
        text,
        overlays: &[],
    };
    Revision::read(&input, &Options::new("pets"), None)
}
