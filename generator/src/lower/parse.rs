//! Parses pieces of the document into the types of [`openapiv3`].
//!
//! Each operation, parameter, body and response is parsed by itself, so that a
//! bad piece costs itself alone. Schemas do not go this way: they are JSON
//! Schema, of which those types hold a part. In their place stands a reference
//! to where they are in the document.

use serde::de::DeserializeOwned;

use heck::ToKebabCase as _;

use super::Context;
use super::object_form as form;
use super::operation::LeftOut;
use crate::diagnostic::Diagnostic;
use crate::document::{Holds, Kind, Node, Pointer, Value, Verdict};

impl Context<'_> {
    /// Parses `node`, an object of the kind `kind` that stands at `pointer`.
    ///
    /// What keeps it from being read is reported here, once, however many operations have it.
    pub(super) fn parse<T: DeserializeOwned>(
        &mut self,
        kind: Kind,
        node: &Node,
        pointer: &Pointer,
    ) -> Result<T, LeftOut> {
        // A reference that leads nowhere was reported where it stands.
        if kind.may_be_reference() && node.get("$ref").is_some() {
            return Err(LeftOut::Told(format!("a {} object is missing", kind.name())));
        }
        let parsed = serde_json::from_value(outline(kind, node, pointer));
        parsed.map_err(|error| {
            let reason = form::fault(kind, node).unwrap_or_else(|| form::in_words(&error.to_string()));
            let fault = format!("{} object cannot be read: {reason}", kind.name());
            let cost = match kind {
                Kind::Operation => "it is left out",
                Kind::Response => "the reply is not decoded",
                _ => "operations that have it are left out",
            };
            let section = kind.name().to_kebab_case();
            self.report(
                Diagnostic::degraded("unreadable", node.origin, Pointer::root(), format!("{fault}; {cost}")).with_help(
                    format!(
                        "correct the object as https://spec.openapis.org/oas/v3.0.4.html#{section}-object describes it"
                    ),
                ),
            );
            LeftOut::Told(fault)
        })
    }
}

/// Returns `node` without what is not used, and with references in place of schemas.
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
        let Some((holds, Verdict::Used)) = kind.field(name) else {
            continue;
        };
        // They are parsed one by one, so that a fault is told where it stands.
        let is_parsed_apart = match name.as_str() {
            "parameters" => value.as_array().is_some(),
            "responses" => value.as_object().is_some(),
            "requestBody" => true,
            _ => false,
        };
        if kind == Kind::Operation && is_parsed_apart {
            continue;
        }
        let at = pointer.child(name);
        let value = match (holds, &value.value) {
            (Holds::One(kind), _) => outline(kind, value, &at),
            (Holds::Map(kind), Value::Object(members)) => members
                .iter()
                .map(|(name, value)| (name.clone(), outline(kind, value, &at.child(name))))
                .collect::<serde_json::Map<_, _>>()
                .into(),
            (Holds::List(kind), Value::Array(elements)) => elements
                .iter()
                .enumerate()
                .map(|(index, value)| outline(kind, value, &at.element(index)))
                .collect(),
            // An empty value in YAML is `null`; it says as much as a missing one.
            (_, Value::Null) => continue,
            _ => value.to_json(),
        };
        outlined.insert(name.clone(), value);
    }
    // Many a document leaves out what the specification requires but a client does not need.
    match kind {
        Kind::Parameter if outlined.contains_key("schema") => drop(outlined.remove("content")),
        // It is text then.
        Kind::Parameter if !outlined.contains_key("content") => {
            outlined.insert("schema".to_owned(), serde_json::json!({}));
        }
        Kind::Operation => drop(outlined.entry("responses").or_insert_with(|| serde_json::json!({}))),
        Kind::Response => drop(outlined.entry("description").or_insert_with(|| serde_json::json!(""))),
        _ => {}
    }
    outlined.into()
}
