//! Lowers `allOf`: one type that has what all of the parts have.
//!
//! The rule of the schema keeps every part; only the type is merged.

use super::schema::Lowered;
use super::{Context, Place};
use crate::document::{Node, Object, Value};
use crate::model::Type;

/// Keywords that give a value its structure; a part without them only narrows.
const STRUCTURE: [&str; 12] = [
    "type",
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "enum",
    "const",
    "oneOf",
    "anyOf",
    "format",
    "required",
];

/// How deep parts may lead to further parts.
const DEEPEST: usize = 32;

impl<'run> Context<'run> {
    /// Lowers a schema that has `allOf`, or siblings beside a `$ref`.
    pub(super) fn lower_all_of(&mut self, node: &'run Node, place: &Place) -> Lowered {
        if let Some(reference) = only_reference(node) {
            return Lowered::Type(self.component(reference).map_or(Type::Json, Type::Named));
        }
        let mut merged = Object::new();
        let mut is_typed = true;
        self.merge(node, &mut merged, &mut is_typed, 0);
        if !is_typed {
            self.degrade(
                node,
                "allOf",
                "a union inside of it is not typed; its members are kept untyped",
            );
        }
        let merged: &'run Node = self.arena.alloc(Node::new(node.origin, Value::Object(merged)));
        self.lower_schema(merged, place)
    }

    fn merge(&self, node: &'run Node, merged: &mut Object, is_typed: &mut bool, depth: usize) {
        let Some(members) = node.as_object().filter(|_| depth < DEEPEST) else {
            return;
        };
        let parts = members.get("allOf").and_then(Node::as_array).unwrap_or_default();
        if let Some((target, _)) = members
            .get("$ref")
            .and_then(Node::as_str)
            .and_then(|text| self.target(text))
        {
            self.merge(target, merged, is_typed, depth + 1);
        }
        for part in parts {
            self.merge(part, merged, is_typed, depth + 1);
        }
        for (key, value) in members {
            let has_properties = merged.contains_key("properties");
            match (
                key.as_str(),
                merged.get_mut(key).map(|node| &mut node.value),
                &value.value,
            ) {
                ("$ref" | "allOf" | "discriminator", ..) | ("additionalProperties", Some(_), Value::Bool(true)) => {}
                ("title" | "description" | "deprecated", ..) if depth > 0 => {}
                ("oneOf" | "anyOf", ..) if depth > 0 && has_properties => *is_typed = false,
                ("properties" | "patternProperties", Some(Value::Object(known)), Value::Object(more)) => {
                    for (name, schema) in more {
                        let slot = known.entry(name.clone()).or_insert_with(|| schema.clone());
                        // `true` says nothing; of two schemas the later one is the narrower by custom.
                        if schema.as_object().is_some_and(|members| !members.is_empty()) {
                            slot.clone_from(schema);
                        }
                    }
                }
                ("required", Some(Value::Array(known)), Value::Array(more)) => known.extend(more.iter().cloned()),
                _ => {
                    merged.insert(key.clone(), value.clone());
                }
            }
        }
        if merged.contains_key("properties") && (merged.contains_key("oneOf") || merged.contains_key("anyOf")) {
            merged.shift_remove("oneOf");
            merged.shift_remove("anyOf");
            *is_typed = false;
        }
    }
}

/// Returns the reference of a schema that only narrows or documents what one reference gives.
pub(super) fn only_reference(node: &Node) -> Option<&str> {
    let members = node.as_object()?;
    if members
        .keys()
        .any(|key| STRUCTURE.contains(&key.as_str()) && key != "type")
    {
        return None;
    }
    let parts = members.get("allOf").and_then(Node::as_array).unwrap_or_default();
    let mut references = members.get("$ref").into_iter().collect::<Vec<_>>();
    for part in parts {
        let has_structure = part
            .as_object()
            .is_some_and(|members| members.keys().any(|key| STRUCTURE.contains(&key.as_str())));
        match part.get("$ref") {
            Some(reference) if !has_structure => references.push(reference),
            None if !has_structure && part.get("allOf").is_none() => {}
            _ => return None,
        }
    }
    match references.as_slice() {
        [only] => only.as_str(),
        _ => None,
    }
}
