//! The versions of documents in a folder, in their order.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::tree;

/// A document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Document {
    /// Its name: that of its folder, or what the names of its files start with.
    pub(super) name: String,
    /// The versions, the oldest first.
    pub(super) versions: Vec<Version>,
}

/// A version of a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Version {
    /// The name of the file without its extension, and without the name of the document.
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// Finds the documents of a folder; of those the ones that `only` names, if it names any.
pub(super) fn find(folder: &Path, only: &[String]) -> Result<Vec<Document>> {
    let mut found = grouped(folder, tree::documents(folder)?);
    if let Some(missing) = only
        .iter()
        .find(|name| !found.iter().any(|document| document.name == **name))
    {
        bail!("{} has no document {missing:?}", folder.display());
    }
    found.retain(|document| only.is_empty() || only.contains(&document.name));
    if found.iter().all(|document| document.versions.len() < 2) {
        bail!("{} has no document with two versions", folder.display());
    }
    Ok(found)
}

/// Puts the versions of each document together: the files of a folder below, or, of the folder itself, those whose names
/// start alike.
fn grouped(folder: &Path, paths: Vec<PathBuf>) -> Vec<Document> {
    let mut documents: BTreeMap<String, Vec<Version>> = BTreeMap::new();
    for path in paths {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let below = path.parent().and_then(|parent| parent.strip_prefix(folder).ok());
        let below = below
            .map(|below| below.to_string_lossy().into_owned())
            .unwrap_or_default();
        let (document, version) = if below.is_empty() {
            let (document, version) = stem.rsplit_once('-').unwrap_or(("", &stem));
            (document.to_owned(), version.to_owned())
        } else {
            (below, stem)
        };
        let version = Version { name: version, path };
        documents.entry(document).or_default().push(version);
    }
    let sorted = documents.into_iter().map(|(name, mut versions)| {
        versions.sort_by_key(|version| key(&version.name));
        Document { name, versions }
    });
    sorted.collect()
}

/// Returns what versions are sorted by: numbers as such.
fn key(name: &str) -> Vec<(u64, String)> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest
            .find(|character: char| !character.is_ascii_digit())
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let text = after
            .find(|character: char| character.is_ascii_digit())
            .unwrap_or(after.len());
        let (text, after) = after.split_at(text);
        parts.push((number.parse().unwrap_or(0), text.to_owned()));
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::grouped;

    #[test]
    fn versions_are_in_the_order_of_their_numbers() {
        let paths = [
            "a/data-1.26.11.yaml",
            "a/data-1.26.2.yaml",
            "a/data-1.3.0.yaml",
            "a/pets/v2-fixed.json",
            "a/pets/v2.json",
        ];
        let found = grouped(Path::new("a"), paths.map(PathBuf::from).to_vec());
        let shown: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|document| {
                let versions = document.versions.iter().map(|version| version.name.as_str());
                (document.name.as_str(), versions.collect())
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("data", vec!["1.3.0", "1.26.2", "1.26.11"]),
                ("pets", vec!["v2", "v2-fixed"])
            ]
        );
    }
}
