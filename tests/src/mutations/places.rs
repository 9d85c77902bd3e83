//! Where mutations may be made: the pointers of the nodes of a kind.

use crate::METHODS;
use serde_json::Value;

/// A kind of node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The document.
    Root,
    /// A path item.
    PathItem,
    /// An operation.
    Operation,
    /// A parameter of an operation.
    Parameter,
    /// A request body.
    Body,
    /// A media type of a request body.
    BodyContent,
    /// A response.
    Response,
    /// A media type of a response.
    ResponseContent,
    /// A header of a response.
    Header,
    /// A security scheme.
    SecurityScheme,
    /// The schema of a component.
    Component,
    /// A schema, of a component or within one.
    Schema,
    /// The schema of a property.
    Property,
    /// The schema of a property of a `multipart` body.
    Part,
}

/// Finds the nodes of a kind.
pub(super) fn find(document: &Value, at: At) -> Vec<String> {
    let mut found = Vec::new();
    visit(document, &mut |kind, pointer| {
        if kind == at {
            found.push(pointer);
        }
    });
    found
}

/// Returns the pointers of the members of an object, with their keys.
fn members<'document>(document: &'document Value, pointer: &str) -> Vec<(&'document str, String)> {
    let members = document.pointer(pointer).and_then(Value::as_object);
    let members = members.into_iter().flatten();
    members
        .map(|(key, _)| (key.as_str(), format!("{pointer}/{}", escaped(key))))
        .collect()
}

/// Returns a reference token of a pointer ([RFC 6901 §3](https://www.rfc-editor.org/rfc/rfc6901#section-3)).
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn visit(document: &Value, found: &mut dyn FnMut(At, String)) {
    found(At::Root, String::new());
    for (_, path) in members(document, "/paths") {
        found(At::PathItem, path.clone());
        for (method, operation) in members(document, &path) {
            if METHODS.contains(&method) {
                visit_operation(document, &operation, found);
            }
        }
    }
    for (_, scheme) in members(document, "/components/securitySchemes") {
        found(At::SecurityScheme, scheme);
    }
    for (_, schema) in members(document, "/components/schemas") {
        found(At::Component, schema.clone());
        visit_schema(document, &schema, found);
    }
}

fn visit_operation(document: &Value, operation: &str, found: &mut dyn FnMut(At, String)) {
    found(At::Operation, operation.to_owned());
    let parameters = format!("{operation}/parameters");
    let count = document
        .pointer(&parameters)
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    for index in 0..count {
        found(At::Parameter, format!("{parameters}/{index}"));
    }
    let body = format!("{operation}/requestBody");
    if document.pointer(&body).is_some() {
        found(At::Body, body.clone());
    }
    for (media_type, content) in members(document, &format!("{body}/content")) {
        found(At::BodyContent, content.clone());
        visit_schema(document, &format!("{content}/schema"), found);
        if media_type.starts_with("multipart/") {
            for (_, part) in members(document, &format!("{content}/schema/properties")) {
                found(At::Part, part);
            }
        }
    }
    for (_, response) in members(document, &format!("{operation}/responses")) {
        found(At::Response, response.clone());
        for (_, header) in members(document, &format!("{response}/headers")) {
            found(At::Header, header);
        }
        for (_, content) in members(document, &format!("{response}/content")) {
            found(At::ResponseContent, content.clone());
            visit_schema(document, &format!("{content}/schema"), found);
        }
    }
}

fn visit_schema(document: &Value, schema: &str, found: &mut dyn FnMut(At, String)) {
    if document.pointer(schema).is_none_or(|schema| !schema.is_object()) {
        return;
    }
    found(At::Schema, schema.to_owned());
    for (_, property) in members(document, &format!("{schema}/properties")) {
        found(At::Property, property.clone());
        visit_schema(document, &property, found);
    }
    for keyword in ["items", "additionalProperties"] {
        visit_schema(document, &format!("{schema}/{keyword}"), found);
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let list = format!("{schema}/{keyword}");
        let count = document.pointer(&list).and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..count {
            visit_schema(document, &format!("{list}/{index}"), found);
        }
    }
}
