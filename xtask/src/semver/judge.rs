//! Lets the tool judge, and keeps a failure of it as words: the run goes on.

use std::path::Path;

use super::verdict::{self, Verdict};

/// Judges two versions of a crate.
pub(super) fn judge(tool: &Path, old: &Path, new: &Path) -> Result<Verdict, String> {
    verdict::of(tool, old, new).map_err(|error| format!("{error:#}"))
}
