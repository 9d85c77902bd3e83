//! Lets the tools judge, and keeps a failure of theirs as words: the run goes on.

use std::path::Path;

use super::verdict::{self, Class, Verdict};
use super::{Judged, signatures};

/// Judges two versions of a crate, of which a diff says this. Signatures are read if it says more than the verdict.
pub(super) fn judge(tool: &Path, (old, new): (&Path, &Path), ours: Class) -> Result<Judged, String> {
    let words = |error: anyhow::Error| format!("{error:#}");
    let verdict: Verdict = verdict::of(tool, old, new).map_err(words)?;
    let is_more = ours == Class::Breaks && verdict.class < ours;
    let lost = if is_more {
        signatures::lost(old, new).map_err(words)?
    } else {
        Vec::new()
    };
    Ok(Judged { verdict, lost })
}
