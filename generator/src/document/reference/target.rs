//! Targets of references, and what is there.

use std::collections::BTreeSet;

use super::Reference;
use crate::document::Node;
use crate::source::Pointer;

/// The most references that are followed one after the other.
const MOST_REFERENCES: usize = 64;

/// What a reference targets: a place in the tree of the root document, where the documents that it refers to stand too.
///
/// The pointer names the document ([`Pointer::in_document`]).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Target {
    pointer: Pointer,
}

impl Target {
    /// Returns the place at `pointer` of the tree.
    pub(in crate::document) fn at(pointer: Pointer) -> Self {
        Self { pointer }
    }

    /// Returns whether it is in another document than the root document.
    pub(in crate::document) fn is_foreign(&self) -> bool {
        self.pointer.is_foreign()
    }

    /// Returns the pointer within the tree.
    pub(crate) fn pointer(&self) -> &Pointer {
        &self.pointer
    }

    /// Returns whether this is `other` or lies below it.
    pub(in crate::document) fn starts_with(&self, other: &Self) -> bool {
        self.pointer.starts_with(&other.pointer)
    }

    /// Returns whether one of `targets` is this or lies below it.
    pub(in crate::document) fn holds_any_of(&self, targets: &BTreeSet<Self>) -> bool {
        // What lies below a pointer follows it in their order.
        let mut near = targets
            .range(self..)
            .take_while(|target| target.pointer.as_str().starts_with(self.pointer.as_str()));
        near.any(|target| target.starts_with(self))
    }
}

/// Follows references to their targets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Resolver<'run> {
    root: &'run Node,
}

impl<'run> Resolver<'run> {
    /// Returns the resolver of a run whose root document is `root`.
    pub(crate) fn new(root: &'run Node) -> Self {
        Self { root }
    }

    /// Returns the node at a target.
    pub(crate) fn node(self, target: &Target) -> Option<&'run Node> {
        target.pointer.follow(self.root)
    }

    /// Returns the target of a reference, and the node there.
    pub(crate) fn follow(self, reference: &str) -> Option<(Target, &'run Node)> {
        let target = Reference::parse(reference).target()?;
        let node = self.node(&target)?;
        Some((target, node))
    }

    /// Returns what the reference of `node` leads to, through further ones: the last one that is there.
    ///
    /// Circles are reported where references are resolved.
    pub(in crate::document) fn last<'node>(self, node: &'node Node) -> &'node Node
    where
        'run: 'node,
    {
        let mut found = node;
        for _ in 0..MOST_REFERENCES {
            let reference = found.get("$ref").and_then(Node::as_str);
            match reference.and_then(|reference| self.follow(reference)) {
                Some((_, next)) => found = next,
                None => break,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Target;
    use crate::source::Pointer;

    #[test]
    fn what_lies_below_is_found_among_neighbours() {
        let target = |text: &str| Target::at(Pointer::parse(text).unwrap());
        let targets: BTreeSet<Target> = ["/a", "/a!b", "/a/c", "/ab"].map(target).into();
        assert!(target("/a").holds_any_of(&targets));
        assert!(target("/a/c").holds_any_of(&targets));
        assert!(!target("/a/c/d").holds_any_of(&targets));
        let others: BTreeSet<Target> = ["/a!b", "/ab"].map(target).into();
        assert!(!target("/a").holds_any_of(&others));
    }
}
