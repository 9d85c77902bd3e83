//! Renders diagnostics for programs: one JSON object per line.

use serde::Serialize;

use super::spot::{ALIAS, Spot};
use super::{At, Diagnostic};
use crate::document::Sources;

#[derive(Serialize)]
struct Record<'text> {
    severity: &'static str,
    code: &'static str,
    file: Option<&'text str>,
    line: Option<usize>,
    column: Option<usize>,
    pointer: &'text str,
    message: &'text str,
    help: Option<&'text str>,
    related: Vec<Related<'text>>,
}

#[derive(Serialize)]
struct Related<'text> {
    file: Option<&'text str>,
    line: Option<usize>,
    column: Option<usize>,
    message: &'text str,
}

/// Renders `diagnostic` as a JSON object without line breaks.
///
/// Its keys are `severity`, `code`, `file`, `line`, `column`, `pointer`, `message`, `help` and
/// `related`, a list of objects with `file`, `line`, `column` and `message`. All keys are always
/// there; what is not known is `null`.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let spot = Spot::of(diagnostic.at, sources);
    let alias = spot.as_ref().and_then(|spot| {
        let (line, column) = spot.place?.alias?;
        Some(Related {
            file: Some(&spot.source.name),
            line: Some(line),
            column: Some(column),
            message: ALIAS,
        })
    });
    let related = diagnostic
        .related
        .iter()
        .map(|(at, words)| related(*at, words, sources));
    let record = Record {
        severity: diagnostic.severity.as_str(),
        code: diagnostic.code,
        file: spot.as_ref().map(|spot| spot.source.name.as_str()),
        line: spot.as_ref().and_then(Spot::line),
        column: spot.as_ref().and_then(Spot::column),
        pointer: diagnostic.pointer.as_str(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        related: alias.into_iter().chain(related).collect(),
    };
    // Strings and numbers always serialize.
    serde_json::to_string(&record).unwrap_or_default()
}

fn related<'text>(at: At, words: &'text str, sources: &'text Sources) -> Related<'text> {
    let spot = Spot::of(at, sources);
    Related {
        file: spot.as_ref().map(|spot| spot.source.name.as_str()),
        line: spot.as_ref().and_then(Spot::line),
        column: spot.as_ref().and_then(Spot::column),
        message: words,
    }
}
