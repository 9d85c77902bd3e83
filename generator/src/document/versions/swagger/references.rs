//! References: what they target stands elsewhere in OpenAPI 3.

use super::{Swagger, location};
use crate::document::reference::{Reference, Resolver};
use crate::document::{Node, Value};
use crate::source::Pointer;

impl<'run> Swagger<'run> {
    /// Rewrites a reference to where its target stands in the form of 3.0. One that leads nowhere stays as it is written.
    pub(super) fn rewrite_reference(&self, reference: &mut Node) {
        let target = reference.as_str().and_then(|text| Reference::parse(text).target());
        let Some(target) = target.filter(|target| target.pointer().follow(self.document).is_some()) else {
            return;
        };
        reference.value = Value::String(self.place(target.pointer()).to_fragment());
    }

    /// Returns what the reference of `node` leads to, through further ones.
    pub(super) fn declared<'node>(&self, node: &'node Node) -> &'node Node
    where
        'run: 'node,
    {
        Resolver::new(self.document).last(node)
    }

    /// Returns where in the form of 3.0 the node stands that is at `pointer` of the document.
    fn place(&self, pointer: &Pointer) -> Pointer {
        let segments: Vec<String> = pointer.segments().collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let placed = match segments.as_slice() {
            ["definitions", rest @ ..] => [&["components", "schemas"], rest].concat(),
            ["responses", name, rest @ ..] => {
                return Pointer::of(self.in_response(None, &["components", "responses", name], rest));
            }
            ["parameters", name, rest @ ..] => return self.parameter_component(name, rest),
            ["paths", path, method, "responses", status, rest @ ..] => {
                let operation = Pointer::of(["paths", path, method]).follow(self.document);
                return Pointer::of(self.in_response(operation, &["paths", path, method, "responses", status], rest));
            }
            ["paths", path, method, "parameters", index, rest @ ..] => {
                let own = self.parameter_of_operation(&["paths", path, method], index, rest);
                return own.unwrap_or_else(|| pointer.clone());
            }
            other => other.to_vec(),
        };
        Pointer::of(placed)
    }

    /// Returns the segments to what is in a response.
    fn in_response(&self, operation: Option<&Node>, at: &[&str], rest: &[&str]) -> Vec<String> {
        let mut segments: Vec<String> = at.iter().map(|segment| (*segment).to_owned()).collect();
        if let ["schema", ..] = rest {
            let produces = self.produces_of(operation);
            let first = produces.of_response(false, self.document.origin);
            segments.push("content".to_owned());
            segments.extend(first.names().take(1).map(str::to_owned));
        }
        segments.extend(rest.iter().map(|segment| (*segment).to_owned()));
        segments
    }

    fn parameter_component(&self, name: &str, rest: &[&str]) -> Pointer {
        let node = Pointer::of(["parameters", name]).follow(self.document);
        let is_body = node.is_some_and(|node| location(self.declared(node)) == "body");
        match rest {
            ["schema", ..] if is_body => {
                let first = self.consumes.of_body(self.document.origin);
                let first = first.names().next().unwrap_or_default().to_owned();
                Pointer::of([&["components", "requestBodies", name, "content", &first], rest].concat())
            }
            _ if is_body => Pointer::of([&["components", "requestBodies", name], rest].concat()),
            [] | ["schema", ..] => Pointer::of([&["components", "parameters", name], rest].concat()),
            _ => Pointer::of([&["components", "parameters", name, "schema"], rest].concat()),
        }
    }

    /// Returns where a parameter stands that an operation has of its own, or a part of it.
    fn parameter_of_operation(&self, operation: &[&str], index: &str, rest: &[&str]) -> Option<Pointer> {
        let node = Pointer::of(operation).follow(self.document)?;
        let list = node.get("parameters")?.as_array()?;
        let index: usize = index.parse().ok()?;
        let parameter = self.declared(list.get(index)?);
        match location(parameter) {
            "body" => {
                let consumes = self.consumes_of(node).of_body(self.document.origin);
                let first = consumes.names().next()?.to_owned();
                Some(Pointer::of(
                    [operation, &["requestBody", "content", &first], rest].concat(),
                ))
            }
            "formData" => None,
            _ => {
                let is_kept = |node: &&Node| !matches!(location(self.declared(node)), "body" | "formData");
                let place = list[..index].iter().filter(is_kept).count().to_string();
                let schema: &[&str] = match rest {
                    [] | ["schema", ..] => &[],
                    _ => &["schema"],
                };
                Some(Pointer::of([operation, &["parameters", &place], schema, rest].concat()))
            }
        }
    }
}
