//! Responses ([Response Object](https://spec.openapis.org/oas/v2.0.html#response-object)).

use super::media_types::{MediaTypes, carries_objects};
use super::parameters::{Separator, text, value_schema};
use super::{Swagger, is_kept, map, members, object};
use crate::document::{Kind, Node, Object};

impl Swagger<'_> {
    /// Returns the media types of a response with a status: those of the operation. An object tells of a failure as JSON,
    /// whatever media type a success has: neither text nor a file could carry it.
    pub(super) fn produces_of_status(&self, status: &str, response: &Node, of_operation: &MediaTypes) -> MediaTypes {
        let schema = response.get("schema").map(|schema| self.declared(schema));
        let is_object = schema.is_some_and(|schema| {
            let names_object = schema.get("type").and_then(Node::as_str) == Some("object");
            names_object || schema.get("properties").is_some() || schema.get("allOf").is_some()
        });
        let is_failure = !status.starts_with(['1', '2', '3']);
        if !is_failure || !is_object || of_operation.0.is_empty() || of_operation.names().any(carries_objects) {
            return of_operation.clone();
        }
        let usual = self.produces.clone();
        if usual.names().any(carries_objects) {
            return usual;
        }
        MediaTypes(vec![("application/json".to_owned(), response.origin)])
    }

    /// Converts a response that has one of the media types `produces`.
    pub(super) fn response(&mut self, response: &Node, produces: &MediaTypes) -> Node {
        if response.as_object().is_none() {
            return response.clone();
        }
        if response.get("$ref").is_some() {
            return self.reference(response);
        }
        let mut converted = Object::default();
        for (key, value) in members(response) {
            let value = match key.as_str() {
                "headers" => map(value, |header| self.header(header)),
                _ if is_kept(Kind::SwaggerResponse, Kind::Response, key) => value.clone(),
                _ => continue,
            };
            converted.insert(key.clone(), value);
        }
        if let Some(schema) = response.get("schema") {
            let is_file = schema.get("type").and_then(Node::as_str) == Some("file");
            let mut content = Object::default();
            for (media_type, origin) in produces.of_response(is_file, schema.origin).0 {
                let mut media = Object::from_iter([("schema".to_owned(), self.schema(schema))]);
                let example = response.get("examples").and_then(|examples| examples.get(&media_type));
                media.extend(example.map(|example| ("example".to_owned(), example.clone())));
                content.insert(media_type, object(origin, media));
            }
            converted.insert("content".to_owned(), object(schema.origin, content));
        }
        object(response.origin, converted)
    }

    /// Converts a header ([Header Object](https://spec.openapis.org/oas/v2.0.html#header-object)).
    fn header(&mut self, header: &Node) -> Node {
        if header.as_object().is_none() {
            return header.clone();
        }
        let mut converted = Object::default();
        let description = header.get("description");
        converted.extend(description.map(|text| ("description".to_owned(), text.clone())));
        let schema = match self.separator(header) {
            Separator::Text => Some(text(header)),
            _ => value_schema(header).map(|schema| self.schema(&schema)),
        };
        converted.extend(schema.map(|schema| ("schema".to_owned(), schema)));
        object(header.origin, converted)
    }
}
