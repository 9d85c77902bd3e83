//! Why an example that a schema accepts may come back otherwise than it was: the table `explanations.toml`.

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::examine::Examined;

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
        let found = self.rows.iter().find(|row| row.explains(document, pointer, difference));
        found.map(|row| format!("{} ({})", row.reason, row.section))
    }

    /// Returns the reasons of the rows that are of one of these documents, and explain nothing of it.
    pub(crate) fn needless<'run>(&'run self, all: &'run [Examined]) -> impl Iterator<Item = &'run str> {
        let is_needless = |row: &&Explanation| {
            let of_document = all.iter().find(|one| row.document.as_ref() == Some(&one.document));
            of_document.is_some_and(|one| {
                let mut different = one.different.iter();
                !different.any(|found| row.explains(&one.document, &found.pointer, &found.difference))
            })
        };
        self.rows.iter().filter(is_needless).map(|row| row.reason.as_str())
    }
}

impl Explanation {
    fn explains(&self, document: &str, pointer: &str, difference: &str) -> bool {
        self.document.as_deref().is_none_or(|name| name == document)
            && pointer.starts_with(&self.pointer)
            && difference.contains(&self.difference)
    }
}

#[cfg(test)]
mod tests {
    use super::{Examined, Explanations};
    use crate::examine::Different;

    /// Returns a document with an example that differs.
    fn examined(document: &str) -> Examined {
        let different = Different {
            line: "a.yaml:1".to_owned(),
            pointer: "/a/example".to_owned(),
            schema: "/a".to_owned(),
            type_: "String".to_owned(),
            difference: "/b is lost".to_owned(),
            explanation: None,
        };
        Examined {
            document: document.to_owned(),
            examples: 1,
            accepted: 1,
            any: Vec::new(),
            decoded: 1,
            equal: 0,
            unusable: Vec::new(),
            of_unusable: 0,
            different: vec![different],
        }
    }

    #[test]
    fn a_row_explains_what_it_is_about_and_nothing_else() {
        let row = |document: &str, difference: &str| {
            let row = format!("document = {document:?}\npointer = '/a/'\ndifference = {difference:?}");
            format!("[[explanation]]\n{row}\nreason = 'of {document} {difference}'\nsection = '§1'\n")
        };
        let table = row("a", "lost") + &row("a", "added") + &row("other", "lost");
        let explanations = Explanations::parse(&table).unwrap();
        let why = |document, pointer| explanations.of(document, pointer, "/b is lost");
        assert_eq!(why("a", "/a/example").as_deref(), Some("of a lost (§1)"));
        assert_eq!(why("a", "/ab/example"), None);
        assert_eq!(why("b", "/a/example"), None);
        let all = [examined("a"), examined("b")];
        let needless: Vec<&str> = explanations.needless(&all).collect();
        assert_eq!(needless, ["of a added"]);
    }

    #[test]
    fn a_row_without_a_reason_is_refused() {
        assert!(Explanations::read().is_ok());
        assert!(Explanations::parse("[[explanation]]\nsection = '§1'").is_err());
    }
}
