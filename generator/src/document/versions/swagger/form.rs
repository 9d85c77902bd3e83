//! Bodies: parameters in `body` and `formData`
//! ([Parameter Object](https://spec.openapis.org/oas/v2.0.html#parameter-object)).

use super::media_types::MediaTypes;
use super::parameters::Separator;
use super::{Swagger, members, object};
use crate::document::{Node, Object, Value};

impl Swagger<'_> {
    /// Converts the parameter that is the body of a request.
    pub(super) fn body(&mut self, parameter: &Node, consumes: &MediaTypes) -> Node {
        if parameter.get("$ref").is_some() {
            return self.reference(parameter);
        }
        self.notes.ignore(parameter, "name", "a body has no name");
        let mut body = Object::default();
        for (key, value) in members(parameter) {
            let is_extension = key.starts_with("x-") && key != "x-nullable";
            if is_extension || matches!(key.as_str(), "description" | "required") {
                body.insert(key.clone(), value.clone());
            } else if !matches!(key.as_str(), "in" | "name" | "schema") {
                self.notes.ignore(parameter, key, "a body is described by its `schema`");
            }
        }
        let schema = parameter.get("schema").map(|schema| self.schema(schema));
        let mut content = Object::default();
        for (media_type, origin) in consumes.of_body(parameter.origin).0 {
            let schema = schema.clone().map(|schema| ("schema".to_owned(), schema));
            content.insert(media_type, object(origin, schema.into_iter().collect()));
        }
        body.insert("content".to_owned(), object(parameter.origin, content));
        object(parameter.origin, body)
    }

    /// Returns the body of a request with the parameters `fields`; the list of parameters is `at`.
    pub(super) fn form(&mut self, at: &Node, fields: &[&Node], consumes: &MediaTypes) -> Node {
        let is_file = |field: &&&Node| field.get("type").and_then(Node::as_str) == Some("file");
        let has_files = fields.iter().any(|field| is_file(&field));
        let (mut properties, mut encodings, mut required) = (Object::default(), Object::default(), Vec::new());
        for field in fields {
            let Some(name) = field.get("name").and_then(Node::as_str) else {
                self.notes
                    .degrade(field, "in", "without a `name` it is no field of a form");
                continue;
            };
            if field.get("required").and_then(Node::as_bool) == Some(true) {
                required.push(Node::string(field.origin, name));
            }
            if field.get("allowEmptyValue").is_some() {
                let reason = "a field of a form may always be empty";
                self.notes.ignore(field, "allowEmptyValue", reason);
            }
            let separator = self.separator(field);
            let mut schema = self.value(field, &separator);
            if let (Some(members), Some(text)) = (schema.as_object_mut(), field.get("description")) {
                members.insert("description".to_owned(), text.clone());
            }
            properties.insert(name.to_owned(), schema);
            // Repeating the name is what forms do without an encoding.
            if let Separator::Style(style, false) = separator {
                let origin = field.get("collectionFormat").unwrap_or(field).origin;
                let style = ("style".to_owned(), Node::string(origin, style));
                let explode = ("explode".to_owned(), Node::new(origin, Value::Bool(false)));
                encodings.insert(name.to_owned(), object(origin, Object::from_iter([style, explode])));
            }
        }
        let mut schema = Object::default();
        schema.insert("type".to_owned(), Node::string(at.origin, "object"));
        if !required.is_empty() {
            schema.insert(
                "required".to_owned(),
                Node::new(at.origin, Value::Array(required.clone())),
            );
        }
        schema.insert("properties".to_owned(), object(at.origin, properties));
        let mut media = Object::from_iter([("schema".to_owned(), object(at.origin, schema))]);
        if !encodings.is_empty() {
            media.insert("encoding".to_owned(), object(at.origin, encodings));
        }
        let mut content = Object::default();
        for (media_type, origin) in consumes.of_form(has_files, at.origin).0 {
            content.insert(media_type, object(origin, media.clone()));
        }
        let mut body = Object::from_iter([("content".to_owned(), object(at.origin, content))]);
        if !required.is_empty() {
            body.insert("required".to_owned(), Node::new(at.origin, Value::Bool(true)));
        }
        object(at.origin, body)
    }
}
