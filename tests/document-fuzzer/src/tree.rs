//! Paths through the tree of a document, by position.

use generator::Pointer;
use generator::unstable::{Node, Object, Value};

/// The positions that lead from the root to a node: of a property among those of its object, or of an element.
pub type Path = Vec<usize>;

/// Returns the paths of all nodes but the root, parents before children.
#[must_use]
pub fn paths(root: &Node) -> Vec<Path> {
    let mut found = Vec::new();
    visit(root, &mut Vec::new(), &mut found);
    found
}

fn visit(node: &Node, path: &mut Path, found: &mut Vec<Path>) {
    for (index, child) in children(node).enumerate() {
        path.push(index);
        found.push(path.clone());
        visit(child, path, found);
        path.pop();
    }
}

/// Iterates over the values that a node holds.
pub fn children(node: &Node) -> impl Iterator<Item = &Node> {
    let properties = node.as_object().into_iter().flat_map(|properties| properties.values());
    properties.chain(node.as_array().into_iter().flatten())
}

/// Returns the value at a position of a node.
#[must_use]
pub fn child(node: &Node, index: usize) -> Option<&Node> {
    match &node.value {
        Value::Object(properties) => properties.get_index(index).map(|(_, child)| child),
        Value::Array(elements) => elements.get(index),
        _ => None,
    }
}

/// Returns the node at a path.
#[must_use]
pub fn get<'node>(root: &'node Node, path: &[usize]) -> Option<&'node Node> {
    path.iter().try_fold(root, |node, index| child(node, *index))
}

/// Returns the node at a path, to change it.
pub fn get_mut<'node>(root: &'node mut Node, path: &[usize]) -> Option<&'node mut Node> {
    path.iter().try_fold(root, |node, index| match &mut node.value {
        Value::Object(properties) => properties.get_index_mut(*index).map(|(_, child)| child),
        Value::Array(elements) => elements.get_mut(*index),
        _ => None,
    })
}

/// Removes the node at a path, and returns it.
pub fn remove(root: &mut Node, path: &[usize]) -> Option<Node> {
    let (last, holder) = path.split_last()?;
    match &mut get_mut(root, holder)?.value {
        Value::Object(properties) => properties.shift_remove_index(*last).map(|(_, node)| node),
        Value::Array(elements) if *last < elements.len() => Some(elements.remove(*last)),
        _ => None,
    }
}

/// Returns the key of the property at a path; `None` for an element and for the root.
#[must_use]
pub fn key<'node>(root: &'node Node, path: &[usize]) -> Option<&'node str> {
    let (last, holder) = path.split_last()?;
    let (key, _) = get(root, holder)?.as_object()?.get_index(*last)?;
    Some(key)
}

/// Gives the property at a path another key. A property that had this key is replaced.
pub fn rename(root: &mut Node, path: &[usize], name: &str) {
    let Some((last, holder)) = path.split_last() else {
        return;
    };
    let Some(properties) = get_mut(root, holder).and_then(Node::as_object_mut) else {
        return;
    };
    let mut renamed = Object::default();
    for (index, (key, node)) in std::mem::take(properties).into_iter().enumerate() {
        renamed.insert(if index == *last { name.to_owned() } else { key }, node);
    }
    *properties = renamed;
}

/// Returns the JSON Pointer of the node at a path.
#[must_use]
pub fn pointer(root: &Node, path: &[usize]) -> Pointer {
    let mut node = Some(root);
    let mut pointer = Pointer::root();
    for index in path {
        let key = node
            .and_then(Node::as_object)
            .and_then(|properties| properties.get_index(*index));
        pointer = match key {
            Some((key, _)) => pointer.child(key),
            None => pointer.element(*index),
        };
        node = node.and_then(|node| child(node, *index));
    }
    pointer
}

/// Returns how many nodes a tree has.
#[must_use]
pub fn size(node: &Node) -> usize {
    1 + children(node).map(size).sum::<usize>()
}

/// Objects whose keys are names that the author of the document chose.
const MAPS: &[&str] = &[
    "paths",
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "dependentRequired",
    "content",
    "encoding",
    "variables",
    "mapping",
    "scopes",
    "webhooks",
];

/// Keys whose values are schemas.
const SCHEMAS: &[&str] = &[
    "schema",
    "items",
    "not",
    "if",
    "then",
    "else",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "propertyNames",
    "contains",
    "schemas/*",
    "properties/*",
    "patternProperties/*",
    "$defs/*",
    "dependentSchemas/*",
    "allOf/*",
    "anyOf/*",
    "oneOf/*",
    "prefixItems/*",
];

/// Keys whose values are operations.
const OPERATIONS: &[&str] = &["get", "put", "post", "delete", "patch", "head", "options", "trace"];

/// Returns what the node at a path is: nodes of one role can stand in each other's place.
#[must_use]
pub fn role(root: &Node, path: &[usize]) -> String {
    let Some((_, holder)) = path.split_last() else {
        return "document".to_owned();
    };
    let key = key(root, path);
    let outer = self::key(root, holder);
    let role = match (key, outer) {
        (Some(_), Some(outer)) if MAPS.contains(&outer) => format!("{outer}/*"),
        (Some(key), _) => key.to_owned(),
        (None, outer) => format!("{}/*", outer.unwrap_or_default()),
    };
    if SCHEMAS.contains(&role.as_str()) {
        "schema".to_owned()
    } else if OPERATIONS.contains(&role.as_str()) {
        "operation".to_owned()
    } else {
        role
    }
}
