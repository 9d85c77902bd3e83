//! Renders the diagnostics of runs as a log of
//! [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for editors and code review.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::spot::ResolvedLocation;
use super::{Action, At, Diagnostic, Diagnostics, Severity};
use crate::source::Sources;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What the diagnostics of several runs come to, as one run of a tool
/// ([SARIF §3.14](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317484)).
#[derive(Debug, Default)]
pub struct SarifLog {
    results: Vec<Value>,
    codes: BTreeSet<&'static str>,
}

impl SarifLog {
    /// Adds what a run found.
    pub fn add(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        for diagnostic in diagnostics.iter() {
            self.codes.insert(diagnostic.code);
            self.results.push(result(diagnostic, sources));
        }
    }

    /// Returns the log as text; `tool` and `version` made it.
    #[must_use]
    pub fn render(self, tool: &str, version: &str) -> String {
        let rules: Vec<Value> = self.codes.iter().map(|code| json!({ "id": code })).collect();
        let log = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {"name": tool, "semanticVersion": version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": self.results,
            }],
        });
        format!("{log:#}")
    }
}

fn result(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let message = match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Degraded | Severity::Warning => "warning",
        },
        "message": {"text": message},
        "properties": {"severity": diagnostic.severity.as_str()},
    });
    if !diagnostic.actions.is_empty() {
        // A `fix` of SARIF replaces regions of a text (§3.55); an overlay changes the tree.
        let actions: Vec<Value> = diagnostic.actions.iter().map(Action::to_json).collect();
        result["properties"]["overlayActions"] = actions.into();
    }
    let pointer = diagnostic.pointer.in_document().1.as_str().to_owned();
    if let Some(mut location) = physical(diagnostic.at, sources) {
        if !pointer.is_empty() {
            location["logicalLocations"] = json!([{ "fullyQualifiedName": pointer }]);
        }
        result["locations"] = json!([location]);
    }
    let related = diagnostic.related.iter().filter_map(|(at, words)| {
        let mut location = physical(*at, sources)?;
        location["message"] = json!({ "text": words });
        Some(location)
    });
    let related: Vec<Value> = related.collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

/// Returns the location of a place in a text.
fn physical(at: At, sources: &Sources) -> Option<Value> {
    let location = ResolvedLocation::of(at, sources)?;
    let mut physical = json!({"artifactLocation": {"uri": uri(&location.source.name)}});
    if let (Some(line), Some(column)) = (location.line(), location.column()) {
        physical["region"] = json!({"startLine": line, "startColumn": column});
    }
    Some(json!({ "physicalLocation": physical }))
}

/// Returns a path as a URI reference ([RFC 3986 §2](https://www.rfc-editor.org/rfc/rfc3986#section-2)).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
