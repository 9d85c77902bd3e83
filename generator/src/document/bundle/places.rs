//! Places of the tree that several documents make.

use std::collections::BTreeMap;

use crate::document::Node;
use crate::source::{DOCUMENTS, Pointer};

/// A place in one of the documents of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The index of the document; the root document is the first.
    pub(super) document: usize,
    /// The pointer within it.
    pub(super) pointer: Pointer,
}

/// Where the nodes of the tree were read that stand elsewhere than there.
#[derive(Debug, Default, Clone)]
pub(crate) struct Places {
    /// Where the target of a reference took its place, and where it was read, both as pointers into the tree.
    pub(super) copied: BTreeMap<Pointer, Pointer>,
}

impl Places {
    /// Returns where the node at `pointer` was read.
    pub(crate) fn read_at(&self, pointer: &Pointer) -> Pointer {
        let mut found = pointer.clone();
        if self.copied.is_empty() {
            return found;
        }
        let outer = |found: &Pointer| {
            let above = found.ancestors().find(|above| self.copied.contains_key(above))?;
            Some(self.copied.get(&above)?.join(&found.below(&above)?))
        };
        // What was copied may hold another copy. None leads in a circle, so there are no more steps than copies.
        for _ in 0..self.copied.len() {
            match outer(&found) {
                Some(next) => found = next,
                None => break,
            }
        }
        found
    }

    /// Iterates over the nodes of which a copy stands elsewhere.
    pub(in crate::document) fn sources(&self) -> impl Iterator<Item = &Pointer> {
        self.copied.values()
    }
}

/// Returns the other documents that stand in the tree of the root document, by their names.
pub(in crate::document) fn documents(root: &Node) -> impl Iterator<Item = (&String, &Node)> {
    let all = root.get(DOCUMENTS).filter(|all| all.is_synthesized);
    all.and_then(Node::as_object).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::source::Pointer;

    #[test]
    fn a_node_was_read_where_its_copy_comes_from() {
        let file = Pointer::to_document("b.yaml");
        let other = Pointer::to_document("c.yaml");
        let places = Places {
            copied: [
                (Pointer::of(["paths", "/a", "get"]), file.clone()),
                (file.child("responses"), other.child("all")),
            ]
            .into(),
        };
        for (pointer, expected) in [
            ("/paths/~1a", "/paths/~1a"),
            ("/paths/~1a/get", "b.yaml"),
            ("/paths/~1a/get/tags", "b.yaml#/tags"),
            ("/paths/~1a/get/responses/200", "c.yaml#/all/200"),
            ("/paths/~1a/gets", "/paths/~1a/gets"),
        ] {
            let pointer = Pointer::parse(pointer).unwrap();
            assert_eq!(places.read_at(&pointer).to_string(), expected);
        }
    }
}
