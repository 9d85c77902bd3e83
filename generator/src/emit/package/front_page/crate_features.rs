//! The section about the features of the crate.

use crate::emit::package::front_page::section as titled;
use crate::emit::package::manifest;
use crate::model::Api;

/// Returns the section: a table of the features.
pub(super) fn section(api: &Api) -> String {
    let rows = manifest::documented_features(api).map(|(name, words)| format!("| `{name}` | {words} |"));
    let rows: Vec<String> = rows.collect();
    let table = format!("| feature | what it adds |\n| --- | --- |\n{}", rows.join("\n"));
    let defaults = manifest::DEFAULT.map(|name| format!("`{name}`")).join(" and ");
    titled(
        "Features",
        &[format!("Features of Cargo; {defaults} are on by default."), table],
    )
}
