//! The cargo workspace that a folder lies in, and whether it has the folder as a member.
//!
//! The rules are those of [cargo](https://doc.rust-lang.org/cargo/reference/workspaces.html): the root is the nearest
//! manifest above with a table `workspace` that does not exclude the folder; members are what `members` lists, and
//! every path dependency of a member that lies below the root.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use toml_edit::{DocumentMut, Item};

use crate::paths::{absolute, normal, shown};

/// A workspace of cargo.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The folder of its root manifest.
    root: PathBuf,
    /// The root manifest.
    manifest: DocumentMut,
}

impl Workspace {
    /// Returns the workspace that has, or could have, a crate in `folder` as a member.
    pub(crate) fn around(folder: &Path) -> Result<Option<Self>> {
        let folder = absolute(folder);
        for root in folder.ancestors().skip(1) {
            let Some(manifest) = read(root)? else { continue };
            let found = Self {
                root: root.to_owned(),
                manifest,
            };
            if found.manifest.contains_key("workspace") && !found.excludes(&folder) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Returns the root manifest, as it is shown.
    pub(crate) fn manifest_path(&self) -> String {
        shown(&self.root.join("Cargo.toml"))
    }

    /// Returns the path of a folder as `members` would list it.
    pub(crate) fn member_path(&self, folder: &Path) -> String {
        crate::paths::between(&self.root, folder)
    }

    /// Returns the paths that a key of the table `workspace` lists.
    fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        let list = self
            .manifest
            .get("workspace")
            .and_then(|table| table.get(key)?.as_array());
        list.into_iter().flatten().filter_map(toml_edit::Value::as_str)
    }

    /// Returns whether `exclude` names the folder, and `members` does not name it without a pattern.
    fn excludes(&self, folder: &Path) -> bool {
        let is_in = |path: &str| folder.starts_with(normal(&self.root.join(path)));
        self.list("exclude").any(is_in) && !self.list("members").any(is_in)
    }

    /// Returns whether the crate in `folder` is a member.
    pub(crate) fn has_member(&self, folder: &Path) -> bool {
        self.members().contains(&absolute(folder))
    }

    /// Returns the folders of the members. A pattern or a manifest that is wrong is cargo's to report.
    fn members(&self) -> BTreeSet<PathBuf> {
        let mut open = vec![self.root.clone()];
        for member in self.list("members") {
            let root = glob::Pattern::escape(&self.root.to_string_lossy());
            let found = glob::glob(&format!("{root}/{member}")).into_iter().flatten();
            open.extend(found.flatten().map(|folder| normal(&folder)));
        }
        let mut members = BTreeSet::new();
        while let Some(folder) = open.pop() {
            let is_candidate = folder.starts_with(&self.root) && !self.excludes(&folder) && !members.contains(&folder);
            if !is_candidate {
                continue;
            }
            if let Ok(Some(manifest)) = read(&folder) {
                open.extend(self.path_dependencies(&folder, &manifest));
                members.insert(folder);
            }
        }
        members
    }

    /// Returns the folders of the path dependencies of a member.
    fn path_dependencies(&self, folder: &Path, manifest: &DocumentMut) -> Vec<PathBuf> {
        let targets = manifest.get("target").and_then(Item::as_table_like);
        let of_targets = targets.into_iter().flat_map(|targets| targets.iter());
        let tables = std::iter::once(manifest.as_item()).chain(of_targets.map(|(_, table)| table));
        let mut folders = Vec::new();
        for table in tables {
            for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
                let dependencies = table.get(kind).and_then(Item::as_table_like);
                for (name, dependency) in dependencies.into_iter().flat_map(|table| table.iter()) {
                    folders.extend(self.path_of(folder, name, dependency));
                }
            }
        }
        folders
    }

    /// Returns the folder of a dependency, if it has a path: its own, or the one that the workspace has for its name.
    fn path_of(&self, folder: &Path, name: &str, dependency: &Item) -> Option<PathBuf> {
        let is_inherited = dependency.get("workspace").and_then(Item::as_bool) == Some(true);
        let (folder, dependency) = if is_inherited {
            let known = self.manifest.get("workspace")?.get("dependencies")?;
            (self.root.as_path(), known.get(name)?)
        } else {
            (folder, dependency)
        };
        let path = dependency.get("path")?.as_str()?;
        Some(normal(&folder.join(path)))
    }
}

/// Reads the manifest in a folder, if there is one.
fn read(folder: &Path) -> Result<Option<DocumentMut>> {
    let path = folder.join("Cargo.toml");
    let Ok(text) = fs::read_to_string(&path) else {
        return Ok(None);
    };
    let manifest = text.parse().map_err(|error| anyhow!("{}: {error}", shown(&path)))?;
    Ok(Some(manifest))
}
