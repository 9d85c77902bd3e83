//! Why an example that a schema accepts may come back otherwise than it was: the table `explanations.toml`.

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// The table.
const TABLE: &str = include_str!("../explanations.toml");

/// The explanations.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanations {
    /// The rows of the table.
    #[serde(default, rename = "explanation")]
    rows: Vec<Explanation>,
}

/// A row of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Explanation {
    /// The name of the document; every document if it is missing.
    document: Option<String>,
    /// How the pointer of the example begins.
    #[serde(default)]
    pointer: String,
    /// What is said of the difference.
    #[serde(default)]
    difference: String,
    /// Why it is right.
    reason: String,
    /// The section of the standard that says so.
    section: String,
}

impl Explanations {
    /// Reads the table of this repository.
    ///
    /// # Errors
    ///
    /// When it is no TOML, or lacks a reason.
    pub fn read() -> Result<Self> {
        Self::parse(TABLE)
    }

    fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).context("explanations.toml")
    }

    /// Returns why an example of a document differs.
    pub(crate) fn of(&self, document: &str, pointer: &str, difference: &str) -> Option<String> {
        let found = self.rows.iter().find(|row| {
            row.document.as_deref().is_none_or(|name| name == document)
                && pointer.starts_with(&row.pointer)
                && difference.contains(&row.difference)
        });
        found.map(|row| format!("{} ({})", row.reason, row.section))
    }
}
