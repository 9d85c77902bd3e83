//! Explains in the terms of the specification why an object of a document cannot be parsed.

use crate::document::{FieldContent, FieldUse, Kind, Node, Value};

/// The styles that the values of a parameter may have, by its location
/// ([OpenAPI 3.2 §4.12.2](https://spec.openapis.org/oas/v3.2.0.html#style-values)).
const STYLES: [(&str, &[&str]); 5] = [
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("querystring", &[]),
    ("cookie", &["form", "cookie"]),
];

/// Returns the error of an invalid field of an object, if there is one.
pub(in crate::lower) fn fault(kind: Kind, node: &Node) -> Option<String> {
    let Some(members) = node.as_object() else {
        return Some(format!("expected an object, found {}", node.kind()));
    };
    for (name, value) in members {
        let Some((content, FieldUse::Used)) = kind.field(name) else {
            continue;
        };
        // Objects that are parsed separately have their own diagnostics.
        let expected = match content {
            _ if value.value == Value::Null => continue,
            FieldContent::One(Kind::Schema) | FieldContent::SchemaOrList => continue,
            FieldContent::One(_) | FieldContent::Map(_) => (value.as_object().is_none()).then_some("an object"),
            FieldContent::List(_) => value.as_array().is_none().then_some("a list"),
            FieldContent::Plain => plain(name, value),
        };
        if let Some(expected) = expected {
            return Some(format!("`{name}` must be {expected}, found {}", value.kind()));
        }
    }
    match kind {
        Kind::Parameter => parameter_fault(node),
        _ => None,
    }
}

/// Returns the expected type of a field without objects, if the field has another type.
fn plain(name: &str, value: &Node) -> Option<&'static str> {
    match name {
        "required" | "deprecated" | "explode" | "allowReserved" | "allowEmptyValue" => {
            value.as_bool().is_none().then_some("true or false")
        }
        "name" | "in" | "style" | "summary" | "description" | "operationId" | "contentType" => {
            value.as_str().is_none().then_some("a string")
        }
        "tags" | "security" => value.as_array().is_none().then_some("a list"),
        _ => None,
    }
}

fn parameter_fault(node: &Node) -> Option<String> {
    let text = |key: &str| node.get(key).and_then(Node::as_str);
    if text("name").is_none() {
        return Some("it has no `name`".to_owned());
    }
    let Some(location) = text("in") else {
        return Some("it has no `in`: path, query, querystring, header or cookie".to_owned());
    };
    let Some((_, styles)) = STYLES.iter().find(|(known, _)| *known == location) else {
        return Some(format!(
            "`in: {location}` must be path, query, querystring, header or cookie"
        ));
    };
    let style = text("style").filter(|style| !styles.contains(style))?;
    let styles = styles.join(", ");
    Some(format!(
        "a parameter in the {location} has no `style: {style}`; it has {styles}"
    ))
}

/// Returns the reason of a parser, unless it mentions the types of the parser.
pub(in crate::lower) fn in_words(reason: &str) -> String {
    let is_inner = ["enum", "struct", "variant", "flattened"]
        .iter()
        .any(|word| reason.contains(word));
    if is_inner {
        "it does not have the fields that the specification requires".to_owned()
    } else {
        reason.to_owned()
    }
}
