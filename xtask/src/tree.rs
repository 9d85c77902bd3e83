//! The folders of the checkout.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Returns the root of the workspace.
pub(crate) fn root() -> PathBuf {
    tests::root()
}

/// Returns the target folder of the workspace.
pub(crate) fn target() -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    std::path::absolute(&target).with_context(|| format!("{} is no folder", target.display()))
}

/// Returns the documents below `folder`, in order: the files of YAML and JSON that say which version of OpenAPI they have,
/// not those that such documents refer to.
pub(crate) fn documents(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                open.push(path);
            } else if matches!(extension, Some("yaml" | "yml" | "json")) && is_document(&path)? {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Returns whether a file says which version of OpenAPI it has, as the root of a document does.
fn is_document(path: &Path) -> Result<bool> {
    let text = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let text = String::from_utf8_lossy(&text);
    let is_version = |line: &str| {
        let line = line.trim_start_matches(['{', ' ', '\t', '\u{feff}']);
        let name = line.split_once(':').map_or("", |(name, _)| name.trim());
        ["openapi", "swagger"].contains(&name.trim_matches(['"', '\'']))
    };
    let is_compact = ["\"openapi\":\"", "\"swagger\":\""]
        .iter()
        .any(|start| text.contains(start));
    Ok(is_compact || text.lines().any(is_version))
}
