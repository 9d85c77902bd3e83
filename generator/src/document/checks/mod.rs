//! Finds what is odd about a document, but does no harm to the crate.

pub(crate) mod composed;
mod objects;
pub(crate) mod unknown;
pub(super) mod values;

use std::collections::BTreeSet;

use serde_json::json;

use super::{Kind, Node, Value, children};
use crate::diagnostic::{Diagnostic, Diagnostics, Fix};
use crate::document::checks::composed::Composed;
use crate::document::grammar::containers::Containers;
use crate::document::keywords::{self, Keyword};
use crate::document::version::Written;
use crate::source::Pointer;

/// Warns of what is odd in `document` and in the objects of other documents that are `reached`; `is_newer` says that it
/// is 3.1 or later.
pub(super) fn check(
    document: &Node,
    containers: &Containers,
    reached: &BTreeSet<(Kind, Pointer)>,
    is_newer: bool,
    diagnostics: &mut Diagnostics,
) {
    let mut walk = Checker {
        document,
        containers,
        is_newer,
        diagnostics,
    };
    walk.visit(Kind::OpenApi, document, &Pointer::root(), None);
    for (kind, at) in reached {
        if let Some(node) = at.follow(document) {
            walk.is_newer = is_newer || is_of_newer(document, at);
            walk.visit(*kind, node, at, None);
        }
    }
}

/// Returns whether the other document that a node stands in says that it is 3.1 or later, whatever the root document is.
fn is_of_newer(document: &Node, at: &Pointer) -> bool {
    let own = at
        .in_document()
        .0
        .and_then(|name| Pointer::to_document(&name).follow(document));
    let own = own.filter(|own| own.get("openapi").is_some());
    own.is_some_and(|own| Written::of(own) != Some(Written::V3_0))
}

/// What is asked for on the way through a document.
struct Checker<'run> {
    document: &'run Node,
    containers: &'run Containers,
    is_newer: bool,
    diagnostics: &'run mut Diagnostics,
}

impl<'run> Checker<'run> {
    /// Goes through `node`; `around` is the object that it is a part of, if it is one.
    fn visit(&mut self, kind: Kind, node: &'run Node, at: &Pointer, around: Option<&Composed<'run>>) {
        if kind != Kind::Schema {
            objects::check(kind, node, at, self.diagnostics);
            children(kind, node, |path, kind, child| {
                self.visit(kind, child, &below(at, path), None);
            });
            return;
        }
        if self.containers.has(at) {
            for (name, member) in node.as_object().into_iter().flatten() {
                self.visit(kind, member, &at.child(name), None);
            }
            return;
        }
        match around {
            Some(around) => self.visit_schema(node, at, around),
            None => self.visit_schema(node, at, &Composed::of(self.document, node)),
        }
    }

    fn visit_schema(&mut self, node: &'run Node, at: &Pointer, composed: &Composed<'run>) {
        if !self.is_newer {
            newer_keywords(node, at, self.diagnostics);
            nullable_reference(node, at, self.diagnostics);
        }
        default_type(node, at, self.diagnostics);
        composed.check_required(node, at, self.diagnostics);
        // What stands under `not` says what the object must not be.
        let opposite = Composed::open();
        children(Kind::Schema, node, |path, kind, child| {
            let around = match path.first() {
                Some(&"not") => Some(&opposite),
                Some(keyword) => Some(composed).filter(|_| keywords::is(keyword, Keyword::applies_in_place)),
                None => None,
            };
            self.visit(kind, child, &below(at, path), around);
        });
    }
}

fn below(at: &Pointer, path: &[&str]) -> Pointer {
    path.iter().fold(at.clone(), |at, segment| at.child(segment))
}

/// Warns of keywords of JSON Schema that a 3.0 document does not have
/// ([OpenAPI 3.0.4 §4.7.24](https://spec.openapis.org/oas/v3.0.4.html#schema-object)).
fn newer_keywords(node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    for (key, value) in node.as_object().into_iter().flatten() {
        let is_list = key == "type" && value.as_array().is_some();
        let is_null = key == "type" && value.as_str() == Some("null");
        if is_list || is_null || keywords::is(key, Keyword::is_newer_than_3_0) {
            let found = if is_list {
                "a list of types"
            } else if is_null {
                "the type \"null\""
            } else {
                key
            };
            let message = format!("{found} is not part of a schema in OpenAPI 3.0; it is read as in 3.1");
            diagnostics.push(
                Diagnostic::warning("newer-keyword", value.origin, at.child(key), message)
                    .with_help("declare the document as 3.1"),
            );
        }
    }
}

/// What stands beside a reference is ignored
/// ([OpenAPI 3.0.4 §4.7.24](https://spec.openapis.org/oas/v3.0.4.html#reference-object)), but this is meant.
fn nullable_reference(node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    let nullable = node.get("nullable").filter(|_| node.get("$ref").is_some());
    if let Some(nullable) = nullable.filter(|nullable| nullable.as_bool() == Some(true)) {
        let message = "OpenAPI 3.0 ignores `nullable: true` beside a `$ref`; here it is not ignored";
        diagnostics.push(
            Diagnostic::warning("nullable-reference", nullable.origin, at.child("nullable"), message)
                .with_help("write `allOf: [{$ref: …}]` beside `nullable: true`")
                .with_fix(
                    node.get("$ref")
                        .map(|reference| Fix::rewrite(["$ref"], json!({"allOf": [{"$ref": reference.to_json()}]}))),
                ),
        );
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
                .with_help("correct the default or the type; a default is only documentation, it is never sent")
                .with_fix(Fix::Remove),
        );
    }
}

fn is_integer(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|value| value.fract() == 0.0)
}
