//! Paths and operations ([Operation Object](https://spec.openapis.org/oas/v2.0.html#operation-object)).

use super::media_types::MediaTypes;
use super::{Swagger, is_kept, location, object};
use crate::document::{FieldContent, Kind, Node, Object, Value};

impl<'run> Swagger<'run> {
    /// Converts the paths.
    pub(super) fn paths(&mut self, paths: &'run Node) -> Node {
        let Some(items) = paths.as_object() else {
            return paths.clone();
        };
        let mut converted = Object::default();
        for (path, item) in items {
            let item = if path.starts_with("x-") {
                item.clone()
            } else {
                self.path_item(item)
            };
            converted.insert(path.clone(), item);
        }
        object(paths.origin, converted)
    }

    /// Converts a path item.
    pub(super) fn path_item(&mut self, item: &'run Node) -> Node {
        let Some(fields) = item.as_object() else {
            return item.clone();
        };
        let shared = fields.get("parameters").and_then(Node::as_array).unwrap_or_default();
        let mut converted = Object::default();
        for (key, value) in fields {
            let value = match Kind::SwaggerPathItem.field(key) {
                Some((FieldContent::One(Kind::SwaggerOperation), _)) => self.operation(value, shared),
                _ if key == "parameters" => self.parameters(value),
                _ if is_kept(Kind::SwaggerPathItem, Kind::PathItem, key) => value.clone(),
                _ => continue,
            };
            converted.insert(key.clone(), value);
        }
        object(item.origin, converted)
    }

    /// Converts an operation; `shared` are the parameters of its path item.
    fn operation(&mut self, operation: &'run Node, shared: &'run [Node]) -> Node {
        let Some(fields) = operation.as_object() else {
            return operation.clone();
        };
        let mut converted = Object::default();
        for (key, value) in fields {
            let value = match key.as_str() {
                "parameters" => self.parameters(value),
                "responses" => self.responses(operation, value),
                _ if is_kept(Kind::SwaggerOperation, Kind::Operation, key) => value.clone(),
                _ => continue,
            };
            converted.insert(key.clone(), value);
        }
        converted.extend(self.servers_of_operation(operation));
        let body = self.request_body(operation, shared);
        converted.extend(body.map(|body| ("requestBody".to_owned(), body)));
        object(operation.origin, converted)
    }

    /// Converts a list of parameters, without those of bodies.
    fn parameters(&mut self, list: &'run Node) -> Node {
        let Some(elements) = list.as_array() else {
            return list.clone();
        };
        let kept = elements
            .iter()
            .filter(|node| !matches!(location(self.declared(node)), "body" | "formData"));
        let kept: Vec<&Node> = kept.collect();
        let converted = kept.into_iter().map(|node| self.parameter(node)).collect();
        Node::new(list.origin, Value::Array(converted))
    }

    /// Returns the request body that the parameters of an operation and its path item describe.
    fn request_body(&mut self, operation: &'run Node, shared: &'run [Node]) -> Option<Node> {
        let own = operation.get("parameters");
        let own = own.and_then(Node::as_array).unwrap_or_default();
        let name = |node: &'run Node| node.get("name").and_then(Node::as_str);
        let (mut bodies, mut fields): (Vec<&Node>, Vec<&Node>) = (Vec::new(), Vec::new());
        for node in shared.iter().chain(own) {
            let parameter = self.declared(node);
            match location(parameter) {
                "body" => bodies.push(node),
                "formData" => {
                    let known = fields.iter_mut().find(|known| name(known) == name(parameter));
                    match known {
                        Some(known) => *known = parameter,
                        None => fields.push(parameter),
                    }
                }
                _ => {}
            }
        }
        let consumes = self.consumes_of(operation);
        let Some(body) = bodies.pop() else {
            let at = operation.get("parameters").unwrap_or(operation);
            return (!fields.is_empty()).then(|| self.form(at, &fields, &consumes));
        };
        // The body of the operation takes the place of its path item's.
        for other in bodies
            .into_iter()
            .filter(|node| own.iter().any(|own| std::ptr::eq(*node, own)))
        {
            self.notes
                .degrade(other, "in", "a request has one body, and another parameter is it");
        }
        for field in fields {
            self.notes
                .degrade(field, "in", "a request has one body, and another parameter is it");
        }
        let is_shared = body.get("$ref").is_some() && consumes.names().eq(self.consumes.names());
        if is_shared {
            return Some(self.reference(body));
        }
        Some(self.body(self.declared(body), &consumes))
    }

    /// Returns an object with its reference rewritten.
    pub(super) fn reference(&self, node: &Node) -> Node {
        let mut node = node.clone();
        let reference = node.as_object_mut().and_then(|members| members.get_mut("$ref"));
        if let Some(reference) = reference {
            self.rewrite_reference(reference);
        }
        node
    }

    /// Returns the media types of the bodies of an operation.
    pub(super) fn consumes_of(&self, operation: &Node) -> MediaTypes {
        MediaTypes::of(operation, "consumes").unwrap_or_else(|| self.consumes.clone())
    }

    /// Returns the media types of the responses of an operation, or else those of the document.
    pub(super) fn produces_of(&self, operation: Option<&Node>) -> MediaTypes {
        let own = operation.and_then(|operation| MediaTypes::of(operation, "produces"));
        own.unwrap_or_else(|| self.produces.clone())
    }

    fn responses(&mut self, operation: &'run Node, responses: &'run Node) -> Node {
        let Some(by_status) = responses.as_object() else {
            return responses.clone();
        };
        let of_operation = self.produces_of(Some(operation));
        let mut converted = Object::default();
        for (status, response) in by_status {
            let target = self.declared(response);
            let produces = self.produces_of_status(status, target, &of_operation);
            let is_usual = produces.names().eq(self.produces.names());
            let response = if status.starts_with("x-") {
                response.clone()
            } else if target.get("$ref").is_none() && target.get("schema").is_some() && !is_usual {
                self.response(target, &produces)
            } else {
                self.response(response, &produces)
            };
            converted.insert(status.clone(), response);
        }
        object(responses.origin, converted)
    }
}
