//! Finds where nodes stand in a document.

use std::collections::{BTreeMap, BTreeSet};

use super::{Node, Origin, Pointer, Value};

/// Returns the pointers of the nodes in `wanted`; the key of a member has the pointer of its value.
///
/// An overlay may have put one node in several places; the first pointer in
/// alphabetical order stands for all.
#[must_use]
pub fn pointers(root: &Node, wanted: &BTreeSet<Origin>) -> BTreeMap<Origin, Pointer> {
    let mut found = BTreeMap::new();
    if !wanted.is_empty() {
        visit(root, &mut Vec::new(), wanted, &mut found);
    }
    found
}

fn visit<'node>(
    node: &'node Node,
    path: &mut Vec<Segment<'node>>,
    wanted: &BTreeSet<Origin>,
    found: &mut BTreeMap<Origin, Pointer>,
) {
    // Only the value of a member stands behind its key; what stands before an element is another one.
    let key = matches!(path.last(), Some(Segment::Name(_))).then(|| node.origin.key());
    for origin in [Some(node.origin), key].into_iter().flatten() {
        if !wanted.contains(&origin) {
            continue;
        }
        let pointer = path.iter().fold(Pointer::root(), |pointer, segment| match segment {
            Segment::Name(name) => pointer.child(name),
            Segment::Index(index) => pointer.element(*index),
        });
        let known = found.entry(origin).or_insert_with(|| pointer.clone());
        if pointer < *known {
            *known = pointer;
        }
    }
    match &node.value {
        Value::Object(members) => {
            for (name, member) in members {
                path.push(Segment::Name(name));
                visit(member, path, wanted, found);
                path.pop();
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                path.push(Segment::Index(index));
                visit(element, path, wanted, found);
                path.pop();
            }
        }
        _ => {}
    }
}

enum Segment<'node> {
    Name(&'node str),
    Index(usize),
}
