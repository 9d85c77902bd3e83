//! Resolves references by `$id`, `$anchor` and `$dynamicAnchor`
//! ([JSON Schema 2020-12 §8.2](https://json-schema.org/draft/2020-12/json-schema-core#section-8.2)).
//!
//! After it every reference that stays within the document is a JSON Pointer from its root.

use std::collections::BTreeMap;

use serde_json::json;

use crate::diagnostic::{Diagnostic, Diagnostics, Fix};
use crate::document::grammar::containers::Containers;
use crate::document::reference::{Fragment, Reference};
use crate::document::{Kind, Node, Value, grammar};
use crate::source::{Origin, Pointer};

/// The base URI of a document whose own, `$self` of OpenAPI 3.2, is not known, and what that is resolved against: relative references are resolved against it, and compared.
const DOCUMENT: &str = "document:///document";

/// The schemas of a document that can be referred to by a URI.
#[derive(Default)]
struct Index {
    /// The roots of schema resources by their absolute URIs.
    resources: BTreeMap<String, (Pointer, Origin)>,
    /// The schemas with an anchor, by the URI of their resource and their name.
    anchors: BTreeMap<(String, String), (Pointer, Origin)>,
}

/// Rewrites the references of a 3.1 document that means schemas by their identifiers.
pub(super) fn resolve(document: &Node, diagnostics: &mut Diagnostics) -> Option<Node> {
    let containers = Containers::of(document);
    let own = document.get("$self").and_then(Node::as_str);
    let base = own.map_or_else(|| DOCUMENT.to_owned(), |own| Reference::parse(own).uri(DOCUMENT));
    let mut index = Index::default();
    index.add(
        &containers,
        Kind::OpenApi,
        document,
        &Pointer::root(),
        &base,
        diagnostics,
    );
    if index.resources.is_empty() && index.anchors.is_empty() && own.is_none() {
        return None;
    }
    index.resources.insert(base.clone(), (Pointer::root(), document.origin));
    let mut rewritten = document.clone();
    let mut rewriting = Rewriting {
        document,
        containers: &containers,
        index: &index,
        diagnostics,
    };
    rewriting.visit(Kind::OpenApi, &mut rewritten, &Pointer::root(), &base);
    Some(rewritten)
}

/// Returns the base URI of the schema `node`, which stands where `base` is the base URI, and the anchor that its
/// `$id` is in the drafts up to 7.
fn base_of<'node>(kind: Kind, node: &'node Node, base: &str) -> (String, Option<&'node str>) {
    let id = node.get("$id").filter(|_| kind == Kind::Schema).and_then(Node::as_str);
    match id {
        Some(id) => {
            let id = Reference::parse(id);
            let fragment = Some(id.written_fragment()).filter(|fragment| !fragment.is_empty());
            (id.uri(base), fragment)
        }
        None => (base.to_owned(), None),
    }
}

impl Index {
    fn add(
        &mut self,
        containers: &Containers,
        kind: Kind,
        node: &Node,
        at: &Pointer,
        base: &str,
        diagnostics: &mut Diagnostics,
    ) {
        if kind == Kind::Schema && containers.has(at) {
            for (name, member) in node.as_object().into_iter().flatten() {
                self.add(containers, kind, member, &at.child(name), base, diagnostics);
            }
            return;
        }
        let (own, old_anchor) = base_of(kind, node, base);
        if kind == Kind::Schema {
            if let Some(id) = node.get("$id").filter(|_| own != base) {
                let known = self.resources.get(&own).cloned();
                match known {
                    Some(first) => report_twice("$id", id, at, first, diagnostics),
                    None => drop(self.resources.insert(own.clone(), (at.clone(), id.origin))),
                }
            }
            if let (Some(name), Some(id)) = (old_anchor, node.get("$id")) {
                let message = format!(
                    "`$id` has a fragment, which only drafts up to 7 of JSON Schema allow; it is read as `$anchor: {name}`"
                );
                diagnostics.push(
                    Diagnostic::warning("id-fragment", id.origin, at.child("$id"), message)
                        .with_help(format!("write `$anchor: {name}`"))
                        .with_fix(Fix::rewrite(["$id"], json!({ "$anchor": name }))),
                );
                self.add_anchor(&own, name, ("$id", id, at), diagnostics);
            }
            for keyword in ["$anchor", "$dynamicAnchor"] {
                let value = node.get(keyword);
                if let (Some(value), Some(name)) = (value, value.and_then(Node::as_str)) {
                    self.add_anchor(&own, name, (keyword, value, at), diagnostics);
                }
            }
        }
        grammar::children(kind, node, |path, kind, child| {
            let at = path.iter().fold(at.clone(), |at, segment| at.child(segment));
            self.add(containers, kind, child, &at, &own, diagnostics);
        });
    }

