//! Finds the examples of a document, each with the schema that it is an example of.
//!
//! These are `example` and `examples` of schemas ([JSON Schema 2020-12 Validation §9.5][schema]), and of parameters, headers
//! and JSON media types ([OpenAPI 3.1 §4.8.12, §4.8.14, §4.8.21][media type]). A default is no example.
//!
//! [schema]: https://json-schema.org/draft/2020-12/json-schema-validation#section-9.5
//! [media type]: https://spec.openapis.org/oas/v3.1.1.html#media-type-object

use std::collections::BTreeSet;

use generator::Pointer;
use generator::unstable::{FieldContent, Kind, Node};

/// An example of a document.
#[derive(Debug, Clone)]
pub(crate) struct Example<'d> {
    /// Where its value stands.
    pub(crate) pointer: Pointer,
    /// Where the schema stands.
    pub(crate) schema: Pointer,
    /// The value.
    pub(crate) value: &'d Node,
}

/// Returns all examples of a document whose schemas are known, in its order.
pub(crate) fn find(document: &Node) -> Vec<Example<'_>> {
    let mut search = Search {
        document,
        found: Vec::new(),
        seen: BTreeSet::new(),
    };
    search.object(Kind::OpenApi, "", document, &Pointer::root());
    search.found
}

/// Returns whether a media type is JSON, by its name or its suffix
/// ([RFC 6839 §3.1](https://www.rfc-editor.org/rfc/rfc6839#section-3.1)).
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_lowercase();
    ["application/json", "text/json"].contains(&essence.as_str()) || essence.ends_with("+json")
}

/// Returns the place of what `pointer` leads to, where a reference on the way leads elsewhere. One at its end is left.
pub(crate) fn settle(document: &Node, pointer: &Pointer) -> Option<Pointer> {
    settle_within(document, pointer, REFERENCES)
}

/// How many references are followed; what leads on for longer leads in a circle.
const REFERENCES: usize = 64;

fn settle_within(document: &Node, pointer: &Pointer, left: usize) -> Option<Pointer> {
    let left = left.checked_sub(1)?;
    let mut settled = Pointer::root();
    let mut node = document;
    for segment in pointer.segments() {
        if let Some(target) = reference(node) {
            settled = settle_within(document, &target, left)?;
            node = at(document, &settled)?;
        }
        settled = settled.child(&segment);
        node = child(node, &segment)?;
    }
    Some(settled)
}

/// Returns where a reference leads, if the node is one within the document.
pub(crate) fn reference(node: &Node) -> Option<Pointer> {
    Pointer::parse_fragment(node.get("$ref")?.as_str()?.strip_prefix('#')?)
}

/// Returns the node at a pointer.
pub(crate) fn at<'d>(document: &'d Node, pointer: &Pointer) -> Option<&'d Node> {
    pointer
        .segments()
        .try_fold(document, |node, segment| child(node, &segment))
}

fn child<'d>(node: &'d Node, segment: &str) -> Option<&'d Node> {
    match node.as_array() {
        Some(elements) => elements.get(segment.parse::<usize>().ok()?),
        None => node.get(segment),
    }
}

/// A search under way.
struct Search<'d> {
    document: &'d Node,
    found: Vec<Example<'d>>,
    /// The pairs that were found: several references may lead to one.
    seen: BTreeSet<(Pointer, Pointer)>,
}

impl<'d> Search<'d> {
    /// Searches an object of the specification, which is called `name` by what holds it.
    fn object(&mut self, kind: Kind, name: &str, node: &'d Node, place: &Pointer) {
        let Some(members) = node.as_object() else { return };
        if kind != Kind::Schema && reference(node).is_some() {
            return;
        }
        match kind {
            Kind::Schema => self.of_schema(node, place),
            Kind::Parameter | Kind::Header => self.of_described(node, place),
            Kind::MediaType if is_json(name) => self.of_described(node, place),
            _ => {}
        }
        for (name, value) in members {
            let place = place.child(name);
            match (kind.field(name).map(|(content, _)| content), value.as_array()) {
                (Some(FieldContent::One(kind)), _) => self.object(kind, name, value, &place),
                (Some(FieldContent::SchemaOrList), None) => self.object(Kind::Schema, name, value, &place),
                (Some(FieldContent::Map(kind)), _) => {
                    for (name, value) in value.as_object().into_iter().flatten() {
                        self.object(kind, name, value, &place.child(name));
                    }
                }
                (Some(FieldContent::SchemaOrList), Some(elements)) => self.list(Kind::Schema, elements, &place),
                (Some(FieldContent::List(kind)), Some(elements)) => self.list(kind, elements, &place),
                _ => {}
            }
        }
    }

