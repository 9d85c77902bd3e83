//! Containers of schemas.

use std::collections::BTreeSet;

use crate::document::keywords::{self, Keyword};
use crate::document::reference::{Reference, Target};
use crate::document::{FieldContent, Kind, Node, Object};
use crate::source::Pointer;

/// The containers of a document: properties of `components/schemas` that hold schemas instead of being one.
///
/// The specification knows none. A property that a reference leads to is a schema, whatever it holds.
#[derive(Debug, Default)]
pub(in crate::document) struct Containers {
    all: BTreeSet<Pointer>,
    unreferenced: Vec<Pointer>,
}

impl Containers {
    /// Finds the containers of `document`.
    pub(in crate::document) fn of(document: &Node) -> Self {
        let schemas = match Kind::of_document(document) {
            Kind::Swagger => Pointer::of(["definitions"]),
            _ => Pointer::of(["components", "schemas"]),
        };
        let mut found = Self::default();
        let mut open: Vec<(Pointer, &Node)> = members(&schemas, schemas.follow(document));
        open.retain(|(_, node)| node.as_object().is_some_and(is_container));
        if open.is_empty() {
            return found;
        }
        let mut targets = BTreeSet::new();
        add_targets(document, &mut targets);
        while let Some((at, node)) = open.pop() {
            if node.as_object().is_some_and(is_container) && !targets.contains(&Target::at(at.clone())) {
                open.extend(members(&at, Some(node)));
                if !Target::at(at.clone()).holds_any_of(&targets) {
                    found.unreferenced.push(at.clone());
                }
                found.all.insert(at);
            }
        }
        found
    }

    /// Returns the containers of which no property is referred to.
    pub(in crate::document) fn unreferenced(&self) -> &[Pointer] {
        &self.unreferenced
    }

    /// Returns whether the container stands at `at`.
    pub(in crate::document) fn has(&self, at: &Pointer) -> bool {
        self.all.contains(at)
    }
}

/// Returns whether the properties of a schema are schemas, and none of them a keyword.
///
/// Such a container stands in `components/schemas` alone.
/// A schema may be called `description`: an object cannot be the keyword's value.
fn is_container(members: &Object) -> bool {
    let is_keyword = |key: &str| match Kind::Schema.field(key) {
        Some((FieldContent::Plain, _)) => keywords::is(key, Keyword::may_be_any_object),
        Some(_) => true,
        None => key.starts_with("x-"),
    };
    !members.is_empty()
        && members
            .iter()
            .all(|(key, node)| node.as_object().is_some() && !is_keyword(key))
}

fn members<'node>(at: &Pointer, node: Option<&'node Node>) -> Vec<(Pointer, &'node Node)> {
    let members = node.and_then(Node::as_object).into_iter().flatten();
    members.map(|(name, member)| (at.child(name), member)).collect()
}

/// Adds what the references at or below `node` lead to.
fn add_targets(node: &Node, targets: &mut BTreeSet<Target>) {
    for (key, member) in node.as_object().into_iter().flatten() {
        let values = member.as_object().filter(|_| key == "mapping").into_iter().flatten();
        let values = values.map(|(_, value)| value).chain((key == "$ref").then_some(member));
        targets.extend(values.filter_map(Reference::target_of));
        add_targets(member, targets);
    }
    for element in node.as_array().into_iter().flatten() {
        add_targets(element, targets);
    }
}
