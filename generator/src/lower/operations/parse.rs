//! Parses objects of the document into the types of [`openapiv3`].
//!
//! Each operation, parameter, body and response is parsed separately, so that an error affects only that object.
//! Schemas are not parsed this way: the types represent only a part of JSON Schema. They are replaced by references to
//! their nodes.

use serde::de::DeserializeOwned;

use heck::ToKebabCase as _;

use crate::diagnostic::Diagnostic;
use crate::document::{FieldContent, FieldUse, Kind, Node, Value};
use crate::lower::context::Context;
use crate::lower::operations::object_form as form;
use crate::lower::operations::operation::Skipped;
use crate::source::Pointer;

/// Parses `node`, an object of the kind `kind` at `pointer`.
///
/// Errors are reported once, even if several operations use the object.
pub(in crate::lower) fn parse<T: DeserializeOwned>(
    cx: &mut Context<'_>,
    kind: Kind,
    node: &Node,
    pointer: &Pointer,
) -> Result<T, Skipped> {
    // A dangling reference was reported.
    if kind.may_be_reference() && node.get("$ref").is_some() {
        return Err(Skipped::Reported(format!("a {} object is missing", kind.name())));
    }
    let parsed = serde_json::from_value(outline(kind, node, pointer));
    parsed.map_err(|error| {
        let reason = form::fault(kind, node).unwrap_or_else(|| form::in_words(&error.to_string()));
        let fault = format!("{} object cannot be read: {reason}", kind.name());
        let cost = match kind {
            Kind::Operation => "it is skipped",
            Kind::Response => "the response is not decoded",
            Kind::Parameter if node.get("in").and_then(Node::as_str) == Some("path") => "it is read as a string",
            Kind::Parameter => "requests do not have it",
            _ => "operations that use it are skipped",
        };
        let section = kind.name().to_kebab_case();
        cx.report(
            Diagnostic::degraded("unreadable", node.origin, Pointer::root(), format!("{fault}; {cost}")).with_help(
                format!(
                    "correct the object as https://spec.openapis.org/oas/v3.0.4.html#{section}-object describes it"
                ),
            ),
        );
        Skipped::Reported(fault)
    })
}

/// Returns `node` without unused fields, and with references in place of schemas.
fn outline(kind: Kind, node: &Node, pointer: &Pointer) -> serde_json::Value {
    if kind == Kind::Schema {
        return serde_json::json!({ "$ref": pointer.to_fragment() });
    }
    let Some(members) = node.as_object() else {
        return node.to_json();
    };
    if kind.may_be_reference() && members.contains_key("$ref") {
        return serde_json::json!({ "$ref": members["$ref"].to_json() });
    }
    let mut outlined = serde_json::Map::new();
    for (name, value) in members {
        let Some((content, FieldUse::Used)) = kind.field(name) else {
            continue;
        };
        if is_read_apart(kind, name, content, value) {
            continue;
        }
        let at = pointer.child(name);
        let value = match (content, &value.value) {
            (FieldContent::One(kind), _) => outline(kind, value, &at),
            (FieldContent::Map(kind), Value::Object(members)) => members
                .iter()
                .map(|(name, value)| (name.clone(), outline(kind, value, &at.child(name))))
                .collect::<serde_json::Map<_, _>>()
                .into(),
            (FieldContent::List(kind), Value::Array(elements)) => elements
                .iter()
                .enumerate()
                .map(|(index, value)| outline(kind, value, &at.element(index)))
                .collect(),
            // An empty value in YAML is `null`; it is the same as a missing one.
            (_, Value::Null) => continue,
            _ => value.to_json(),
        };
        outlined.insert(name.clone(), value);
    }
    if kind == Kind::Parameter {
        without_newer_values(&mut outlined);
    }
    // Many documents lack required fields that a client does not need.
    match kind {
        Kind::Parameter if outlined.contains_key("schema") => drop(outlined.remove("content")),
        // A parameter with neither is a string.
        Kind::Parameter if !outlined.contains_key("content") => {
            outlined.insert("schema".to_owned(), serde_json::json!({}));
        }
        Kind::Operation => drop(outlined.entry("responses").or_insert_with(|| serde_json::json!({}))),
        Kind::Response => drop(outlined.entry("description").or_insert_with(|| serde_json::json!(""))),
        _ => {}
    }
    outlined.into()
}

/// Returns whether a field is read from the nodes or parsed separately, so that an error has its own location and costs no
/// more than its own object.
fn is_read_apart(kind: Kind, name: &str, content: FieldContent, value: &Node) -> bool {
    match (kind, name) {
        (_, "example") | (Kind::Response, "headers") | (Kind::Operation, "callbacks" | "requestBody") => true,
        (Kind::Operation, "parameters") => value.as_array().is_some(),
        (Kind::Operation, "responses") => value.as_object().is_some(),
        _ => content == FieldContent::Map(Kind::Example),
    }
}

/// Replaces what only OpenAPI 3.2 has by what is nearest to it; lowering reads it from the node.
fn without_newer_values(parameter: &mut serde_json::Map<String, serde_json::Value>) {
    let is = |parameter: &serde_json::Map<String, serde_json::Value>, key: &str, value: &str| {
        parameter.get(key).and_then(serde_json::Value::as_str) == Some(value)
    };
    if is(parameter, "in", "querystring") {
        parameter.insert("in".to_owned(), "query".into());
    }
    if is(parameter, "in", "cookie") && is(parameter, "style", "cookie") {
        parameter.remove("style");
    }
}
