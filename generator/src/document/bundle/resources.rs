//! The identifiers that the parts of a document have beside its URI
//! ([JSON Schema 2020-12 §8.2](https://json-schema.org/draft/2020-12/json-schema-core#section-8.2)).

use std::collections::BTreeMap;

use crate::document::field::is_data;
use crate::document::keywords::{self, Keyword};
use crate::document::reference::Reference;
use crate::document::{Node, Value};
use crate::source::Pointer;

/// The resources of a document, and their anchors.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// The base URI of each resource that has one of its own.
    bases: BTreeMap<Pointer, String>,
    /// The schemas with an anchor, by the resource that they are of, and their name.
    anchors: BTreeMap<(Pointer, String), Pointer>,
}

impl Resources {
    /// Finds the resources of `document`, which was read at `uri`.
    pub(super) fn of(document: &Node, uri: &str) -> Self {
        let mut found = Self::default();
        let mut base = uri.to_owned();
        // https://spec.openapis.org/oas/v3.2.0.html#establishing-the-base-uri
        if let Some(own) = document.get("$self").and_then(Node::as_str) {
            base = Reference::parse(own).uri(uri);
            found.bases.insert(Pointer::root(), base.clone());
        }
        found.add(document, (&Pointer::root(), false), &base, &Pointer::root());
        found
    }

    /// Adds what is in `node`; `has_names` is whether its keys are names that the author of the document chose.
    fn add(&mut self, node: &Node, (at, has_names): (&Pointer, bool), base: &str, resource: &Pointer) {
        match &node.value {
            Value::Object(members) => {
                let mut own = None;
                let identifier = |key: &str| members.get(key).filter(|_| !has_names).and_then(Node::as_str);
                if let Some(id) = identifier("$id") {
                    let id = Reference::parse(id);
                    if id.document().is_some() {
                        let uri = id.uri(base);
                        self.bases.insert(at.clone(), uri.clone());
                        own = Some(uri);
                    }
                    // As the drafts up to 7 write an anchor.
                    if !id.written_fragment().is_empty() {
                        let resource = if own.is_some() { at } else { resource };
                        self.anchor(resource, id.written_fragment(), at);
                    }
                }
                let resource = if own.is_some() { at } else { resource };
                let base = own.as_deref().unwrap_or(base);
                for keyword in ["$anchor", "$dynamicAnchor"] {
                    if let Some(name) = identifier(keyword) {
                        self.anchor(resource, name, at);
                    }
                }
                for (key, member) in members.iter().filter(|(key, _)| has_names || !is_data(key)) {
                    if matches!(member.value, Value::Object(_) | Value::Array(_)) {
                        let is_by_name = key == "schemas" || keywords::is(key, Keyword::holds_schemas_by_name);
                        self.add(member, (&at.child(key), !has_names && is_by_name), base, resource);
                    }
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.add(element, (&at.element(index), false), base, resource);
                }
            }
            _ => {}
        }
    }

    /// The first of several schemas has the name.
    fn anchor(&mut self, resource: &Pointer, name: &str, at: &Pointer) {
        let key = (resource.clone(), name.to_owned());
        self.anchors.entry(key).or_insert_with(|| at.clone());
    }

    /// Iterates over the resources that have a URI of their own.
    pub(super) fn uris(&self) -> impl Iterator<Item = (&String, &Pointer)> {
        self.bases.iter().map(|(pointer, uri)| (uri, pointer))
    }

    /// Returns the base URI of the node at `at`, if it is not that of the document.
    pub(super) fn base_at(&self, at: &Pointer) -> Option<&str> {
        if self.bases.is_empty() {
            return None;
        }
        let found = at.ancestors().find_map(|above| self.bases.get(&above));
        found.map(String::as_str)
    }

    /// Returns the schema with the anchor `name` in the resource at `resource`.
    pub(super) fn anchored(&self, resource: &Pointer, name: &str) -> Option<&Pointer> {
        self.anchors.get(&(resource.clone(), name.to_owned()))
    }
}
