//! What the readers of JSON and YAML share: counting nodes, knowing the way, building objects.

use indexmap::map::Entry;

use crate::diagnostic::Diagnostic;
use crate::document::{Node, Object};
use crate::source::{Origin, Pointer};

/// Counts the nodes of a text and gathers the faults that leave a tree.
pub(super) struct Builder {
    source: u16,
    next: u32,
    pub(super) faults: Vec<ReadError>,
}

/// A fault, and the node whose every reading has it again.
pub(super) struct ReadError {
    pub(super) within: Origin,
    pub(super) diagnostic: Diagnostic,
}

impl Builder {
    pub(super) fn new(source: u16) -> Self {
        Self {
            source,
            next: 0,
            faults: Vec::new(),
        }
    }

    /// Returns the origin of the node that comes next in document order.
    pub(super) fn take(&mut self) -> Origin {
        let origin = Origin {
            source: self.source,
            index: self.next,
            copy: 0,
        };
        self.next = self.next.saturating_add(1);
        origin
    }

    /// Returns the origin of the node that was taken last.
    pub(super) fn last(&self) -> Origin {
        Origin {
            source: self.source,
            index: self.next.saturating_sub(1),
            copy: 0,
        }
    }

    /// Returns how many nodes were taken.
    pub(super) fn count(&self) -> usize {
        self.next as usize
    }

    /// Adds a member to the object at `way`. Of two with the same key the last one counts, as most parsers have it
    /// ([RFC 8259 §4](https://www.rfc-editor.org/rfc/rfc8259#section-4)); YAML has none
    /// ([YAML 1.2.2 §3.2.1.3](https://yaml.org/spec/1.2.2/#3213-node-comparison)).
    pub(super) fn insert(
        &mut self,
        members: &mut Object,
        within: Origin,
        node_path: &NodePath<'_>,
        key: String,
        node: Node,
    ) {
        match members.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(node);
            }
            Entry::Occupied(mut entry) => {
                let (first, second) = (entry.get().origin.key(), node.origin.key());
                self.duplicate(within, &node_path.member(entry.key()), first, second);
                entry.insert(node);
            }
        }
    }

    /// Reports the key at the end of `way` as written twice.
    pub(super) fn duplicate(&mut self, within: Origin, node_path: &NodePath<'_>, first: Origin, second: Origin) {
        let Segment::Member(key) = node_path.segment else {
            return;
        };
        let message = format!("duplicate key `{key}` in an object");
        let help = if key == "<<" {
            "write one `<<` with a list of the maps to merge: `<<: [*a, *b]`".to_owned()
        } else {
            "remove or rename one of the two".to_owned()
        };
        let words = if key == "<<" {
            "the first one is here"
        } else {
            "the first one is here, and is not read"
        };
        let diagnostic = Diagnostic::warning("duplicate-key", second, node_path.pointer(), message)
            .with_related(first, words)
            .with_safe_reading()
            .with_help(help);
        self.faults.push(ReadError { within, diagnostic });
    }
}

/// The way from the root to a node, as a chain through the stack.
#[derive(Clone, Copy)]
pub(super) struct NodePath<'way> {
    parent: Option<&'way NodePath<'way>>,
    segment: Segment<'way>,
    depth: usize,
}

#[derive(Clone, Copy)]
enum Segment<'way> {
    Root,
    Member(&'way str),
    Element(usize),
}

impl<'way> NodePath<'way> {
    pub(super) fn root() -> Self {
        Self {
            parent: None,
            segment: Segment::Root,
            depth: 0,
        }
    }

    pub(super) fn member(&'way self, key: &'way str) -> Self {
        Self {
            parent: Some(self),
            segment: Segment::Member(key),
            depth: self.depth + 1,
        }
    }

    pub(super) fn element(&'way self, index: usize) -> Self {
        Self {
            parent: Some(self),
            segment: Segment::Element(index),
            depth: self.depth + 1,
        }
    }

    /// Returns how many lists and maps are around the node.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    pub(super) fn pointer(&self) -> Pointer {
        let parent = || self.parent.map_or_else(Pointer::root, Self::pointer);
        match self.segment {
            Segment::Root => Pointer::root(),
            Segment::Member(key) => parent().child(key),
            Segment::Element(index) => parent().element(index),
        }
    }
}
