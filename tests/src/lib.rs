//! What the tests share: where things lie, and how trees of files are compared.

pub mod capture;
pub mod cases;
pub mod combinations;
pub mod command;
pub mod errors;
pub mod fuzz;
pub mod ledger;
pub mod product;
mod settings;
pub mod syntax;
pub mod table;
pub mod texts;

use std::path::{Path, PathBuf};

/// Returns the root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().map_or_else(|| manifest.to_owned(), Path::to_owned)
}
