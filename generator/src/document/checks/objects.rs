//! Finds fields of objects that exclude each other, and fields that hold another kind of value than theirs.
//!
//! Schemas have a check of their own, [`values`](super::values).

use crate::diagnostic::{Diagnostic, Diagnostics, Fix};
use crate::document::{FieldContent, Kind, Node};
use crate::source::Pointer;

/// The kind of object, and two fields of which it has one at most.
type Excluded = (Kind, &'static str, &'static str);

/// Fields that must not stand together
/// (OpenAPI 3.2 [§4.12](https://spec.openapis.org/oas/v3.2.0.html#parameter-object), [§4.14](https://spec.openapis.org/oas/v3.2.0.html#media-type-object),
/// [§4.15](https://spec.openapis.org/oas/v3.2.0.html#encoding-object), [§4.19](https://spec.openapis.org/oas/v3.2.0.html#example-object),
/// [§4.20](https://spec.openapis.org/oas/v3.2.0.html#link-object), [§4.21](https://spec.openapis.org/oas/v3.2.0.html#header-object)).
const EXCLUDED: &[Excluded] = &[
    (Kind::Parameter, "example", "examples"),
    (Kind::Parameter, "style", "content"),
    (Kind::Parameter, "explode", "content"),
    (Kind::Parameter, "allowReserved", "content"),
    (Kind::Header, "example", "examples"),
    (Kind::Header, "style", "content"),
    (Kind::Header, "explode", "content"),
    (Kind::MediaType, "example", "examples"),
    (Kind::MediaType, "prefixEncoding", "encoding"),
    (Kind::MediaType, "itemEncoding", "encoding"),
    (Kind::Encoding, "prefixEncoding", "encoding"),
    (Kind::Encoding, "itemEncoding", "encoding"),
    (Kind::Example, "value", "dataValue"),
    (Kind::Example, "externalValue", "value"),
    (Kind::Example, "serializedValue", "value"),
    (Kind::Example, "externalValue", "serializedValue"),
    (Kind::Link, "operationId", "operationRef"),
];

/// Reports what is wrong with the fields of one object, which is no schema.
pub(super) fn check(kind: Kind, node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    for (_, field, other) in EXCLUDED.iter().filter(|(of, ..)| *of == kind) {
        let (Some(value), Some(_)) = (node.get(field), node.get(other)) else {
            continue;
        };
        // Where a schema stands beside the content, that is reported, and the style is read.
        if *other == "content" && node.get("schema").is_some() {
            continue;
        }
        let message = format!("`{field}` and `{other}` exclude each other");
        diagnostics.push(
            Diagnostic::warning("excluded-field", value.origin.key(), at.child(field), message)
                .with_help("remove one of them"),
        );
    }
    match kind {
        Kind::Parameter => check_parameter(node, at, diagnostics),
        Kind::Header => {
            let why = "`allowReserved` has no effect on a header, which is not percent-encoded".to_owned();
            report_excluded(node, "allowReserved", at, why, diagnostics);
        }
        Kind::Response | Kind::Encoding => {
            for (name, header) in node.get("headers").and_then(Node::as_object).into_iter().flatten() {
                let at = at.child("headers").child(name);
                check_header_name(name, header, &at, diagnostics);
            }
        }
        Kind::PathItem | Kind::Operation => check_query_string(node, at, diagnostics),
        Kind::ServerVariable => check_values(node, at, diagnostics),
        _ => {}
    }
    if matches!(kind, Kind::OpenApi | Kind::Components | Kind::Tag | Kind::Server) {
        check_content(kind, node, at, diagnostics);
    }
}

/// Reports a field that has no effect where it stands.
fn report_excluded(node: &Node, field: &str, at: &Pointer, why: String, diagnostics: &mut Diagnostics) {
    if let Some(value) = node.get(field) {
        diagnostics.push(
            Diagnostic::warning("excluded-field", value.origin.key(), at.child(field), why)
                .with_help(format!("remove `{field}`"))
                .with_fix(Fix::Remove),
        );
    }
}

