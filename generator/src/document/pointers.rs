//! Finds where nodes stand in a document.

use std::collections::{BTreeMap, BTreeSet};

use super::{Node, Origin, Pointer, Value};

/// Where a node stands in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The pointer of the node.
    pub pointer: Pointer,
    /// The node itself, or, where an overlay put it there, the nearest around it that the document has of itself.
    pub own: Origin,
    /// Whether an overlay put the same node in other places too.
    pub is_repeated: bool,
}

/// Returns the pointers of the nodes in `wanted`; the key of a member has the pointer of its value.
///
/// YAML aliases and merge keys apart, a node stands in one place; the first pointer in alphabetical order stands for all.
#[must_use]
pub fn pointers(root: &Node, wanted: &BTreeSet<Origin>) -> BTreeMap<Origin, Pointer> {
    let found = spots(root, wanted).into_iter();
    found.map(|(origin, spot)| (origin, spot.pointer)).collect()
}

/// Returns where the nodes in `wanted` stand.
#[must_use]
pub fn spots(root: &Node, wanted: &BTreeSet<Origin>) -> BTreeMap<Origin, Spot> {
    let mut walk = Walk {
        wanted,
        originals: wanted.iter().map(|origin| original(*origin)).collect(),
        copies: BTreeMap::new(),
        found: BTreeMap::new(),
    };
    if !wanted.is_empty() {
        walk.visit(root, root.origin, &mut Vec::new());
    }
    for (origin, spot) in &mut walk.found {
        spot.is_repeated = walk
            .copies
            .get(&original(*origin))
            .is_some_and(|copies| copies.len() > 1);
    }
    walk.found
}

/// Returns the origin of the node that a node is a copy of.
fn original(origin: Origin) -> Origin {
    Origin { copy: 0, ..origin }
}

struct Walk<'wanted> {
    wanted: &'wanted BTreeSet<Origin>,
    /// What the wanted nodes are copies of.
    originals: BTreeSet<Origin>,
    /// The copies of each of them.
    copies: BTreeMap<Origin, BTreeSet<u32>>,
    found: BTreeMap<Origin, Spot>,
}

impl Walk<'_> {
    /// `own` is the nearest node around `node` that the document has of itself.
    fn visit<'node>(&mut self, node: &'node Node, own: Origin, path: &mut Vec<Segment<'node>>) {
        let is_own = node.origin.source == own.source;
        // Only the value of a member stands behind its key; what stands before an element is another one.
        let key = matches!(path.last(), Some(Segment::Name(_))).then(|| node.origin.key());
        for origin in [Some(node.origin), key].into_iter().flatten() {
            if self.originals.contains(&original(origin)) {
                self.copies.entry(original(origin)).or_default().insert(origin.copy);
            }
            if self.wanted.contains(&origin) {
                self.take(origin, if is_own { origin } else { own }, path);
            }
        }
        let own = if is_own { node.origin } else { own };
        match &node.value {
            Value::Object(members) => {
                for (name, member) in members {
                    path.push(Segment::Name(name));
                    self.visit(member, own, path);
                    path.pop();
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    path.push(Segment::Index(index));
                    self.visit(element, own, path);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, origin: Origin, own: Origin, path: &[Segment<'_>]) {
        let pointer = path.iter().fold(Pointer::root(), |pointer, segment| match segment {
            Segment::Name(name) => pointer.child(name),
            Segment::Index(index) => pointer.element(*index),
        });
        let spot = Spot {
            pointer,
            own,
            is_repeated: false,
        };
        let known = self.found.entry(origin).or_insert_with(|| spot.clone());
        if spot < *known {
            *known = spot;
        }
    }
}

enum Segment<'node> {
    Name(&'node str),
    Index(usize),
}
