//! Finds what is odd about a document, but does no harm to the crate.

use super::{Kind, Node, Pointer, Value, children};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Keywords of JSON Schema that a 3.0 document does not have
/// ([OpenAPI 3.0.4 §4.7.24](https://spec.openapis.org/oas/v3.0.4.html#schema-object)).
const NEWER: [&str; 20] = [
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "examples",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "$defs",
    "$comment",
];

/// Warns of what is odd in `document`; `is_newer` says that it is 3.1 or later.
pub(super) fn check(document: &Node, is_newer: bool, diagnostics: &mut Diagnostics) {
    visit(Kind::OpenApi, document, &Pointer::root(), is_newer, diagnostics);
}

fn visit(kind: Kind, node: &Node, at: &Pointer, is_newer: bool, diagnostics: &mut Diagnostics) {
    if kind == Kind::Schema {
        if !is_newer {
            newer_keywords(node, at, diagnostics);
        }
        default_type(node, at, diagnostics);
        required_undeclared(node, at, diagnostics);
    }
    children(kind, node, |path, kind, child| {
        let at = path.iter().fold(at.clone(), |at, segment| at.child(segment));
        visit(kind, child, &at, is_newer, diagnostics);
    });
}

fn newer_keywords(node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    for (key, value) in node.as_object().into_iter().flatten() {
        let is_list = key == "type" && value.as_array().is_some();
        let is_null = key == "type" && value.as_str() == Some("null");
        if is_list || is_null || NEWER.contains(&key.as_str()) {
            let found = if is_list {
                "a list of types"
            } else if is_null {
                "the type \"null\""
            } else {
                key
            };
            let message = format!("{found} is no part of a schema in OpenAPI 3.0; it is read as 3.1 has it");
            diagnostics.push(
                Diagnostic::warning("newer-keyword", value.origin, at.child(key), message)
                    .with_help("declare the document as 3.1"),
            );
        }
    }
}

/// A default is a value of the type beside it
/// ([OpenAPI 3.0.4 §4.7.24.2](https://spec.openapis.org/oas/v3.0.4.html#properties)).
fn default_type(node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    let (Some(default), Some(type_)) = (node.get("default"), node.get("type")) else {
        return;
    };
    let is_nullable = node.get("nullable").and_then(Node::as_bool) == Some(true);
    let fits = |name: &str| match &default.value {
        Value::Null => name == "null" || is_nullable,
        Value::Bool(_) => name == "boolean",
        Value::Number(text) => name == "number" || (name == "integer" && is_integer(text)),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    };
    let names: Vec<&str> = match &type_.value {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Node::as_str).collect(),
        _ => return,
    };
    if !names.iter().any(|name| fits(name)) {
        let message = format!(
            "the default is {}, which the type {} does not allow",
            default.kind(),
            names.join(" or ")
        );
        diagnostics.push(
            Diagnostic::warning("default-type", default.origin, at.child("default"), message)
                .with_help("correct the default or the type; a default is only told to readers, never sent"),
        );
    }
}

fn is_integer(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|value| value.fract() == 0.0)
}

/// A member that is required but nowhere declared may be a slip of the pen.
fn required_undeclared(node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    let Some(properties) = node.get("properties").and_then(Node::as_object) else {
        return;
    };
    let others = ["allOf", "anyOf", "oneOf", "$ref", "patternProperties"];
    let is_open = node
        .get("additionalProperties")
        .is_some_and(|rest| rest.as_object().is_some());
    if is_open || others.iter().any(|key| node.get(key).is_some()) {
        return;
    }
    let required = node.get("required").and_then(Node::as_array).unwrap_or_default();
    for (index, name) in required.iter().enumerate() {
        if let Some(text) = name.as_str().filter(|text| !properties.contains_key(*text)) {
            let message = format!("{text:?} is required, but the schema does not declare it");
            let pointer = at.child("required").element(index);
            diagnostics.push(
                Diagnostic::warning("required-undeclared", name.origin, pointer, message).with_help(format!(
                    "correct the name, or declare the member under properties: {text}: {{…}}"
                )),
            );
        }
    }
}