    fn list(&mut self, kind: Kind, elements: &'d [Node], place: &Pointer) {
        for (index, element) in elements.iter().enumerate() {
            self.object(kind, "", element, &place.element(index));
        }
    }

    /// Takes the examples of a schema.
    fn of_schema(&mut self, schema: &'d Node, place: &Pointer) {
        if let Some(value) = schema.get("example") {
            self.add(place.child("example"), place, value);
        }
        let examples = schema.get("examples").and_then(Node::as_array);
        for (index, value) in examples.into_iter().flatten().enumerate() {
            self.add(place.child("examples").element(index), place, value);
        }
    }

    /// Takes the examples of a parameter, a header or a media type, of the schema beside them.
    fn of_described(&mut self, node: &'d Node, place: &Pointer) {
        let schema = place.child("schema");
        if node.get("schema").is_none() {
            return;
        }
        if let Some(value) = node.get("example") {
            self.add(place.child("example"), &schema, value);
        }
        for name in node.get("examples").and_then(Node::as_object).into_iter().flatten() {
            let mut place = place.child("examples").child(name.0);
            let mut example = name.1;
            for _ in 0..REFERENCES {
                let target = reference(example).and_then(|target| settle(self.document, &target));
                let Some(target) = target else { break };
                let Some(node) = at(self.document, &target) else { break };
                (place, example) = (target, node);
            }
            for field in ["value", "dataValue"] {
                if let Some(value) = example.get(field) {
                    self.add(place.child(field), &schema, value);
                }
            }
        }
    }

    fn add(&mut self, pointer: Pointer, schema: &Pointer, value: &'d Node) {
        if self.seen.insert((pointer.clone(), schema.clone())) {
            self.found.push(Example {
                pointer,
                schema: schema.clone(),
                value,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use generator::{Diagnostics, Sources};

    use super::find;

    #[test]
    fn every_example_is_found_with_its_schema() {
        let text = "
openapi: 3.1.0
paths:
  /a:
    parameters:
      - {name: a, in: query, schema: {type: string, examples: [b, c], default: d}, example: e}
      - {name: b, in: query, schema: {type: string}, examples: {f: {$ref: '#/components/examples/F'}, g: {dataValue: h}}}
    get:
      responses:
        '200':
          headers: {X: {schema: {type: string}, example: i}}
          content:
            application/vnd.a+json: {schema: {const: {example: no}}, example: j}
            text/plain: {schema: {type: string}, example: no}
components:
  examples: {F: {$ref: '#/components/examples/G'}, G: {value: k}}
  schemas: {example: {properties: {example: {example: l}}}}
";
        let mut sources = Sources::default();
        let document = generator::unstable::read_document(&mut sources, "a", text, &mut Diagnostics::default());
        let document = document.unwrap();
        let found: Vec<(String, String)> = find(&document)
            .iter()
            .map(|example| (example.value.to_string(), example.schema.to_string()))
            .collect();
        let at = |value: &str, schema: &str| (format!("{value:?}"), schema.to_owned());
        let response = "/paths/~1a/get/responses/200";
        let expected = [
            at("e", "/paths/~1a/parameters/0/schema"),
            at("b", "/paths/~1a/parameters/0/schema"),
            at("c", "/paths/~1a/parameters/0/schema"),
            at("k", "/paths/~1a/parameters/1/schema"),
            at("h", "/paths/~1a/parameters/1/schema"),
            at("i", &format!("{response}/headers/X/schema")),
            at("j", &format!("{response}/content/application~1vnd.a+json/schema")),
            at("l", "/components/schemas/example/properties/example"),
        ];
        assert_eq!(found, expected);
    }
}
