//! Finds the locations of nodes in a document.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use foldhash::fast::RandomState;
use indexmap::IndexSet;

use super::{Node, Value};
use crate::source::{Origin, Pointer};

/// The location of a node in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeLocation {
    /// The pointer of the node.
    pub pointer: Pointer,
    /// The node itself, or, if an overlay added it, its nearest ancestor from the document.
    pub own: Origin,
    /// Whether an overlay also added the same node at other places.
    pub is_repeated: bool,
}

/// Returns the pointers of the nodes in `wanted`; the key of a property has the pointer of its value.
///
/// YAML aliases and merge keys apart, a node stands in one place; the first pointer in alphabetical order stands for all.
#[must_use]
pub(crate) fn pointers(root: &Node, wanted: &BTreeSet<Origin>) -> BTreeMap<Origin, Pointer> {
    let found = node_locations(root, wanted).into_iter();
    found.map(|(origin, location)| (origin, location.pointer)).collect()
}

/// Returns the locations of the nodes in `wanted`.
#[must_use]
pub(crate) fn node_locations(root: &Node, wanted: &BTreeSet<Origin>) -> BTreeMap<Origin, NodeLocation> {
    let mut walk = LocationSearch {
        wanted,
        originals: wanted.iter().map(|origin| original(*origin)).collect(),
        copies: BTreeMap::new(),
        found: BTreeMap::new(),
    };
    if !wanted.is_empty() {
        walk.visit(root, root.origin, &mut Vec::new());
    }
    for (origin, location) in &mut walk.found {
        location.is_repeated = walk
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

struct LocationSearch<'wanted> {
    wanted: &'wanted BTreeSet<Origin>,
    /// What the wanted nodes are copies of.
    originals: IndexSet<Origin, RandomState>,
    /// The copies of each of them.
    copies: BTreeMap<Origin, BTreeSet<u32>>,
    found: BTreeMap<Origin, NodeLocation>,
}

impl LocationSearch<'_> {
    /// `own` is the nearest node around `node` that the document has of itself.
    fn visit<'node>(&mut self, node: &'node Node, own: Origin, path: &mut Vec<Segment<'node>>) {
        let is_own = node.origin.source == own.source;
        // Only the value of a property stands behind its key; what stands before an element is another one.
        let key = matches!(path.last(), Some(Segment::Name(_))).then(|| node.origin.key());
        for origin in [Some(node.origin), key].into_iter().flatten() {
            if !self.originals.contains(&original(origin)) {
                continue;
            }
            self.copies.entry(original(origin)).or_default().insert(origin.copy);
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
        let mut pointer = Pointer::root();
        for segment in path {
            match segment {
                Segment::Name(name) => pointer.push(name),
                Segment::Index(index) => pointer.push_element(*index),
            }
        }
        let location = NodeLocation {
            pointer,
            own,
            is_repeated: false,
        };
        match self.found.entry(origin) {
            Entry::Vacant(place) => {
                place.insert(location);
            }
            Entry::Occupied(mut known) => {
                if location < *known.get() {
                    known.insert(location);
                }
            }
        }
    }
}

enum Segment<'node> {
    Name(&'node str),
    Index(usize),
}
impl Pointer {
    /// Follows the pointer from `root`; returns `None` when something on the way is missing.
    #[must_use]
    pub fn follow<'node>(&self, root: &'node Node) -> Option<&'node Node> {
        self.segments().try_fold(root, |node, segment| match &node.value {
            Value::Object(members) => members.get(&segment),
            Value::Array(elements) => elements.get(crate::source::array_index(&segment)?),
            _ => None,
        })
    }

    /// Follows the pointer from `root` to a node that can be changed.
    pub fn follow_mut<'node>(&self, root: &'node mut Node) -> Option<&'node mut Node> {
        self.segments().try_fold(root, |node, segment| match &mut node.value {
            Value::Object(members) => members.get_mut(&segment),
            Value::Array(elements) => elements.get_mut(crate::source::array_index(&segment)?),
            _ => None,
        })
    }
}
