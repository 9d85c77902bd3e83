//! Renders diagnostics for programs: one JSON object per line.

use serde::Serialize;

use super::spot::{ALIAS, ResolvedLocation};
use super::{Action, At, Diagnostic};
use crate::source::Sources;

#[derive(Serialize)]
struct Record<'text> {
    severity: &'static str,
    code: &'static str,
    file: Option<&'text str>,
    line: Option<usize>,
    column: Option<usize>,
    pointer: String,
    message: &'text str,
    help: Option<&'text str>,
    actions: Vec<serde_json::Value>,
    related: Vec<Related<'text>>,
}

#[derive(Serialize)]
struct Related<'text> {
    file: Option<&'text str>,
    line: Option<usize>,
    column: Option<usize>,
    message: &'text str,
}

/// Renders `diagnostic`; [`Diagnostic::render_json`] says how.
#[must_use]
pub(crate) fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let location = ResolvedLocation::of(diagnostic.at, sources);
    let alias = location.as_ref().and_then(|location| {
        let (line, column) = location.place?.alias?;
        Some(Related {
            file: Some(&location.source.name),
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
        file: location.as_ref().map(|location| location.source.name.as_str()),
        line: location.as_ref().and_then(ResolvedLocation::line),
        column: location.as_ref().and_then(ResolvedLocation::column),
        pointer: diagnostic.pointer.in_document().1.as_str().to_owned(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        actions: diagnostic.actions.iter().map(Action::to_json).collect(),
        related: alias.into_iter().chain(related).collect(),
    };
    // Strings and numbers always serialize.
    serde_json::to_string(&record).unwrap_or_default()
}

fn related<'text>(at: At, words: &'text str, sources: &'text Sources) -> Related<'text> {
    let location = ResolvedLocation::of(at, sources);
    Related {
        file: location.as_ref().map(|location| location.source.name.as_str()),
        line: location.as_ref().and_then(ResolvedLocation::line),
        column: location.as_ref().and_then(ResolvedLocation::column),
        message: words,
    }
}
