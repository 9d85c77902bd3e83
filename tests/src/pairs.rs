//! Pairs of documents, and what changes from one to the other.
//!
//! `cases/diff/<change>/` holds `old.yaml` and `new.yaml`, and in `expected.txt` the changes in both directions.

use std::fs;
use std::io;
use std::path::PathBuf;

use generator::{Diff, Input, Options, Revision};

/// A pair of documents.
#[derive(Debug)]
pub struct Pair {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
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
