//! The section about the features of the crate.

use crate::emit::package::features;
use crate::emit::package::front_page::section as titled;
use crate::model::{Api, ApiPart};

/// Returns the section: a table of the features.
pub(super) fn section(api: &Api) -> String {
    let rows = features::documented(&api.needs).map(|(name, words)| format!("| `{name}` | {words} |"));
    let rows: Vec<String> = rows.collect();
    let table = format!("| feature | what it adds |\n| --- | --- |\n{}", rows.join("\n"));
    let defaults = features::DEFAULT.map(|name| format!("`{name}`")).join(" and ");
    let mut paragraphs = vec![format!("Features of Cargo; {defaults} are on by default."), table];
    if api
        .features
        .iter()
        .any(|feature| matches!(feature.part, ApiPart::Resource(_)))
    {
        paragraphs.push(
            "Each module of [`operations`] is a feature too, with the types that it needs; all are on by default."
                .to_owned(),
        );
    }
    let others = api.features.iter().filter(|feature| !feature.part.is_default());
    paragraphs.extend(others.map(|feature| match feature.part {
        ApiPart::Webhooks => format!(
            "`{}`, off by default, adds the module `webhooks`, which decodes the requests that the server sends, and the types of webhooks and callbacks.",
            feature.name
        ),
        _ => format!(
            "`{}`, off by default, adds the types that nothing refers to.",
            feature.name
        ),
    }));
    titled("Features", &paragraphs)
}
