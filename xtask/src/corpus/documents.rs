//! The documents of a folder, and what they are called.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::tree;

/// A document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Document {
    /// Its path below the folder, without the extension unless two documents differ in that alone.
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// Finds the documents below `folder`; of those the ones that `only` names, if it names any.
pub(super) fn find(folder: &Path, only: &[String]) -> Result<Vec<Document>> {
    let paths = tree::documents(folder)?;
    let mut found = named(folder, &paths);
    if let Some(missing) = only.iter().find(|name| !found.iter().any(|found| found.is(name))) {
        bail!("{} has no document {missing:?}", folder.display());
    }
    found.retain(|document| only.is_empty() || only.iter().any(|name| document.is(name)));
    if found.is_empty() {
        bail!(
            "{} has no document: no file ends in .yaml, .yml or .json",
            folder.display()
        );
    }
    for document in &mut found {
        document.path = std::path::absolute(&document.path)?;
    }
    Ok(found)
}

impl Document {
    /// Returns whether `name` means this document: its name, or its file.
    fn is(&self, name: &str) -> bool {
        self.name == name || self.path.file_name().is_some_and(|file| file == name)
    }
}

fn named(folder: &Path, paths: &[PathBuf]) -> Vec<Document> {
    let whole = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_owned();
    let is_alone = |path: &Path| {
        let stem = path.with_extension("");
        paths.iter().filter(|other| other.with_extension("") == stem).count() == 1
    };
    let of = |path: &PathBuf| {
        let name = if is_alone(path) {
            whole(path).with_extension("")
        } else {
            whole(path)
        };
        Document {
            name: name.display().to_string(),
            path: path.clone(),
        }
    };
    paths.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_called_as_its_file_without_the_extension() {
        let paths = ["specs/a.yaml", "specs/b.json", "specs/b.yaml", "specs/c/a.v2.yml"].map(PathBuf::from);
        let found = named(Path::new("specs"), &paths);
        let names: Vec<&str> = found.iter().map(|document| document.name.as_str()).collect();
        assert_eq!(names, ["a", "b.json", "b.yaml", "c/a.v2"]);
        assert!(found[0].is("a") && found[0].is("a.yaml") && !found[3].is("a"));
    }
}
