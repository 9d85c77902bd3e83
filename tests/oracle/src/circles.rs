//! Finds schemas that lead back to themselves for the same value.
//!
//! JSON Schema leaves open what such a schema means. The reading here is: what is being asked of a value already
//! is not asked of it again. So a child that has its parent in `allOf` does not have to be one of the
//! parent's children again, where the parent lists those in `oneOf`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::translate::{follow, unescaped};

/// Keywords whose schemas speak of the same value: lists of schemas, schemas, and schemas by name.
const LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];
const SINGLE: [&str; 4] = ["not", "if", "then", "else"];
const BY_NAME: [&str; 2] = ["dependentSchemas", "dependencies"];

/// Returns whether a keyword of a schema asks its schemas of the same value.
pub(crate) fn is_in_place(keyword: &str) -> bool {
    [&LISTS[..], &SINGLE, &BY_NAME].concat().contains(&keyword)
}

/// Returns whether a subschema of the unions of `schema` leads back to them.
pub(crate) fn is_circular_union(document: &Value, schema: &Map<String, Value>) -> bool {
    let subschemas = ["oneOf", "anyOf"]
        .iter()
        .filter_map(|keyword| schema.get(*keyword)?.as_array());
    leads_to(
        document,
        subschemas.flatten().collect(),
        address(schema),
        &BTreeSet::new(),
    )
}

/// Returns whether the schema at `pointer` leads back to itself by something else than a union that does.
pub(crate) fn is_circular(document: &Value, pointer: &str) -> bool {
    let Some(Value::Object(schema)) = follow(document, pointer) else {
        return false;
    };
    let mut cut = BTreeSet::new();
    // Every union on the way that leads back to itself is a place where the circle is cut.
    let mut open: Vec<&Value> = inner(document, schema, true);
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        let Value::Object(properties) = next else { continue };
        if seen.insert(address(properties)) {
            if is_circular_union(document, properties) {
                cut.insert(address(properties));
            }
            open.extend(inner(document, properties, true));
        }
    }
    if is_circular_union(document, schema) {
        cut.insert(address(schema));
    }
    leads_to(
        document,
        inner(document, schema, !cut.contains(&address(schema))),
        address(schema),
        &cut,
    )
}

/// Returns what tells a schema from all others.
pub(crate) fn address(schema: &Map<String, Value>) -> usize {
    std::ptr::from_ref(schema).addr()
}

/// Returns whether one of the schemas leads to the one at the address `goal`; the unions of those in `cut` are
/// unresolved.
fn leads_to<'d>(document: &'d Value, mut open: Vec<&'d Value>, goal: usize, cut: &BTreeSet<usize>) -> bool {
    let mut seen = BTreeSet::new();
    while let Some(schema) = open.pop() {
        let Value::Object(properties) = schema else { continue };
        if address(properties) == goal {
            return true;
        }
        if seen.insert(address(properties)) {
            open.extend(inner(document, properties, !cut.contains(&address(properties))));
        }
    }
    false
}

/// Returns the schemas that a schema asks of the same value.
fn inner<'d>(document: &'d Value, schema: &'d Map<String, Value>, with_unions: bool) -> Vec<&'d Value> {
    let target = schema.get("$ref").and_then(Value::as_str);
    let target = target.and_then(|target| follow(document, &unescaped(target)));
    let lists = LISTS.iter().filter(|keyword| with_unions || **keyword == "allOf");
    let lists = lists.filter_map(|keyword| schema.get(*keyword)?.as_array()).flatten();
    let single = SINGLE.iter().filter_map(|keyword| schema.get(*keyword));
    let by_name = BY_NAME.iter().filter_map(|keyword| schema.get(*keyword)?.as_object());
    let by_name = by_name.flat_map(|properties| properties.iter().map(|(_, schema)| schema));
    target.into_iter().chain(lists).chain(single).chain(by_name).collect()
}
