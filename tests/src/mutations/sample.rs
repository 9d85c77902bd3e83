//! A part of a document that is small enough to be compiled often.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use crate::METHODS;
use crate::random::{Random, shuffle_list};

/// What references to components start with.
const SCHEMAS: &str = "#/components/schemas/";

/// How much of a document is kept.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// How many operations at most.
    pub operations: usize,
    /// How many components at most.
    pub components: usize,
}

/// Returns the document with operations that chance chooses, and the components that are nearest to them.
///
/// References to parameters, bodies, responses and headers are replaced by what they target, so that a mutation of an
/// operation is of that operation alone. What refers to a component that is left out may have any value.
#[must_use]
pub fn sample(document: &Value, size: Size, random: &mut Random) -> Value {
    let mut sample = document.clone();
    if let Some(paths) = sample.get_mut("paths").and_then(Value::as_object_mut) {
        let mut keys: Vec<String> = paths.keys().cloned().collect();
        shuffle_list(&mut keys, random);
        let mut left = size.operations;
        for key in keys {
            let here = METHODS
                .iter()
                .filter(|method| paths[&key].get(**method).is_some())
                .count();
            if here > left || here == 0 {
                paths.remove(&key);
            } else {
                left -= here;
            }
        }
        for item in paths.values_mut() {
            resolve(item, document);
        }
    }
    let kept = nearest(&sample, size.components);
    cut(&mut sample, &kept);
    if let Some(components) = sample.get_mut("components").and_then(Value::as_object_mut) {
        components.retain(|kind, _| kind == "schemas" || kind == "securitySchemes");
        if let Some(schemas) = components.get_mut("schemas").and_then(Value::as_object_mut) {
            schemas.retain(|name, _| kept.contains(name));
        }
    }
    sample
}

/// Replaces the references to what is no schema.
fn resolve(node: &mut Value, document: &Value) {
    while let Some(target) = node.get("$ref").and_then(Value::as_str) {
        if target.starts_with(SCHEMAS) {
            return;
        }
        let found = target.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
        let Some(found) = found.cloned() else { return };
        *node = found;
    }
    match node {
        Value::Object(members) => members.values_mut().for_each(|member| resolve(member, document)),
        Value::Array(elements) => elements.iter_mut().for_each(|element| resolve(element, document)),
        _ => {}
    }
}

/// Returns the names of the components that operations and webhooks lead to, those with the fewest references between
/// first.
fn nearest(document: &Value, most: usize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let roots = ["paths", "webhooks"].map(|key| document.get(key));
    let mut open: VecDeque<&Value> = roots.into_iter().flatten().collect();
    while let Some(node) = open.pop_front() {
        let mut targets = Vec::new();
        references(node, &mut targets);
        for name in targets {
            let schema = document["components"]["schemas"].get(name);
            if found.len() < most && !found.contains(name) {
                found.insert(name.to_owned());
                open.extend(schema);
            }
        }
    }
    found
}

/// Returns the name of the component that a reference targets, or within which it does.
fn component(target: &str) -> Option<&str> {
    target.strip_prefix(SCHEMAS)?.split('/').next()
}

/// Collects the names of the components that references and mappings of discriminators target.
fn references<'node>(node: &'node Value, targets: &mut Vec<&'node str>) {
    match node {
        Value::String(text) => targets.extend(component(text)),
        Value::Object(members) => members.values().for_each(|member| references(member, targets)),
        Value::Array(elements) => elements.iter().for_each(|element| references(element, targets)),
        _ => {}
    }
}

/// Removes the references to components that are not kept.
fn cut(node: &mut Value, kept: &BTreeSet<String>) {
    let is_cut = |target: &Value| {
        let name = target.as_str().and_then(component);
        name.is_some_and(|name| !kept.contains(name))
    };
    match node {
        Value::Object(members) if members.get("$ref").is_some_and(is_cut) => members.clear(),
        Value::Object(members) => {
            for keyword in ["oneOf", "anyOf"] {
                if let Some(Value::Array(list)) = members.get_mut(keyword) {
                    list.retain(|subschema| !subschema.get("$ref").is_some_and(is_cut));
                    if list.is_empty() {
                        members.remove(keyword);
                        members.remove("discriminator");
                    }
                }
            }
            if let Some(Value::Object(mapping)) = members.get_mut("mapping") {
                mapping.retain(|_, target| !is_cut(target));
            }
            members.values_mut().for_each(|member| cut(member, kept));
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| cut(element, kept)),
        _ => {}
    }
}
