//! What the signatures of two crates differ in, as cargo-public-api reads them from rustdoc JSON.
//!
//! The lints of cargo-semver-checks look at no type of a field, of a parameter or of what is returned. Where they find
//! nothing, a signature that is gone or differs confirms that code of callers may not compile.

use std::path::Path;

use anyhow::{Context as _, Result};
use public_api::diff::PublicApiDiff;
use public_api::{Builder, PublicApi};

/// Returns the signatures of the old crate that the new one does not have.
pub(super) fn lost(old: &Path, new: &Path) -> Result<Vec<String>> {
    let diff = PublicApiDiff::between(read(old)?, read(new)?);
    let removed = diff.removed.iter().map(ToString::to_string);
    let changed = diff.changed.iter().map(|changed| changed.old.to_string());
    let mut lost: Vec<String> = removed.chain(changed).collect();
    lost.sort();
    lost.dedup();
    Ok(lost)
}

fn read(path: &Path) -> Result<PublicApi> {
    let builder = Builder::from_rustdoc_json(path)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true);
    builder
        .build()
        .with_context(|| format!("{} has no signatures", path.display()))
}
