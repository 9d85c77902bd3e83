//! Merges a value into a node
//! ([Overlay 1.1, Action Object](https://spec.openapis.org/overlay/v1.1.0.html#action-object)).

use crate::document::{Node, Value};
use crate::source::{Origin, Pointer};

/// The kinds of node that merging tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    Object,
    Array,
    Primitive,
}

impl ValueKind {
    pub(super) fn of(node: &Node) -> Self {
        match node.value {
            Value::Object(_) => Self::Object,
            Value::Array(_) => Self::Array,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Self::Primitive,
        }
    }
}

/// Two nodes that cannot be merged, because they are of different kinds.
pub(super) struct Conflict<'value> {
    /// The node of the document, which is left as it was, and its kind.
    pub(super) target: (Origin, &'static str),
    /// The node that should have been merged into it.
    pub(super) value: &'value Node,
    /// The way to `value` from the value that the action gives.
    pub(super) node_path: Pointer,
}

/// Merges `value` into a node that an action selected: into an array goes anything, as an element.
pub(super) fn merge_selected<'value>(target: &mut Node, value: &'value Node, conflicts: &mut Vec<Conflict<'value>>) {
    match (&mut target.value, ValueKind::of(value)) {
        (Value::Array(elements), ValueKind::Object | ValueKind::Primitive) => elements.push(value.clone()),
        _ => merge(target, value, &Pointer::root(), conflicts),
    }
}

/// Returns whether a node has all that merging `value` into it would give.
pub(super) fn has_already(node: &Node, value: &Node) -> bool {
    match (&node.value, &value.value) {
        (Value::Object(members), Value::Object(added)) => added
            .iter()
            .all(|(key, value)| members.get(key).is_some_and(|member| has_already(member, value))),
        (Value::Array(_), Value::Array(added)) => added.is_empty(),
        (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => false,
        (node, value) => node == value,
    }
}

/// Merges by kind: objects member by member, arrays end to end, primitives by replacement.
fn merge<'value>(target: &mut Node, value: &'value Node, node_path: &Pointer, conflicts: &mut Vec<Conflict<'value>>) {
    let are_primitive = ValueKind::of(target) == ValueKind::Primitive && ValueKind::of(value) == ValueKind::Primitive;
    let found = (target.origin, target.kind());
    match (&mut target.value, &value.value) {
        (Value::Object(members), Value::Object(added)) => {
            for (key, node) in added {
                match members.get_mut(key) {
                    Some(member) => merge(member, node, &node_path.child(key), conflicts),
                    None => {
                        members.insert(key.clone(), node.clone());
                    }
                }
            }
        }
        (Value::Array(elements), Value::Array(added)) => elements.extend_from_slice(added),
        _ if are_primitive => *target = value.clone(),
        _ => conflicts.push(Conflict {
            target: found,
            value,
            node_path: node_path.clone(),
        }),
    }
}