/// What the location of a parameter asks for ([OpenAPI 3.2 §4.12.1](https://spec.openapis.org/oas/v3.2.0.html#parameter-locations)).
fn check_parameter(node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    let is = |field: &str, value: &str| node.get(field).and_then(Node::as_str) == Some(value);
    if is("in", "querystring") {
        let why = "a parameter that is the whole query string has `content`, and no `schema`".to_owned();
        report_excluded(node, "schema", at, why, diagnostics);
    }
    if let Some(name) = node.get("name").filter(|_| is("in", "header")) {
        check_header_name(name.as_str().unwrap_or_default(), name, &at.child("name"), diagnostics);
    }
}

/// The name of a header is a token ([RFC 9110 §5.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.1)).
fn check_header_name(name: &str, node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    let is_of_token = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    if let Some(letter) = name.chars().find(|letter| !is_of_token(*letter)) {
        let message =
            format!("{letter:?} is not allowed in the name of a header, so {name:?} is never sent or received");
        diagnostics.push(
            Diagnostic::warning("header-name", node.origin, at.clone(), message)
                .with_help("the name of a header has letters, digits, `-`, `_` and `.`"),
        );
    }
}

/// One parameter is the whole query string, or several are parts of it
/// ([OpenAPI 3.2 §4.12.1](https://spec.openapis.org/oas/v3.2.0.html#parameter-locations)).
fn check_query_string(node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    let parameters = node.get("parameters").and_then(Node::as_array).unwrap_or_default();
    let of = |location: &'static str| {
        let is_there = move |node: &Node| node.get("in").and_then(Node::as_str) == Some(location);
        parameters.iter().enumerate().filter(move |(_, node)| is_there(node))
    };
    let Some((whole, _)) = of("querystring").next() else {
        return;
    };
    for (index, parameter) in of("querystring").skip(1).chain(of("query")) {
        let message = format!("parameter {whole} is the whole query string, and this one is sent beside it");
        let at = at.child("parameters").element(index);
        diagnostics.push(
            Diagnostic::warning("query-string-parameters", parameter.origin, at, message)
                .with_help("describe the query by one parameter `in: querystring`, or by parameters `in: query`"),
        );
    }
}

/// A variable of a server has at least one value, if it lists them
/// ([OpenAPI 3.1.1 §4.8.6](https://spec.openapis.org/oas/v3.1.1.html#server-variable-object)).
fn check_values(node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    let values = node
        .get("enum")
        .filter(|values| values.as_array().is_some_and(<[Node]>::is_empty));
    if let Some(values) = values {
        let message = "`enum` of a server variable lists no value; it is ignored";
        diagnostics.push(
            Diagnostic::warning("list-empty", values.origin, at.child("enum"), message)
                .with_help("list the values, or remove `enum`")
                .with_fix(Fix::Remove),
        );
    }
}

/// A field that holds objects holds nothing else. Those of operations are reported where they are read.
fn check_content(kind: Kind, node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    for (name, value) in node
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != "paths")
    {
        let at = at.child(name);
        let mut report = |value: &Node, at: Pointer, what: &str, expected: &str| {
            let message = format!("{what} must be {expected}, found {}; it is ignored", value.kind());
            diagnostics.push(
                Diagnostic::warning("field-type", value.origin, at, message)
                    .with_help(format!("write {expected}, or remove it"))
                    .with_fix(Fix::Remove),
            );
        };
        match (kind.field(name), value.as_array()) {
            (Some((FieldContent::One(Kind::Schema), _)), _) => {}
            (Some((FieldContent::One(_) | FieldContent::Map(_), _)), _) if value.as_object().is_none() => {
                report(value, at, &format!("`{name}`"), "an object");
            }
            (Some((FieldContent::List(_), _)), None) => report(value, at, &format!("`{name}`"), "a list"),
            (Some((FieldContent::List(_), _)), Some(elements)) => {
                for (index, element) in elements
                    .iter()
                    .enumerate()
                    .filter(|(_, node)| node.as_object().is_none())
                {
                    report(
                        element,
                        at.element(index),
                        &format!("an element of `{name}`"),
                        "an object",
                    );
                }
            }
            _ => {}
        }
    }
}
