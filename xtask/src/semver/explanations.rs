//! Why a diff says that callers break where the tool says nothing.

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::report::Breaking;

/// The table, which is checked in.
const TABLE: &str = include_str!("explanations.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    explanation: Vec<Explanation>,
}

/// Changes of a kind that the tool does not see.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Explanation {
    /// The code of the kind.
    pub(super) kind: String,
    /// A part of the sentence about the change; any if it is empty.
    #[serde(default)]
    pub(super) contains: String,
    /// Whether a signature is gone or differs.
    pub(super) has_signature: bool,
    /// What of Rust the change is, which no lint of the tool looks at.
    pub(super) reason: String,
}

/// The explanations of the table.
#[derive(Debug)]
pub(super) struct Explanations(Vec<Explanation>);

impl Explanations {
    /// Reads the table.
    pub(super) fn read() -> Result<Self> {
        let table: Table = toml::from_str(TABLE).context("explanations.toml is no table of explanations")?;
        Ok(Self(table.explanation))
    }

    /// Returns the explanation of a change, if there is one.
    pub(super) fn of(&self, breaking: &Breaking) -> Option<&Explanation> {
        let mut rows = self.0.iter();
        rows.find(|each| each.kind == breaking.kind && breaking.text().contains(&each.contains))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use generator::ChangeKind;

    use super::*;

    #[test]
    fn kinds_of_the_table_exist() {
        let codes: BTreeSet<&str> = ChangeKind::ALL.iter().map(|kind| kind.code()).collect();
        for each in Explanations::read().unwrap().0 {
            assert!(codes.contains(each.kind.as_str()), "{}", each.kind);
            assert!(each.reason.len() > 20, "{}", each.kind);
        }
    }
}
