//! The folders of the checkout.

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

/// Returns the documents below `folder`, in order.
pub(crate) fn documents(folder: &Path) -> Result<Vec<PathBuf>> {
    tests::documents_below(folder).with_context(|| format!("{} cannot be read", folder.display()))
}