    fn add_anchor(
        &mut self,
        base: &str,
        name: &str,
        (keyword, value, at): (&'static str, &Node, &Pointer),
        diagnostics: &mut Diagnostics,
    ) {
        let key = (base.to_owned(), name.to_owned());
        match self.anchors.get(&key).cloned() {
            // One schema may have a name as both kinds of anchors.
            Some((first, _)) if first == *at => {}
            Some(first) => report_twice(keyword, value, at, first, diagnostics),
            None => drop(self.anchors.insert(key, (at.clone(), value.origin))),
        }
    }

    /// Returns the root of the resource that a reference leads to from a place with this base URI.
    fn resource(&self, base: &str, reference: Reference<'_>) -> Option<(String, &Pointer)> {
        let uri = reference.uri(base);
        let (pointer, _) = self.resources.get(&uri)?;
        Some((uri, pointer))
    }

    /// Returns the schema with the anchor `name` in the resource at `uri`.
    fn anchored(&self, uri: String, name: &str) -> Option<&Pointer> {
        self.anchors.get(&(uri, name.to_owned())).map(|(pointer, _)| pointer)
    }
}

fn report_twice(
    keyword: &str,
    value: &Node,
    at: &Pointer,
    (first, origin): (Pointer, Origin),
    diagnostics: &mut Diagnostics,
) {
    let message = format!("`{keyword}: {value}` identifies two schemas; the first is at {first}");
    diagnostics.push(
        Diagnostic::warning("duplicate-identifier", value.origin, at.child(keyword), message)
            .with_help("give each schema a unique identifier, or refer to the first one with a `$ref`")
            .with_fix(Fix::Remove)
            .with_related(origin, "the first is here")
            .with_safe_reading(),
    );
}

/// The second walk, which changes references.
struct Rewriting<'run> {
    document: &'run Node,
    containers: &'run Containers,
    index: &'run Index,
    diagnostics: &'run mut Diagnostics,
}

impl Rewriting<'_> {
    fn visit(&mut self, kind: Kind, node: &mut Node, at: &Pointer, base: &str) {
        if kind == Kind::Schema && self.containers.has(at) {
            for (name, member) in node.as_object_mut().into_iter().flatten() {
                self.visit(kind, member, &at.child(name), base);
            }
            return;
        }
        let base = base_of(kind, node, base).0;
        if kind.may_be_reference()
            && let Some(reference) = node.as_object_mut().and_then(|members| members.get_mut("$ref"))
            && let Some(text) = reference.as_str().map(str::to_owned)
            && let Some(target) = self.target(&text, &base, reference.origin, &at.child("$ref"))
        {
            reference.value = Value::String(target);
        }
        if kind == Kind::Discriminator {
            self.rewrite_mapping(node, &base);
        }
        grammar::children_mut(kind, node, |path, kind, child| {
            let at = path.iter().fold(at.clone(), |at, segment| at.child(segment));
            self.visit(kind, child, &at, &base);
        });
    }

    /// Returns the reference in place of `text`, if it means a schema by its identifiers.
    fn target(&mut self, text: &str, base: &str, origin: Origin, place: &Pointer) -> Option<String> {
        let reference = Reference::parse(text);
        let (uri, resource) = self.index.resource(base, reference)?;
        let below = match reference.fragment() {
            Fragment::Pointer(below) => below,
            Fragment::Anchor(name) | Fragment::Malformed(name) => {
                let anchored = self.index.anchored(uri, name);
                // What no schema is called is reported with all other references.
                return Some(anchored.map_or_else(|| format!("#{name}"), Pointer::to_fragment));
            }
        };
        // What other documents mean was found out when they were read.
        if below.is_foreign() {
            return None;
        }
        let target = resource.join(&below);
        let is_missing = target.follow(self.document).is_none();
        if is_missing && reference.document().is_none() && below.follow(self.document).is_some() {
            let message = format!(
                "`#` is the schema at {resource}, since it has an `$id`; there is nothing at {below} in it, so the reference is resolved in the whole document"
            );
            self.diagnostics.push(
                Diagnostic::warning("reference-base", origin, place.clone(), message).with_help(
                    "remove the `$id`, if nothing refers to it, or refer to the `$id` of the intended schema",
                ),
            );
            return Some(below.to_fragment());
        }
        Some(target.to_fragment())
    }

    /// Rewrites what a discriminator maps to, where it is no name of a component.
    fn rewrite_mapping(&self, node: &mut Node, base: &str) {
        let mapping = node.as_object_mut().and_then(|members| members.get_mut("mapping"));
        let values = mapping.and_then(Node::as_object_mut).into_iter().flatten();
        for (_, value) in values {
            let Some(text) = value.as_str() else { continue };
            if Pointer::of(["components", "schemas", text])
                .follow(self.document)
                .is_some()
            {
                continue;
            }
            let reference = Reference::parse(text);
            let Some((uri, resource)) = self.index.resource(base, reference) else {
                continue;
            };
            let target = match reference.fragment() {
                Fragment::Pointer(below) => Some(resource.join(&below)),
                Fragment::Anchor(name) | Fragment::Malformed(name) => self.index.anchored(uri, name).cloned(),
            };
            if let Some(target) = target.filter(|target| target.follow(self.document).is_some()) {
                value.value = Value::String(target.to_fragment());
            }
        }
    }
}
