//! Parameters in a path, a query or a header
//! ([Parameter Object](https://spec.openapis.org/oas/v2.0.html#parameter-object)).

use super::{Swagger, is_kept, location, members, object};
use crate::document::{Kind, Node, Object, Value};

/// How the elements of a list are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// As they are without a style.
    Usual,
    /// By a style, with or without `explode`.
    Style(&'static str, bool),
    /// By what no style has: the value is the text.
    Text,
}

impl Swagger<'_> {
    /// Converts a parameter that is no part of a body.
    pub(super) fn parameter(&mut self, parameter: &Node) -> Node {
        if parameter.as_object().is_none() {
            return parameter.clone();
        }
        if parameter.get("$ref").is_some() {
            return self.reference(parameter);
        }
        let mut converted = Object::default();
        for (key, value) in members(parameter) {
            if is_kept(Kind::SwaggerParameter, Kind::Parameter, key) {
                converted.insert(key.clone(), value.clone());
            }
        }
        let separator = self.separator(parameter);
        if let Separator::Style(style, explode) = separator {
            let origin = parameter.get("collectionFormat").unwrap_or(parameter).origin;
            converted.insert("style".to_owned(), Node::string(origin, style));
            converted.insert("explode".to_owned(), Node::new(origin, Value::Bool(explode)));
        }
        let schema = self.value(parameter, &separator);
        converted.insert("schema".to_owned(), schema);
        object(parameter.origin, converted)
    }

    /// Returns the schema of the value of a parameter.
    pub(super) fn value(&mut self, parameter: &Node, separator: &Separator) -> Node {
        if *separator == Separator::Text {
            return text(parameter);
        }
        let written = parameter.get("schema").filter(|_| parameter.get("type").is_none());
        let schema = written.cloned().or_else(|| value_schema(parameter));
        if let Some(schema) = schema {
            return self.schema(&schema);
        }
        let reason = "it is required; the value is a string";
        self.notes.degrade(parameter, "type", reason);
        text(parameter)
    }

    /// Returns how the elements of the value of a parameter are separated.
    pub(super) fn separator(&mut self, parameter: &Node) -> Separator {
        let format = parameter.get("collectionFormat");
        if parameter.get("type").and_then(Node::as_str) != Some("array") {
            if format.is_some() {
                self.notes.ignore(
                    parameter,
                    "collectionFormat",
                    "only the elements of a list are separated",
                );
            }
            return Separator::Usual;
        }
        let by_name = matches!(location(parameter), "query" | "formData");
        match format.map_or(Some("csv"), Node::as_str) {
            Some("csv") if by_name => Separator::Style("form", false),
            Some("csv") => Separator::Usual,
            Some("multi") if by_name => Separator::Style("form", true),
            Some("ssv") if by_name => Separator::Style("spaceDelimited", false),
            Some("pipes") if by_name => Separator::Style("pipeDelimited", false),
            Some("multi") => {
                let reason = "only names of a query or a form are repeated; the elements are separated by commas";
                self.notes.degrade(parameter, "collectionFormat", reason);
                Separator::Usual
            }
            _ => {
                let reason = "no style separates elements so; the value is a text, as it stands there";
                self.notes.degrade(parameter, "collectionFormat", reason);
                Separator::Text
            }
        }
    }
}

/// Returns the schema of a string.
pub(super) fn text(parameter: &Node) -> Node {
    let type_ = Node::string(parameter.origin, "string");
    object(parameter.origin, Object::from_iter([("type".to_owned(), type_)]))
}

/// Returns the keywords of the value of a parameter or a header as a schema.
pub(super) fn value_schema(holder: &Node) -> Option<Node> {
    let keywords = members(holder).filter(|(key, _)| is_keyword(key));
    let keywords: Object = keywords
        .map(|(key, value)| {
            let value = if key == "items" { items(value) } else { value.clone() };
            (key.clone(), value)
        })
        .collect();
    (!keywords.is_empty()).then(|| object(holder.origin, keywords))
}

/// Returns whether a key of a parameter is a keyword of its value, as those of an [Items
/// Object](https://spec.openapis.org/oas/v2.0.html#items-object) are.
fn is_keyword(key: &str) -> bool {
    key != "collectionFormat" && Kind::SwaggerItems.field(key).is_some()
}

/// Returns an Items Object without how its own elements are separated.
fn items(node: &Node) -> Node {
    let Some(fields) = node.as_object() else {
        return node.clone();
    };
    let fields = fields.iter().filter(|(key, _)| *key != "collectionFormat");
    let fields = fields.map(|(key, value)| {
        let value = if key == "items" { items(value) } else { value.clone() };
        (key.clone(), value)
    });
    object(node.origin, fields.collect())
}
