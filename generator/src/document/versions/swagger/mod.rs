//! Brings [Swagger 2.0](https://spec.openapis.org/oas/v2.0.html) to the form of OpenAPI 3.0.

mod form;
mod media_types;
mod operations;
mod parameters;
mod references;
mod responses;
mod schemas;
mod security;
mod servers;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use self::media_types::MediaTypes;
use super::{Converted, Notes};
use crate::document::{Kind, Node, Object, Value};
use crate::source::{Origin, Pointer};

/// A document on its way.
struct Swagger<'run> {
    document: &'run Node,
    consumes: MediaTypes,
    produces: MediaTypes,
    notes: Notes,
}

/// Returns `document` in the form of OpenAPI 3.0; `reached` are the objects in other documents that a reference leads to.
pub(super) fn convert(document: &Node, reached: &BTreeSet<(Kind, Pointer)>) -> Converted {
    let mut swagger = Swagger {
        document,
        consumes: MediaTypes::of(document, "consumes").unwrap_or_default(),
        produces: MediaTypes::of(document, "produces").unwrap_or_default(),
        notes: Notes::default(),
    };
    let mut root = swagger.root();
    let reached = swagger.convert_reached(reached, &mut root);
    Converted {
        root,
        notes: swagger.notes.0,
        reached,
    }
}

impl<'run> Swagger<'run> {
    /// Converts the objects in other documents where they stand, and returns them with their kinds in the form of 3.0.
    fn convert_reached(&mut self, reached: &BTreeSet<(Kind, Pointer)>, root: &mut Node) -> BTreeSet<(Kind, Pointer)> {
        let mut converted = BTreeSet::new();
        let all: BTreeSet<&str> = reached.iter().map(|(_, at)| at.as_str()).collect();
        let document: &'run Node = self.document;
        // A part of another one is converted with it.
        let is_part = |at: &Pointer| {
            let mut around = at.as_str().rmatch_indices('/').map(|(end, _)| &at.as_str()[..end]);
            around.any(|around| all.contains(around))
        };
        for (kind, at) in reached.iter().filter(|(_, at)| !is_part(at)) {
            let (Some(node), Some(place)) = (at.follow(document), at.follow_mut(root)) else {
                continue;
            };
            let (kind, node) = match kind {
                Kind::SwaggerPathItem => (Kind::PathItem, self.path_item(node)),
                Kind::SwaggerResponse => {
                    let produces = self.produces.clone();
                    (Kind::Response, self.response(node, &produces))
                }
                Kind::SwaggerParameter => match location(self.declared(node)) {
                    "body" => {
                        let consumes = self.consumes.clone();
                        (Kind::RequestBody, self.body(self.declared(node), &consumes))
                    }
                    // The operations that refer to it have forms of their own.
                    "formData" => continue,
                    _ => (Kind::Parameter, self.parameter(node)),
                },
                _ => (*kind, self.schema(node)),
            };
            *place = node;
            converted.insert((kind, at.clone()));
        }
        converted
    }

    fn root(&mut self) -> Node {
        let document = self.document;
        let mut root = Object::default();
        for (key, value) in members(document) {
            let written = match key.as_str() {
                "swagger" => Some(("openapi", Node::string(value.origin, "3.0.4"))),
                "paths" => Some(("paths", self.paths(value))),
                _ => is_kept(Kind::Swagger, Kind::OpenApi, key).then(|| (key.as_str(), value.clone())),
            };
            root.extend(written.map(|(key, value)| (key.to_owned(), value)));
        }
        root.extend(self.servers());
        let components = self.components();
        root.insert("components".to_owned(), object(document.origin, components));
        Node::new(document.origin, Value::Object(root))
    }

    fn components(&mut self) -> Object {
        let document = self.document;
        let mut components = Object::default();
        if let Some(definitions) = document.get("definitions") {
            components.insert("schemas".to_owned(), self.definitions(definitions));
        }
        if let Some(responses) = document.get("responses") {
            let produces = self.produces.clone();
            let converted = map(responses, |response| self.response(response, &produces));
            components.insert("responses".to_owned(), converted);
        }
        if let Some(schemes) = document.get("securityDefinitions") {
            let converted = map(schemes, |scheme| self.security_scheme(scheme));
            components.insert("securitySchemes".to_owned(), converted);
        }
        if let Some(parameters) = document.get("parameters") {
            let (mut kept, mut bodies) = (Object::default(), Object::default());
            for (name, parameter) in members(parameters) {
                match location(self.declared(parameter)) {
                    "body" => {
                        let consumes = self.consumes.clone();
                        bodies.insert(name.clone(), self.body(parameter, &consumes));
                    }
                    // The operations that refer to it have forms of their own.
                    "formData" => {}
                    _ => {
                        kept.insert(name.clone(), self.parameter(parameter));
                    }
                }
            }
            components.insert("parameters".to_owned(), object(parameters.origin, kept));
            components.insert("requestBodies".to_owned(), object(parameters.origin, bodies));
        }
        components
    }
}

/// Returns the location of a parameter.
fn location(parameter: &Node) -> &str {
    parameter.get("in").and_then(Node::as_str).unwrap_or_default()
}

/// Returns whether a key of an object of the kind `old` stays where the object becomes one of the kind `new`: it is
/// a field of both, or of neither.
fn is_kept(old: Kind, new: Kind, key: &str) -> bool {
    old.field(key).is_some() == new.field(key).is_some()
}

/// Returns the members of an object.
fn members(node: &Node) -> impl Iterator<Item = (&String, &Node)> {
    node.as_object().into_iter().flatten()
}

fn object(origin: Origin, members: Object) -> Node {
    Node::new(origin, Value::Object(members))
}

/// Returns a map with each of its members converted. What is no map stays.
fn map(node: &Node, mut convert: impl FnMut(&Node) -> Node) -> Node {
    match &node.value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| (name.clone(), convert(member)));
            object(node.origin, members.collect())
        }
        _ => node.clone(),
    }
}
