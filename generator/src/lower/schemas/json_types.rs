//! Finds the JSON types that the values of a schema have.

use std::collections::BTreeMap;

use crate::document::keywords::{COMPOSITIONS, PROPERTIES, UNIONS};
use crate::document::{Node, Object};
use crate::lower::context::NodeId;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::schema::declared_types;
use crate::model::JsonTypes;

impl<'run> Schemas<'run> {
    /// Returns the JSON types that the values of `node` are meant to have; every type if no keyword implies one.
    ///
    /// A schema with `properties` and no `type` allows other values, but is meant for objects.
    pub(in crate::lower) fn types_of(&self, node: &'run Node) -> JsonTypes {
        self.types_by(node, true)
    }

    /// Returns the JSON types that a value of `node` may have.
    pub(in crate::lower) fn allowed_types(&self, node: &'run Node) -> JsonTypes {
        self.types_by(node, false)
    }

    fn types_by(&self, node: &'run Node, by_meaning: bool) -> JsonTypes {
        let Some(members) = node.as_object() else {
            return JsonTypes::ANY;
        };
        if members.get("$ref").is_none() && COMPOSITIONS.iter().all(|keyword| members.get(*keyword).is_none()) {
            return own_types(node, members, JsonTypes::ANY, by_meaning);
        }
        let known = self.known_types.borrow().get(&(NodeId(node), by_meaning)).copied();
        known.unwrap_or_else(|| self.find_types(node, by_meaning))
    }

    /// Finds the types of `node` and of all schemas that it builds on.
    ///
    /// In a cycle of schemas, each starts with all types, and all are narrowed until nothing changes.
    fn find_types(&self, node: &'run Node, by_meaning: bool) -> JsonTypes {
        const MOST_ROUNDS: usize = 16;
        let order = self.cx.in_place(node);
        let mut types: BTreeMap<NodeId<'run>, JsonTypes> = BTreeMap::new();
        for _ in 0..MOST_ROUNDS {
            let mut has_changed = false;
            for node in &order {
                let found = self.types_from(node, by_meaning, &types);
                has_changed |= types.insert(NodeId(node), found) != Some(found);
            }
            if !has_changed {
                break;
            }
        }
        let found = types.get(&NodeId(node)).copied().unwrap_or(JsonTypes::ANY);
        let types = types.into_iter().map(|(id, types)| ((id, by_meaning), types));
        self.known_types.borrow_mut().extend(types);
        found
    }

    fn types_from(&self, node: &'run Node, by_meaning: bool, known: &BTreeMap<NodeId<'run>, JsonTypes>) -> JsonTypes {
        let Some(members) = node.as_object() else {
            return JsonTypes::ANY;
        };
        let inner = |node: &'run Node| known.get(&NodeId(node)).copied().unwrap_or(JsonTypes::ANY);
        let mut types = self.cx.referred(node).map_or(JsonTypes::ANY, &inner);
        for part in list(node, "allOf") {
            types = types.and(inner(part));
        }
        for keyword in UNIONS {
            let subschemas = list(node, keyword);
            let any = subschemas.iter().map(&inner).fold(JsonTypes::NONE, JsonTypes::or);
            if !subschemas.is_empty() {
                types = types.and(any);
            }
        }
        own_types(node, members, types, by_meaning)
    }
}

/// Narrows `types` by the keywords of `node`, an object of these properties.
fn own_types(node: &Node, members: &Object, types: JsonTypes, by_meaning: bool) -> JsonTypes {
    let declared = declared_types(node);
    let narrowed = if types == JsonTypes::ANY {
        declared
    } else {
        declared.and(types)
    };
    match narrowed {
        JsonTypes::ANY if by_meaning => meant_types(members),
        known => known,
    }
}

/// Returns the schemas under `keyword`.
pub(in crate::lower) fn list<'node>(node: &'node Node, keyword: &str) -> &'node [Node] {
    node.get(keyword).and_then(Node::as_array).unwrap_or_default()
}

/// Returns the types that a schema without `type` is meant for.
fn meant_types(members: &Object) -> JsonTypes {
    if PROPERTIES
        .iter()
        .chain(&["required", "propertyNames"])
        .any(|key| members.contains_key(*key))
    {
        JsonTypes::OBJECT
    } else if members.contains_key("items") {
        JsonTypes::ARRAY
    } else {
        JsonTypes::ANY
    }
}
