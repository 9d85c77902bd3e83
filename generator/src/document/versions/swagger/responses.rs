//! Responses ([Response Object](https://spec.openapis.org/oas/v2.0.html#response-object)).

use super::media_types::MediaTypes;
use super::parameters::value_schema;
use super::{Swagger, is_kept, map, members, object};
use crate::document::{Kind, Node, Object};

impl Swagger<'_> {
    /// Converts a response that has one of the media types `produces`.
    pub(super) fn response(&self, response: &Node, produces: &MediaTypes) -> Node {
        if response.as_object().is_none() {
            return response.clone();
        }
        if response.get("$ref").is_some() {
            return self.reference(response);
        }
        let mut converted = Object::new();
        for (key, value) in members(response) {
            let value = match key.as_str() {
                "schema" | "examples" => continue,
                "headers" => map(value, |header| self.header(header)),
                _ if is_kept(Kind::SwaggerResponse, Kind::Response, key) => value.clone(),
                _ => continue,
            };
            converted.insert(key.clone(), value);
        }
        if let Some(schema) = response.get("schema") {
            let is_file = schema.get("type").and_then(Node::as_str) == Some("file");
            let mut content = Object::new();
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
    fn header(&self, header: &Node) -> Node {
        if header.as_object().is_none() {
            return header.clone();
        }
        let mut converted = Object::new();
        let description = header.get("description");
        converted.extend(description.map(|text| ("description".to_owned(), text.clone())));
        let schema = value_schema(header).map(|schema| ("schema".to_owned(), self.schema(&schema)));
        converted.extend(schema);
        object(header.origin, converted)
    }
}
