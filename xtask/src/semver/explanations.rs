//! Why a diff says that callers break where the tool says nothing.

use std::sync::LazyLock;

use serde::Deserialize;

use super::report::Breaking;

/// The table, which is checked in.
const TABLE: &str = include_str!("explanations.toml");

static EXPLANATIONS: LazyLock<Vec<Explanation>> = LazyLock::new(|| {
    let table: Table = toml::from_str(TABLE).expect("explanations.toml is a table of explanations");
    table.explanation
});

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

/// Returns every explanation.
pub(super) fn all() -> &'static [Explanation] {
    &EXPLANATIONS
}

/// Returns the explanation of a change, if there is one.
pub(super) fn of(breaking: &Breaking) -> Option<&'static Explanation> {
    all()
        .iter()
        .find(|each| each.kind == breaking.kind && breaking.text().contains(&each.contains))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use generator::ChangeKind;

    use super::*;

    #[test]
    fn kinds_of_the_table_exist() {
        let codes: BTreeSet<&str> = ChangeKind::ALL.iter().map(|kind| kind.code()).collect();
        for each in all() {
            assert!(codes.contains(each.kind.as_str()), "{}", each.kind);
            assert!(each.reason.len() > 20, "{}", each.kind);
        }
    }
}
