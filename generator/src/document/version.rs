//! The versions of `OpenAPI`.

use super::{Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Pointer;

/// The forms that documents are brought to before they are normalised. They differ in the schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
}

/// The versions in which documents are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// Swagger 2.0
    V2_0,
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
    /// 3.2.x
    V3_2,
}

impl Written {
    /// Returns the version of `document`, if it is one that is read.
    pub(super) fn of(document: &Node) -> Option<Self> {
        let known = [("3.0", Self::V3_0), ("3.1", Self::V3_1), ("3.2", Self::V3_2)];
        match document.get("openapi") {
            Some(node) => {
                let text = number(node);
                let is =
                    |minor: &str| text == minor || text.strip_prefix(minor).is_some_and(|rest| rest.starts_with('.'));
                known
                    .into_iter()
                    .find(|(minor, _)| is(minor))
                    .map(|(_, version)| version)
            }
            // YAML reads the number without quotes as one.
            None => matches!(number(document.get("swagger")?), "2.0" | "2").then_some(Self::V2_0),
        }
    }

    /// Returns the form that the document is brought to.
    pub(super) fn form(self) -> Version {
        match self {
            Self::V2_0 | Self::V3_0 => Version::V3_0,
            Self::V3_1 | Self::V3_2 => Version::V3_1,
        }
    }
}

/// Returns the version of `document`, and reports one that is not read
/// ([OpenAPI 3.0.4 §4.1](https://spec.openapis.org/oas/v3.0.4.html#versions)).
pub(super) fn detect(document: &Node, diagnostics: &mut Diagnostics) -> Option<Written> {
    let found = Written::of(document);
    if found.is_some() {
        return found;
    }
    let declared = ["openapi", "swagger"]
        .into_iter()
        .find_map(|key| Some((key, document.get(key)?)));
    let diagnostic = if let Some((key, node)) = declared {
        let name = if key == "swagger" { "Swagger" } else { "OpenAPI" };
        let message = format!("version {node} of {name} is not supported");
        Diagnostic::error("openapi-version", node.origin, Pointer::of([key]), message)
            .with_help("OpenAPI 3.0.x, 3.1.x and 3.2.x are, and Swagger 2.0")
    } else {
        let message = format!(
            "expected an OpenAPI document, found {} without the field \"openapi\"",
            document.kind()
        );
        Diagnostic::error("not-openapi", document.origin, Pointer::root(), message)
            .with_help("an OpenAPI document starts with its version, such as `openapi: 3.1.0`")
    };
    diagnostics.push(diagnostic);
    None
}

/// Returns the number of a version.
fn number(node: &Node) -> &str {
    match &node.value {
        Value::String(text) | Value::Number(text) => text,
        _ => "",
    }
}
